import type { DiagnosticCode } from '../diagnostics/codes.js';
import { DbtError, type DbtErrorOptions } from '../diagnostics/errors.js';

/** The Python exception classes that templates can meet. */
export type PyErrorType =
  | 'TypeError'
  | 'ValueError'
  | 'KeyError'
  | 'UnknownTimeZoneError'
  | 'IndexError'
  | 'AttributeError'
  | 'ZeroDivisionError'
  | 'OverflowError'
  | 'RuntimeError'
  | 'RecursionError'
  | 'MemoryError'
  | 'UndefinedError'
  | 'SecurityError'
  | 'FilterArgumentError'
  | 'TemplateRuntimeError'
  | 'InvalidOperation'
  | 'DivisionByZero';

/** An error of a template's own making, with the class that Python would have raised. */
export class PyError extends DbtError {
  readonly type: PyErrorType;

  constructor(type: PyErrorType, message: string, options: DbtErrorOptions = {}, code?: DiagnosticCode) {
    super(code ?? (type === 'UndefinedError' ? 'jinja-undefined' : 'jinja-runtime'), message, options);
    this.name = 'PyError';
    this.type = type;
  }

  override with(details: DbtErrorOptions): PyError {
    const { code, severity: _severity, message, ...own } = this.diagnostic;
    const { cause, ...rest } = details;
    return new PyError(this.type, message, { ...rest, ...own, cause: this.cause ?? cause }, code);
  }
}

/** Python's TypeError. */
export function typeError(message: string): PyError {
  return new PyError('TypeError', message);
}

/** Python's ValueError. */
export function valueError(message: string): PyError {
  return new PyError('ValueError', message);
}
