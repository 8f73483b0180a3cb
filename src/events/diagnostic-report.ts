import { codeFrame } from '../diagnostics/code-frame.js';
import type { DbtError, Diagnostic } from '../diagnostics/errors.js';
import { formatSpan } from '../diagnostics/span.js';
import type { Paint } from './level.js';

/** A diagnostic ready to be printed: its code frame is drawn, the source text is dropped. */
export interface DiagnosticReport {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** `path:line:column`, or null when the diagnostic has no place. */
  readonly place: string | null;
  readonly frame: string;
  readonly hint: string | null;
  /** Each with its place, `path:line:column`, where it has one. */
  readonly notes: readonly { readonly message: string; readonly place: string | null }[];
  /** `path` or `path:line:column` of the SQL that the engine saw. */
  readonly compiled: string | null;
  readonly unique_id: string | null;
}

export interface ReportOptions {
  /** The text of a file of the project, or null; a diagnostic that brings its text does not need it. */
  readonly readSource?: (file: string) => string | null;
  readonly compiledPath?: string | null;
}

/** Prepares a diagnostic for printing: reads its source and draws the code frame. */
export function reportDiagnostic(diagnostic: Diagnostic, options: ReportOptions = {}): DiagnosticReport {
  const { span } = diagnostic;
  const own = diagnostic.sourceText;
  const source = span ? (own ?? options.readSource?.(span.file) ?? null) : null;
  const compiledFile = span?.expanded?.file ?? options.compiledPath ?? null;
  const expanded = span?.expanded;
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    place: span ? formatSpan(span) : null,
    frame: span && source !== null ? codeFrame(source, span, own === undefined ? 1 : diagnostic.sourceFirstLine) : '',
    hint: diagnostic.hint ?? null,
    notes: (diagnostic.notes ?? []).map((n) => ({ message: n.message, place: n.span ? formatSpan(n.span) : null })),
    compiled: compiledFile && expanded ? `${compiledFile}:${expanded.line}:${expanded.column}` : compiledFile,
    unique_id: diagnostic.uniqueId ?? null,
  };
}

/** The diagnostics of an error: several when it is a `DbtErrors`. */
export function diagnosticsOf(error: DbtError): readonly Diagnostic[] {
  const several = (error as { errors?: readonly DbtError[] }).errors;
  return several ? several.flatMap(diagnosticsOf) : [error.diagnostic];
}

/**
 * Prints a report:
 *
 * ```
 * error[ref-not-found]: …
 *   --> models/a.sql:3:14
 *   > 3 | …
 *   hint: …
 * ```
 */
export function formatReport(report: DiagnosticReport, paint: Paint): string {
  const color = report.severity === 'error' ? paint.red : paint.yellow;
  const lines = [`${color(paint.bold(`${report.severity}[${report.code}]`))}: ${report.message}`];
  if (report.place) lines.push(`  ${paint.dim('-->')} ${report.place}`);
  if (report.frame) lines.push(...report.frame.split('\n').map((line) => paintFrameLine(line, color, paint)));
  if (report.compiled) lines.push(`  compiled SQL: ${report.compiled}`);
  for (const note of report.notes) {
    lines.push(`  note: ${note.message}${note.place ? ` (${note.place})` : ''}`);
  }
  if (report.hint) lines.push(`  hint: ${report.hint}`);
  return lines.join('\n');
}

function paintFrameLine(line: string, color: (text: string) => string, paint: Paint): string {
  if (/^\s+\|\s*\^+$/.test(line)) return `  ${line.replace(/\^+$/, (carets) => color(carets))}`;
  return line.startsWith('>') ? `  ${line}` : `  ${paint.dim(line)}`;
}

/** The engine's words stand above already: the report is there for the place. */
export function shortened(report: DiagnosticReport): DiagnosticReport {
  const [first = ''] = report.message.split('\n');
  return { ...report, message: first, compiled: null };
}
