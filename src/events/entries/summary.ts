import type { ComparedRows, SampleRows } from '../../contracts/test-evidence.js';
import { entry } from '../entry.js';
import { comparisonText, sampleText } from '../evidence-text.js';
import { pluralize } from '../fancy-line.js';
import type { NodeInfo } from '../node-info.js';

export interface About {
  readonly resource_type: string;
  readonly node_name: string;
  readonly path: string;
  readonly node_info: NodeInfo;
}

/** Counts of the last line, in dbt's keys. */
export interface Stats {
  readonly error: number;
  readonly noop: number;
  readonly pass: number;
  readonly skip: number;
  readonly total: number;
  readonly warn: number;
}

/** What is said at the end of a run. */
export const SUMMARY_EVENTS = {
  CheckNodeTestFailure: entry<{ relation_name: string; node_info: NodeInfo }>('Z027', 'info', (d) => {
    const query = `select * from ${d.relation_name}`;
    const border = '-'.repeat(query.length);
    return `  See test failures:\n  ${border}\n  ${query}\n  ${border}`;
  }),
  EndOfRunSummary: entry<{
    num_errors: number;
    num_warnings: number;
    num_partial_success: number;
    keyboard_interrupt: boolean;
  }>('Z030', 'info', (d, paint) => {
    const errors = pluralize(d.num_errors, 'error');
    const warnings = pluralize(d.num_warnings, 'warning');
    const partial = `${d.num_partial_success} partial ${d.num_partial_success === 1 ? 'success' : 'successes'}`;
    if (d.keyboard_interrupt) return paint.yellow('Exited because of keyboard interrupt');
    if (d.num_errors > 0) return paint.red(`Completed with ${errors}, ${partial}, and ${warnings}:`);
    if (d.num_partial_success > 0) return paint.yellow(`Completed with ${partial} and ${warnings}`);
    if (d.num_warnings > 0) return paint.yellow(`Completed with ${warnings}:`);
    return paint.green('Completed successfully');
  }),
  FreshnessCheckComplete: entry<Record<string, never>>('Q003', 'info', () => 'Done.'),
  FinishedRunningStats: entry<{ stat_line: string; execution: string; execution_time: number }>(
    'E047',
    'info',
    (d) => `Finished running ${d.stat_line}${d.execution} (${d.execution_time.toFixed(2)}s).`,
  ),
  RunResultError: entry<{ msg: string; node_info?: NodeInfo }>('Z024', 'error', (d) => `  ${d.msg}`),
  RunResultErrorNoMessage: entry<{ status: string; node_info: NodeInfo }>(
    'Z025',
    'error',
    (d) => `  Status: ${d.status}`,
  ),
  RunResultFailure: entry<About>('Z022', 'error', (d, paint) =>
    paint.red(`Failure in ${d.resource_type} ${d.node_name} (${d.path})`),
  ),
  RunResultWarning: entry<About>('Z021', 'warn', (d, paint) =>
    paint.yellow(`Warning in ${d.resource_type} ${d.node_name} (${d.path})`),
  ),
  RunResultWarningMessage: entry<{ msg: string; node_info: NodeInfo }>('Z046', 'warn', (d) => d.msg),
  /** tsdbt's own: rows of a failed data test. */
  TestSampleRows: entry<SampleRows & { failures: number; counted: boolean; node_info: NodeInfo }>(
    'T010',
    'error',
    (d, paint, _width, _names, columns) => sampleText(d, { ...d, paint, width: columns }),
  ),
  /** tsdbt's own: the rows of a failed unit test, side by side. */
  UnitTestComparedRows: entry<ComparedRows & { node_info: NodeInfo }>(
    'T011',
    'error',
    (d, paint, _width, _names, columns) => comparisonText(d, { paint, width: columns }),
  ),
  SQLCompiledPath: entry<{ path: string; node_info: NodeInfo }>('Z026', 'info', (d) => `  compiled code at ${d.path}`),
  StatsLine: entry<{ stats: Stats }>(
    'Z023',
    'info',
    ({ stats: s }) =>
      `Done. PASS=${s.pass} WARN=${s.warn} ERROR=${s.error} SKIP=${s.skip} NO-OP=${s.noop} TOTAL=${s.total}`,
  ),
} as const;
