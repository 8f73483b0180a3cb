import type { DiagnosticCode } from './codes.js';
import type { SourceSpan } from './span.js';

/** How grave a diagnostic is: an `error` fails the command, a `warning` is reported and counted. */
export type Severity = 'error' | 'warning';

/** One message to the user: what is wrong, where, and what to do about it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span?: SourceSpan;
  /** What the user can do about it: one sentence. */
  readonly hint?: string;
  /** Further places that explain the first, e.g. the other definition of a duplicate, or the macro call stack. */
  readonly notes?: readonly DiagnosticNote[];
  /** The text of the file in `span`, for the code frame, when the reporter can't read it from disk. */
  readonly sourceText?: string;
  /** The 1-based line of the file at which `sourceText` begins, when it is a part of the file. */
  readonly sourceFirstLine?: number;
  /** The `unique_id` of the node concerned. */
  readonly uniqueId?: string;
}

export interface DiagnosticNote {
  readonly message: string;
  readonly span?: SourceSpan;
}

export interface DbtErrorOptions extends Omit<Diagnostic, 'code' | 'message' | 'severity'> {
  readonly cause?: unknown;
}

/** An error that a user can cause: bad input, a failing database, a missing file. Never a bug of tsdbt. */
export class DbtError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(code: DiagnosticCode, message: string, options: DbtErrorOptions = {}) {
    const { cause, ...rest } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DbtError';
    this.diagnostic = { code, severity: 'error', message, ...rest };
  }

  get code(): DiagnosticCode {
    return this.diagnostic.code;
  }

  /** The same error with details that only an outer layer knows; what the error already says is kept. */
  with(details: DbtErrorOptions): DbtError {
    const { cause, ...rest } = details;
    const { code: _code, severity: _severity, message, ...own } = this.diagnostic;
    return new DbtError(this.code, message, { ...rest, ...own, cause: this.cause ?? cause });
  }
}

/** Several errors found in one pass, e.g. every missing ref of a project. */
export class DbtErrors extends DbtError {
  readonly errors: readonly DbtError[];

  constructor(errors: readonly DbtError[]) {
    const first = errors[0];
    if (!first) throw new InternalError('DbtErrors needs at least one error');
    const { code: _code, severity: _severity, message, ...rest } = first.diagnostic;
    super(first.code, message, rest);
    this.errors = errors;
  }
}

/** A bug of tsdbt: a state that no input should be able to reach. */
export class InternalError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'InternalError';
  }
}

/** Narrows an unknown thrown value to a user's error. */
export function isDbtError(error: unknown): error is DbtError {
  return error instanceof DbtError;
}

/**
 * Changes the places of an error, in itself and in its notes, to what `map` makes of them; undefined drops a place. Where the error's
 * own place changes, `text` is the text of that file. The error stays the same object, because its class and identity tell outer layers
 * what it is. Anything but a DbtError is left alone.
 */
export function mapSpans(error: unknown, text: string, map: (span: SourceSpan) => SourceSpan | undefined): void {
  if (!isDbtError(error)) return;
  const { span, notes, sourceText, sourceFirstLine, ...rest } = error.diagnostic;
  const moved = span && map(span);
  const source =
    moved === span
      ? {
          ...(sourceText === undefined ? {} : { sourceText }),
          ...(sourceFirstLine === undefined ? {} : { sourceFirstLine }),
        }
      : { sourceText: text };
  const mapped = notes?.map(({ span: at, ...note }) => {
    const place = at && map(at);
    return place ? { ...note, span: place } : note;
  });
  (error as { diagnostic: Diagnostic }).diagnostic = {
    ...rest,
    ...(moved ? { span: moved } : {}),
    ...source,
    ...(mapped ? { notes: mapped } : {}),
  };
}
