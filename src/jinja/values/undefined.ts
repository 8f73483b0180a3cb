import { PyError } from '../errors.js';

/**
 * Jinja's undefined. A strict one prints as nothing, is false, empty and equal to other undefined ones, and fails on
 * any other use. A lenient one (dbt's, while it parses a node) may also be called and have attributes and items, all
 * undefined again.
 */
export class Undefined {
  /** The variable or attribute that is not there. */
  readonly name: unknown;
  readonly lenient: boolean;
  readonly #message: string;
  readonly #security: boolean;
  /** Close names in reach, for the hint. Called only when an error is reported. */
  readonly suggest: (() => string | undefined) | undefined;

  constructor(
    name: unknown,
    options: { message?: string; lenient?: boolean; security?: boolean; suggest?: () => string | undefined } = {},
  ) {
    this.name = name;
    this.lenient = options.lenient ?? false;
    this.#message = options.message ?? `'${String(name)}' is undefined`;
    this.#security = options.security ?? false;
    this.suggest = options.suggest;
  }

  /** The message of the error that any use raises. */
  get message(): string {
    return this.#message;
  }

  /** The error that a use beyond printing and testing raises. */
  error(): PyError {
    const hint = this.suggest?.();
    return new PyError(this.#security ? 'SecurityError' : 'UndefinedError', this.#message, hint ? { hint } : {});
  }
}

/** Whether the value is undefined in Jinja's sense. */
export function isUndefined(value: unknown): boolean {
  return value === undefined || value instanceof Undefined;
}

/** Throws when the value is undefined: it is about to be used in an operation that needs a value. */
export function requireDefined(value: unknown): void {
  if (value instanceof Undefined) throw value.error();
  if (value === undefined) throw new PyError('UndefinedError', 'the value is undefined');
}
