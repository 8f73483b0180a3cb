import type { DiagnosticCode } from '../diagnostics/codes.js';
import { DbtError, type DbtErrorOptions } from '../diagnostics/errors.js';
import type { SourceSpan } from '../diagnostics/span.js';
import { positionAt } from '../diagnostics/span.js';
import type { SourceFile } from './files/source-file.js';

/** The start of a file. */
export function fileSpan(file: SourceFile): SourceSpan {
  return { file: file.display, line: 1, column: 1 };
}

/** The place of the first match of a pattern in a file, its start when there is none. */
export function textSpan(file: SourceFile, pattern: RegExp): SourceSpan {
  const match = pattern.exec(file.text);
  if (!match) return fileSpan(file);
  const start = positionAt(file.text, match.index);
  const end = positionAt(file.text, match.index + match[0].length);
  return { file: file.display, ...start, endLine: end.line, endColumn: end.column };
}

/** An error with a place. */
export function errorAt(
  code: DiagnosticCode,
  message: string,
  span: SourceSpan,
  options: Omit<DbtErrorOptions, 'span'> = {},
): DbtError {
  return new DbtError(code, message, { span, ...options });
}

/** A text as part of a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
