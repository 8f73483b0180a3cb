import { readFileSync } from 'node:fs';
import { DbtError, type DiagnosticNote, isDbtError } from '../../diagnostics/errors.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import type { ModuleFiles } from '../../typescript/module-files.js';
import { placesInStack, type StackPlace, withoutQueries } from '../../typescript/stack.js';

/** Further places of a stack that are told. */
const MAX_NOTES = 4;

/**
 * What a TypeScript model threw as an error with the place in the user's code. What tsdbt itself threw there keeps its code and gets the
 * place at which it was called.
 *
 * @param calledAt The stack at the call whose failure came later: that of a query.
 */
export function userError(thrown: unknown, files: ModuleFiles, calledAt?: string): DbtError {
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  const places = placesInStack(calledAt ?? stack);
  const details = detailsOf(places, files);
  if (isDbtError(thrown)) {
    const { code, severity: _severity, message, ...own } = thrown.diagnostic;
    return new DbtError(code, message, { ...details, ...own, cause: thrown.cause ?? thrown });
  }
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `${String(thrown)} was thrown`;
  return new DbtError('typescript-failed', withoutQueries(text), {
    hint: hintOf(thrown) ?? 'The error was thrown by the code of the model.',
    ...details,
    cause: thrown,
  });
}

function detailsOf(
  places: readonly StackPlace[],
  files: ModuleFiles,
): { span?: SourceSpan; sourceText?: string; notes?: DiagnosticNote[] } {
  const [first, ...rest] = places;
  if (!first) return {};
  const span = (place: StackPlace): SourceSpan => ({
    file: files.display(place.path),
    line: place.line,
    column: place.column,
  });
  const notes = rest.slice(0, MAX_NOTES).map((place) => ({ message: 'called from', span: span(place) }));
  const sourceText = textOf(first.path);
  return {
    span: span(first),
    ...(sourceText === undefined ? {} : { sourceText }),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function hintOf(thrown: unknown): string | undefined {
  const { code, message } = thrown as { readonly code?: unknown; readonly message?: string };
  if (code === 'ERR_MODULE_NOT_FOUND') return 'Install the package in the project: npm install.';
  if (thrown instanceof SyntaxError && message?.includes('does not provide an export named')) {
    return "Types are imported by `import type`: import type { Model } from 'tsdbt'.";
  }
  return undefined;
}
