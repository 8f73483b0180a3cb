import type { ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import type { TestEvidence } from '../contracts/test-evidence.js';
import type { Diagnostic } from '../diagnostics/errors.js';
import { pyStr } from '../jinja/values.js';
import { isEventName, isWarningName } from './catalogue.js';
import { type ReportOptions, reportDiagnostic, shortened } from './diagnostic-report.js';
import { type DescribedBatch, type LoggedResult, testLevel } from './entries/run.js';
import type { EventBus } from './event-bus.js';
import { toldEvidence } from './evidence-text.js';
import { type NodeInfo, nodeInfo } from './node-info.js';
import type { BatchInfo, RunnerEvents } from './runner-events.js';

export interface RunReporterOptions {
  readonly bus: EventBus;
  /** Finds a node of the manifest, hooks included. */
  readonly node: (uniqueId: string) => ManifestNode | undefined;
  /** How many nodes will be shown, for the progress bar. */
  readonly total: number;
  readonly report: ReportOptions;
  /** `compile` and `docs generate` name no nodes. */
  readonly quietNodes?: boolean;
  /** Without it (`--no-print`) what `print()` says is dropped. */
  readonly print?: boolean;
  /** The engine's type, for the lines about connections. */
  readonly engine?: string;
  /** A person watches: diagnostics are told as they happen. */
  readonly immediate?: boolean;
}

interface Begun {
  readonly startedAt: string;
  readonly thread: string;
  readonly description: string;
}

/** Turns what the runner tells into dbt's events. State: the nodes that run, and the diagnostics, for the summary. */
export class RunReporter implements RunnerEvents {
  /** Diagnostics of failed nodes by `unique_id`. */
  readonly diagnostics = new Map<string, Diagnostic>();
  /** What failed tests have to show, as it is told, by `unique_id`. */
  readonly evidence = new Map<string, TestEvidence>();
  private readonly begun = new Map<string, Begun>();
  protected readonly options: RunReporterOptions;

  constructor(options: RunReporterOptions) {
    this.options = options;
  }

  concurrency(info: Parameters<RunnerEvents['concurrency']>[0]): void {
    const { bus, total } = this.options;
    bus.emit('Formatting', { msg: '' });
    bus.emit('ConcurrencyLine', { num_threads: info.threads, target_name: info.target, node_count: total });
    bus.emit('Formatting', { msg: '' });
  }

  nodeStart(info: Parameters<RunnerEvents['nodeStart']>[0]): void {
    const node = this.options.node(info.uniqueId);
    const description = describe(info.resourceType, info.materialized, info.relation, node);
    const begun = { startedAt: stamp(), thread: info.thread, description };
    this.begun.set(info.uniqueId, begun);
    if (!node) return;
    const node_info = this.infoOf(node, 'started');
    this.options.bus.emit('NodeStart', { node_info }, { thread: info.thread });
    if (!this.options.quietNodes && info.materialized !== 'ephemeral') {
      const data = { description, index: info.index, total: info.total, node_info };
      this.options.bus.emit('LogStartLine', data, { thread: info.thread });
    }
    this.options.bus.emit('NodeCompiling', { node_info: this.infoOf(node, 'compiling') }, { thread: info.thread });
  }

  nodeCompiled({ node }: Parameters<NonNullable<RunnerEvents['nodeCompiled']>>[0]): void {
    const { bus } = this.options;
    const thread = this.threadOf(node.unique_id);
    const node_info = this.infoOf(node, 'executing');
    if (node.resource_type !== 'seed') bus.emit('WritingInjectedSQLForNode', { node_info }, { thread });
    if (node.config.materialized !== 'ephemeral') bus.emit('NodeExecuting', { node_info }, { thread });
  }

  schemaCreation({ database, schema }: Parameters<NonNullable<RunnerEvents['schemaCreation']>>[0]): void {
    this.options.bus.emit('SchemaCreation', { relation: { database: database ?? '', schema, identifier: '' } });
  }

  nodeFinish(info: Parameters<RunnerEvents['nodeFinish']>[0]): void {
    const { node, result, index, total, diagnostic, evidence } = info;
    const { bus } = this.options;
    if (evidence) this.evidence.set(info.uniqueId, toldEvidence(evidence, bus.scrub));
    const begun = this.begun.get(info.uniqueId);
    const thread = begun?.thread ?? result.thread_id;
    if (diagnostic) this.diagnostics.set(info.uniqueId, diagnostic);
    const node_info = this.infoOf(node, result.status, stamp());
    if (!this.options.quietNodes && node.config.materialized !== 'ephemeral') {
      this.resultLine(info, node_info, begun?.description ?? describeNode(node), thread);
      if (this.options.immediate && diagnostic) {
        const report = reportDiagnostic(diagnostic, { ...this.options.report, compiledPath: compiledPath(node) });
        bus.emit('DiagnosticReported', { report, node_info }, { thread });
      }
    }
    if (result.status === 'error' && diagnostic) {
      bus.emit('CatchableExceptionOnRun', { exc: result.message ?? '', exc_info: '', node_info }, { thread });
    }
    bus.emit('NodeFinished', { node_info, run_result: loggedResult(result) }, { thread });
    this.begun.delete(info.uniqueId);
    void index;
    void total;
  }

  batchStart(info: BatchInfo): void {
    this.options.bus.emit('LogStartBatch', this.batchData(info), { thread: info.thread });
  }

  batchFinish(info: Parameters<NonNullable<RunnerEvents['batchFinish']>>[0]): void {
    const { bus, report } = this.options;
    const { thread, status, message, diagnostic } = info;
    const data = this.batchData(info);
    const { node_info } = data;
    if (status === 'error') {
      // The result of the model only counts the batches: what went wrong is told here.
      bus.emit('GenericExceptionOnRun', { unique_id: info.node.unique_id, exc: message, node_info }, { thread });
      if (diagnostic?.span || diagnostic?.hint) {
        bus.emit(
          'DiagnosticReported',
          { report: shortened(reportDiagnostic(diagnostic, report)), node_info },
          { thread },
        );
      }
    }
    const line = { ...data, status: status === 'success' ? message : status, execution_time: info.seconds };
    bus.emit('LogBatchResult', line, { thread, level: status === 'error' ? 'error' : 'info' });
  }

  private batchData({ node, batch, index, total }: BatchInfo): DescribedBatch {
    const relation = this.begun.get(node.unique_id)?.description.split(' ').at(-1) ?? node.name;
    const description = `batch ${batch} of ${relation}`;
    return { description, batch_index: index, total_batches: total, node_info: this.infoOf(node, 'executing') };
  }

  nodeSkip(info: Parameters<RunnerEvents['nodeSkip']>[0]): void {
    if (this.options.quietNodes || info.node.config.materialized === 'ephemeral') return;
    this.options.bus.emit('SkippingDetails', {
      index: info.index,
      total: info.total,
      node_info: this.infoOf(info.node, 'skipped'),
      resource_type: info.node.resource_type,
      schema: info.node.schema,
      node_name: info.node.name,
    });
  }

  passive(info: Parameters<NonNullable<RunnerEvents['passive']>>[0]): void {
    const { resource, result, index, total, thread } = info;
    const node_info = nodeInfo(resource, { status: result.status, startedAt: '', finishedAt: stamp() });
    const kind = resource.resource_type.replaceAll('_', ' ');
    const at = { index, total, node_info };
    if (result.status === 'skipped') {
      const about = { resource_type: resource.resource_type, schema: '', node_name: resource.name };
      this.options.bus.emit('SkippingDetails', { ...at, ...about }, { thread });
      return;
    }
    const line = { description: `${kind} ${resource.name}`, status: '', execution_time: result.execution_time };
    this.options.bus.emit('LogNodeNoOpResult', { ...at, ...line }, { thread });
  }

  hooksStart({ kind }: Parameters<NonNullable<RunnerEvents['hooksStart']>>[0]): void {
    if (kind === 'on-run-end') this.options.bus.emit('Formatting', { msg: '' });
  }

  hookStart(info: Parameters<RunnerEvents['hookStart']>[0]): void {
    const statement = hookStatement(info.uniqueId, info.kind, info.index);
    const node_info = this.hookInfo(info.uniqueId, 'started');
    this.begun.set(info.uniqueId, { startedAt: stamp(), thread: 'MainThread', description: statement });
    this.options.bus.emit('LogHookStartLine', { statement, index: info.index, total: info.total, node_info });
  }

  hookFinish(info: Parameters<RunnerEvents['hookFinish']>[0]): void {
    const { bus } = this.options;
    if (info.diagnostic) this.diagnostics.set(info.uniqueId, info.diagnostic);
    bus.emit('LogHookEndLine', {
      statement: hookStatement(info.uniqueId, info.kind, info.index),
      status: info.result.status,
      index: info.index,
      total: info.total,
      execution_time: info.result.execution_time,
      node_info: this.hookInfo(info.uniqueId, info.result.status),
    });
    if (info.index === info.total && info.kind === 'on-run-start') bus.emit('Formatting', { msg: '' });
  }

  /** A rollback is told by itself, a commit before its statement too, as in dbt. */
  sql(info: Parameters<RunnerEvents['sql']>[0]): void {
    const { bus, engine = '' } = this.options;
    const thread = { thread: this.threadOf(info.uniqueId) };
    const about = { conn_name: info.connection, ...this.aboutNode(info.uniqueId) };
    if (info.sql === 'ROLLBACK') {
      bus.emit('Rollback', about, thread);
      return;
    }
    if (info.sql === 'COMMIT') bus.emit('SQLCommit', about, thread);
    bus.emit('ConnectionUsed', { conn_type: engine, ...about }, thread);
    bus.emit('SQLQuery', { ...about, sql: info.sql }, thread);
  }

  sqlStatus(info: Parameters<RunnerEvents['sqlStatus']>[0]): void {
    const data = { status: info.message, elapsed: info.seconds, query_id: '', ...this.aboutNode(info.uniqueId) };
    this.options.bus.emit('SQLQueryStatus', data, { thread: this.threadOf(info.uniqueId) });
  }

  private aboutNode(uniqueId: string | null): { readonly node_info?: NodeInfo } {
    const node = uniqueId === null ? undefined : this.options.node(uniqueId);
    return node ? { node_info: this.infoOf(node, 'executing') } : {};
  }

  cancelled(info: Parameters<RunnerEvents['cancelled']>[0]): void {
    for (const conn_name of info.connections) this.options.bus.emit('LogCancelLine', { conn_name });
  }

  /** A warning that `--warn-error` promotes throws, so that the node that caused it fails. */
  message(info: Parameters<RunnerEvents['message']>[0]): void {
    const { bus } = this.options;
    const thread = this.threadOf(info.uniqueId);
    if (info.level === 'warn') {
      bus.warn(isWarningName(info.name) ? info.name : 'JinjaLogWarning', { msg: info.text }, { thread });
      return;
    }
    if (info.name === 'PrintEvent') {
      if (this.options.print !== false) bus.emit('PrintEvent', { msg: info.text }, { thread });
      return;
    }
    const known = info.name && isEventName(info.name) ? info.name : null;
    const node = info.uniqueId ? this.options.node(info.uniqueId) : undefined;
    const data = { msg: info.text, ...(node ? { node_info: this.infoOf(node, 'executing') } : {}) };
    if (info.level === 'error') bus.emit('AdapterEventError', data, { thread });
    else if (info.level === 'info') bus.emit(known === 'AdapterEventInfo' ? known : 'JinjaLogInfo', data, { thread });
    else bus.emit(known === 'AdapterEventDebug' ? known : 'JinjaLogDebug', data, { thread });
  }

  private threadOf(uniqueId: string | null): string {
    return (uniqueId ? this.begun.get(uniqueId)?.thread : undefined) ?? 'MainThread';
  }

  private infoOf(node: ManifestNode, status: string, finishedAt = ''): NodeInfo {
    return nodeInfo(node, { status, startedAt: this.begun.get(node.unique_id)?.startedAt ?? '', finishedAt });
  }

  private hookInfo(uniqueId: string, status: string): NodeInfo {
    const node = this.options.node(uniqueId);
    if (node) return this.infoOf(node, status);
    const name = uniqueId.split('.').slice(2).join('.');
    return {
      materialized: '',
      meta: {},
      node_checksum: '',
      node_finished_at: '',
      node_name: name,
      node_path: '',
      node_relation: { alias: name, database: '', relation_name: '', schema: '' },
      node_started_at: '',
      node_status: status,
      resource_type: 'operation',
      unique_id: uniqueId,
    };
  }

  private resultLine(
    { node, result, index, total }: Parameters<RunnerEvents['nodeFinish']>[0],
    node_info: NodeInfo,
    description: string,
    thread: string,
  ): void {
    const { bus } = this.options;
    const failed = result.status === 'error';
    const level = failed ? ('error' as const) : ('info' as const);
    const timed = { index, total, execution_time: result.execution_time, node_info };
    if (result.status === 'no-op') {
      bus.emit('LogNodeNoOpResult', { ...timed, description, status: result.status }, { thread });
      return;
    }
    switch (node.resource_type) {
      case 'test':
      case 'unit_test':
        bus.emit(
          'LogTestResult',
          {
            name: node.resource_type === 'unit_test' ? `${node.model}::${node.name}` : node.name,
            status: result.status,
            index,
            num_models: total,
            execution_time: result.execution_time,
            num_failures: result.failures ?? 0,
            attached_node: ('attached_node' in node ? node.attached_node : null) ?? '',
            node_info,
          },
          { thread, level: testLevel(result.status) },
        );
        return;
      case 'seed':
        bus.emit(
          'LogSeedResult',
          {
            ...timed,
            status: result.status,
            result_message: result.message ?? '',
            schema: node.schema,
            relation: node.alias,
          },
          { thread, level },
        );
        return;
      case 'function':
        bus.emit('LogFunctionResult', { ...timed, description, status: result.status }, { thread, level });
        return;
      case 'snapshot':
        bus.emit(
          'LogSnapshotResult',
          {
            ...timed,
            status: result.status,
            result_message: result.message ?? '',
            description: description.replace(/^snapshot /, ''),
            cfg: configTexts(node),
          },
          { thread, level },
        );
        return;
      default:
        bus.emit(
          'LogModelResult',
          { ...timed, description, status: failed ? result.status : modelStatus(result) },
          { thread, level },
        );
    }
  }
}

function loggedResult(result: RunResult): LoggedResult {
  return {
    adapter_response: result.adapter_response,
    execution_time: result.execution_time,
    message: result.message ?? '',
    num_failures: result.failures ?? 0,
    status: result.status,
    thread: result.thread_id,
    timing_info: result.timing,
  };
}

/** A node's configuration as texts: what dbt tells of a snapshot. */
function configTexts({ config }: ManifestNode): { readonly [name: string]: string } {
  const set = Object.entries(config).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [name, typeof value === 'string' ? value : pyStr(value)]));
}

