import { DbtError, type DiagnosticNote, InternalError } from '../../diagnostics/errors.js';
import { PyError } from '../errors.js';
import type { TemplateSource } from '../syntax/source.js';
import { ReturnSignal } from './return-signal.js';

/** Frames named in an error's notes; the middle of an endless recursion tells nothing. */
const MAX_NOTES = 30;

/**
 * Makes the function that generated code hands what it catches: an error gets the place where it happened and a note
 * for each macro it passes through, innermost first.
 */
export function failAt(
  source: TemplateSource,
  places: readonly number[],
): (error: unknown, place: number, macro: string | null) => unknown {
  return (error, place, macro) => {
    if (error instanceof ReturnSignal) return error;
    const known = toDbtError(error);
    if (!known) return error;
    const start = places[place * 2] ?? 0;
    const span = source.span(start, places[place * 2 + 1] ?? start);
    const { diagnostic } = known;
    const notes: DiagnosticNote[] = [...(diagnostic.notes ?? [])];
    if (notes.length < MAX_NOTES) {
      if (macro !== null) notes.push({ message: macro === 'caller' ? 'in a call block' : `in macro '${macro}'`, span });
      else if (diagnostic.span && notes.length > 0) notes.push({ message: `called from ${source.file}`, span });
    }
    return withDetails(known, {
      ...(diagnostic.span ? {} : { span, ...source.excerpt }),
      ...(notes.length > 0 ? { notes } : {}),
    });
  };
}

function toDbtError(error: unknown): DbtError | undefined {
  if (error instanceof DbtError) return error;
  if (error instanceof InternalError) return undefined;
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return new PyError('RecursionError', 'maximum recursion depth exceeded');
  }
  if (error instanceof RangeError && /string length/i.test(error.message)) {
    return new PyError('MemoryError', 'the text is too long');
  }
  return undefined;
}

/** Adds details to an error; one of another class keeps its class, and its identity. */
function withDetails(
  error: DbtError,
  details: Pick<DbtError['diagnostic'], 'span' | 'sourceText' | 'sourceFirstLine' | 'notes'>,
): DbtError {
  const diagnostic = { ...error.diagnostic, ...details };
  if (Object.getPrototypeOf(error) === DbtError.prototype || error instanceof PyError) {
    const { notes: _notes, code: _code, severity: _severity, message: _message, ...rest } = diagnostic;
    const fresh = error instanceof PyError ? new PyError(error.type, error.message, {}, error.code) : undefined;
    if (fresh) return assign(fresh, diagnostic, error);
    return assign(new DbtError(error.code, error.message, rest), diagnostic, error);
  }
  return assign(error, diagnostic, error);
}

function assign(target: DbtError, diagnostic: DbtError['diagnostic'], from: DbtError): DbtError {
  (target as { diagnostic: DbtError['diagnostic'] }).diagnostic = diagnostic;
  if (target !== from && from.cause !== undefined) target.cause = from.cause;
  if (from.stack !== undefined) target.stack = from.stack;
  return target;
}
