import { type DiagnosticReport, formatReport } from '../diagnostic-report.js';
import { entry } from '../entry.js';
import { type Annotation, annotationLine } from '../github-annotation.js';
import { lineWrap } from '../line-wrap.js';
import type { NodeInfo } from '../node-info.js';

export interface Logged {
  readonly msg: string;
  readonly node_info?: NodeInfo;
}

/** Messages of macros, of the adapter, of tsdbt itself. */
export const MESSAGE_EVENTS = {
  AdapterEventDebug: entry<Logged>('E001', 'debug', (d) => d.msg),
  AdapterEventError: entry<Logged>('E004', 'error', (d) => d.msg),
  AdapterEventInfo: entry<Logged>('E002', 'info', (d) => d.msg),
  /** tsdbt's own: what GitHub shows beside a line; see `annotationSink`. */
  CiAnnotation: entry<Annotation>('T012', 'debug', annotationLine),
  DeprecationsSummary: entry<{
    summaries: readonly { readonly event_name: string; readonly event_code: string; readonly occurrences: number }[];
    show_all_hint: boolean;
  }>('D028', 'warn', (d, paint, width) => {
    const lines = d.summaries.map(
      (s) => `- ${s.event_name}: ${s.occurrences} occurrence${s.occurrences === 1 ? '' : 's'}`,
    );
    const head = `[${paint.yellow('WARNING')}][DeprecationsSummary]: Deprecated functionality`;
    const body = `${head}\nSummary of encountered deprecations:\n${lines.join('\n')}`;
    if (!d.show_all_hint) return body;
    return `${body}\n${lineWrap('`--show-all-deprecations` shows every place, not only the first of each kind.', width)}`;
  }),
  /** tsdbt's own: a diagnostic with its place, code frame and hint. */
  GenericExceptionOnRun: entry<{ unique_id: string; exc: string; node_info?: NodeInfo }>(
    'W004',
    'error',
    (d, paint) => `${paint.red(`Unhandled error while executing ${d.unique_id}`)}\n${d.exc.trim()}`,
  ),
  DiagnosticReported: entry<{ report: DiagnosticReport; node_info?: NodeInfo }>('T001', 'error', (d, paint) =>
    formatReport(d.report, paint),
  ),
  JinjaLogDebug: entry<Logged>('I063', 'debug', (d) => d.msg),
  JinjaLogInfo: entry<Logged>('I062', 'info', (d) => d.msg),
  MainEncounteredError: entry<{ exc: string; reports: readonly DiagnosticReport[] }>('Z002', 'error', (d, paint) => {
    const text = d.reports.length > 0 ? d.reports.map((r) => formatReport(r, paint)).join('\n\n') : d.exc;
    return `Encountered an error:\n${text}`;
  }),
} as const;