/** The path of a node's compiled SQL as dbt prints it, or null before it is compiled. */
export function compiledPath(node: ManifestNode): string | null {
  return 'compiled_path' in node ? (node.compiled_path ?? null) : null;
}

/** dbt's words for a node: `sql view model main.a`, `seed file main.b`, `test c`. */
export function describe(
  resourceType: string,
  materialized: string,
  relation: string | null,
  node: ManifestNode | undefined,
): string {
  const name = node?.name ?? '';
  if (resourceType === 'test') return `test ${name}`;
  if (node?.resource_type === 'unit_test') return `unit_test ${node.model}::${name}`;
  if (resourceType === 'seed') return `seed file ${relation ?? name}`;
  if (resourceType === 'snapshot') return `snapshot ${relation ?? name}`;
  if (resourceType === 'model') {
    const language = node && 'language' in node ? node.language : 'sql';
    return `${language} ${materialized} model ${relation ?? name}`;
  }
  return `${resourceType} ${relation ?? name}`;
}

function describeNode(node: ManifestNode): string {
  return describe(node.resource_type, node.config.materialized, `${node.schema}.${node.alias}`, node);
}

function modelStatus(result: RunResult): string {
  return result.status === 'success' ? (result.message ?? 'OK') : (result.message ?? result.status);
}

/** dbt's name of a hook: `jaffle_shop.on-run-start.0`. */
function hookStatement(uniqueId: string, kind: string, index: number): string {
  const pkg = uniqueId.split('.')[1] ?? '';
  const own = new RegExp(`-${kind}-(\\d+)$`).exec(uniqueId)?.[1];
  return `${pkg}.${kind}.${own ?? index - 1}`;
}

/** Now, as dbt writes it in `node_info`: UTC without zone. */
function stamp(): string {
  return new Date().toISOString().slice(0, -1);
}
