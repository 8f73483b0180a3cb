import type { FreshnessResult } from '../contracts/freshness.js';
import type { SourceDefinition } from '../contracts/nodes.js';
import type { Diagnostic } from '../diagnostics/errors.js';
import { reportDiagnostic } from './diagnostic-report.js';
import type { EventLevel } from './level.js';
import { nodeInfo } from './node-info.js';
import { RunReporter } from './run-reporter.js';

interface SourceAt {
  readonly source: SourceDefinition;
  readonly index: number;
  readonly total: number;
  readonly thread: string;
}

const LEVELS: { readonly [status: string]: EventLevel } = { warn: 'warn', error: 'error', 'runtime error': 'error' };

/** Tells the lines of `source freshness`, and those of its hooks. */
export class FreshnessReporter extends RunReporter {
  sourceStart({ source, index, total, thread }: SourceAt): void {
    const description = `freshness of ${source.source_name}.${source.name}`;
    const node_info = infoOf(source, 'started');
    this.options.bus.emit('NodeStart', { node_info }, { thread });
    this.options.bus.emit('LogStartLine', { description, index, total, node_info }, { thread });
  }

  sourceFinish(info: SourceAt & { readonly result: FreshnessResult; readonly diagnostic?: Diagnostic }): void {
    const { source, index, total, thread, result, diagnostic } = info;
    const { status, execution_time } = result;
    if (diagnostic) this.diagnostics.set(source.unique_id, diagnostic);
    const node_info = infoOf(source, status);
    const about = { status, source_name: source.source_name, table_name: source.name };
    const data = { ...about, index, total, execution_time, node_info };
    this.options.bus.emit('LogFreshnessResult', data, { thread, level: LEVELS[status] ?? 'info' });
    const { measured, message, timing } = result;
    const run_result = {
      adapter_response: measured?.adapter_response ?? {},
      execution_time,
      message: message ?? '',
      num_failures: 0,
      status,
      thread: result.thread_id,
      timing_info: timing,
    };
    this.options.bus.emit('NodeFinished', { node_info, run_result }, { thread });
  }

  /** What is said of a source that is too old, or whose query failed. */
  sourceFailure(source: SourceDefinition, { status, message }: FreshnessResult): void {
    if (status !== 'error' && status !== 'runtime error') return;
    const { bus, report } = this.options;
    const node_info = infoOf(source, status);
    bus.emit('Formatting', { msg: '' });
    if (status === 'error') {
      const { name, original_file_path: path } = source;
      bus.emit('RunResultFailure', { resource_type: 'source', node_name: name, path, node_info });
      bus.emit('RunResultErrorNoMessage', { status, node_info });
      return;
    }
    bus.emit('RunResultError', { msg: message ?? status, node_info });
    const diagnostic = this.diagnostics.get(source.unique_id);
    if (diagnostic) bus.emit('DiagnosticReported', { report: reportDiagnostic(diagnostic, report), node_info });
  }
}

function infoOf(source: SourceDefinition, status: string): ReturnType<typeof nodeInfo> {
  const { config: _config, ...rest } = source;
  return nodeInfo(rest, { status, startedAt: '', finishedAt: '' });
}
