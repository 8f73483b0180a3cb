import type { GraphResource, ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import type { TestEvidence } from '../contracts/test-evidence.js';
import type { Diagnostic } from '../diagnostics/errors.js';
import { type ReportOptions, reportDiagnostic, shortened } from './diagnostic-report.js';
import type { Stats } from './entries/summary.js';
import type { EventBus } from './event-bus.js';
import { countsRows } from './evidence-text.js';
import { humanDuration, pluralize } from './fancy-line.js';
import { nodeInfo } from './node-info.js';
import { compiledPath } from './run-reporter.js';

export interface SummaryInput {
  readonly bus: EventBus;
  readonly results: readonly RunResult[];
  readonly node: (uniqueId: string) => ManifestNode | undefined;
  readonly diagnostics: ReadonlyMap<string, Diagnostic>;
  /** What failed tests have to show. */
  readonly evidence?: ReadonlyMap<string, TestEvidence>;
  readonly report: ReportOptions;
  readonly interrupted: boolean;
  /** `--store-failures`: also for tests whose configuration does not say so. */
  readonly storeFailures?: boolean;
}

/** What ran: a node, or an exposure that was noted. */
export type Counted = Pick<GraphResource, 'resource_type'> & { readonly config?: { readonly materialized?: unknown } };

/** dbt's counts of what ran: `2 table models, 20 data tests, 3 view models`, sorted by kind. */
export function runStatLine(nodes: readonly Counted[]): string {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    let kind: string = node.resource_type;
    if (kind === 'model') kind = `${node.config?.materialized ?? ''} model`;
    else if (kind === 'operation') kind = 'project hook';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => pluralize(count, kind).replaceAll('_', ' '))
    .join(', ');
}

/** `Finished running … in 0 hours 0 minutes and 0.62 seconds (0.62s).` after an empty line. */
export function reportFinished(bus: EventBus, nodes: readonly Counted[], seconds: number): void {
  bus.emit('Formatting', { msg: '' });
  bus.emit('FinishedRunningStats', {
    stat_line: runStatLine(nodes),
    execution: humanDuration(seconds),
    execution_time: seconds,
  });
}

/** What went wrong, node by node, and the counts: dbt's end of a run, with tsdbt's place and code frame under it. */
export function reportSummary(input: SummaryInput): void {
  const { bus, results, interrupted } = input;
  const errors = results.filter(
    (r) =>
      r.status === 'error' ||
      r.status === 'fail' ||
      r.status === 'runtime error' ||
      (r.status === 'skipped' && r.message && !r.unique_id.startsWith('exposure.')),
  );
  const warnings = results.filter((r) => r.status === 'warn');
  const partial = results.filter((r) => r.status === 'partial success');
  bus.emit('Formatting', { msg: '' });
  bus.emit('EndOfRunSummary', {
    num_errors: errors.length,
    num_warnings: warnings.length,
    num_partial_success: partial.length,
    keyboard_interrupt: interrupted,
  });
  for (const result of errors) reportResult(input, result, false);
  for (const result of warnings) reportResult(input, result, true);
  bus.emit('Formatting', { msg: '' });
  bus.emit('StatsLine', { stats: countResults(results) });
}

/** What went wrong, node by node, without counts. */
export function reportFailures(input: SummaryInput): void {
  for (const result of input.results) if (result.status === 'error') reportResult(input, result, false);
}

/** dbt's counts of the last line. */
export function countResults(results: readonly RunResult[]): Stats {
  const stats = { error: 0, noop: 0, pass: 0, skip: 0, total: results.length, warn: 0 };
  for (const { status } of results) {
    if (status === 'success' || status === 'pass') stats.pass += 1;
    else if (status === 'skipped') stats.skip += 1;
    else if (status === 'warn') stats.warn += 1;
    else if (status === 'no-op') stats.noop += 1;
    else stats.error += 1;
  }
  return stats;
}

/** Whether dbt's exit status is 0 for these results: nothing failed and nothing but exposures was skipped. */
export function succeeded(results: readonly RunResult[]): boolean {
  return results.every(
    (r) =>
      (r.status === 'skipped' && r.unique_id.startsWith('exposure.')) ||
      r.status === 'success' ||
      r.status === 'pass' ||
      r.status === 'warn' ||
      r.status === 'no-op',
  );
}

function reportResult(input: SummaryInput, result: RunResult, isWarning: boolean): void {
  const { bus } = input;
  const node = input.node(result.unique_id);
  if (result.status === 'skipped') {
    bus.emit('Formatting', { msg: '' }, { level: 'debug' });
    if (result.message) bus.emit('RunResultError', { msg: result.message }, { level: 'debug' });
    return;
  }
  bus.emit('Formatting', { msg: '' });
  if (!node) {
    bus.emit('RunResultError', { msg: result.message ?? result.status });
    return;
  }
  const node_info = nodeInfo(node);
  const about = { resource_type: node.resource_type, node_name: node.name, path: node.original_file_path, node_info };
  if (isWarning) bus.emit('RunResultWarning', about);
  else bus.emit('RunResultFailure', about);
  const evidence = input.evidence?.get(result.unique_id);
  const superseded = evidence?.kind === 'comparison' ? { superseded: true as const } : {};
  if (!result.message) bus.emit('RunResultErrorNoMessage', { status: result.status, node_info });
  else if (isWarning) bus.emit('RunResultWarningMessage', { msg: result.message, node_info });
  else bus.emit('RunResultError', { msg: result.message, node_info }, superseded);
  if (evidence) reportEvidence(bus, evidence, result, node, isWarning);
  const diagnostic = input.diagnostics.get(result.unique_id);
  if (diagnostic?.span || diagnostic?.hint) {
    bus.emit('DiagnosticReported', { report: shortened(reportDiagnostic(diagnostic, input.report)), node_info });
  }
  const path = compiledPath(node);
  if (path) {
    bus.emit('Formatting', { msg: '' });
    bus.emit('SQLCompiledPath', { path, node_info });
  }
  // What could not be run has stored nothing to look at.
  if (result.failures && (input.storeFailures || node.config.store_failures) && node.relation_name) {
    bus.emit('Formatting', { msg: '' });
    bus.emit('CheckNodeTestFailure', { relation_name: node.relation_name, node_info });
  }
}

function reportEvidence(
  bus: EventBus,
  evidence: TestEvidence,
  { failures }: RunResult,
  node: ManifestNode,
  isWarning: boolean,
): void {
  const level = isWarning ? ('warn' as const) : ('error' as const);
  const node_info = nodeInfo(node);
  bus.emit('Formatting', { msg: '' });
  if (evidence.kind === 'comparison') {
    bus.emit('UnitTestComparedRows', { ...evidence, node_info }, { level });
    return;
  }
  bus.emit('TestSampleRows', { ...evidence, failures: failures ?? 0, counted: countsRows(node), node_info }, { level });
}
