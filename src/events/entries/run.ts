import type { JsonObject } from '../../contracts/common.js';
import type { TimingInfo } from '../../contracts/results.js';
import { entry } from '../entry.js';
import { fancyLine } from '../fancy-line.js';
import type { EventLevel } from '../level.js';
import type { NodeInfo } from '../node-info.js';

export interface Placed {
  readonly index: number;
  readonly total: number;
  readonly node_info: NodeInfo;
}

export interface Described extends Placed {
  readonly description: string;
}

export interface DescribedBatch {
  readonly description: string;
  readonly batch_index: number;
  readonly total_batches: number;
  readonly node_info: NodeInfo;
}

/** A result as dbt's logs have it. */
export interface LoggedResult {
  readonly adapter_response: JsonObject;
  /** Seconds. */
  readonly execution_time: number;
  readonly message: string;
  readonly num_failures: number;
  readonly status: string;
  readonly thread: string;
  readonly timing_info: readonly TimingInfo[];
}

export interface Timed {
  readonly status: string;
  /** Seconds. */
  readonly execution_time: number;
}

/** Lines about nodes and hooks while they run. */
export const RUN_EVENTS = {
  ConcurrencyLine: entry<{ num_threads: number; target_name: string; node_count: number }>(
    'Q027',
    'info',
    (d) => `Concurrency: ${d.num_threads} threads (target='${d.target_name}')`,
  ),
  LogCancelLine: entry<{ conn_name: string }>('Q022', 'error', (d, paint, width) =>
    fancyLine({ message: `CANCEL query ${d.conn_name}`, status: paint.red('CANCEL') }, width),
  ),
  LogFreshnessResult: entry<Timed & Placed & { readonly source_name: string; readonly table_name: string }>(
    'Q018',
    'info',
    (d, paint, width) => {
      let info = 'PASS';
      let color = paint.green;
      if (d.status === 'runtime error') [info, color] = ['ERROR', paint.red];
      else if (d.status === 'error') [info, color] = ['ERROR STALE', paint.red];
      else if (d.status === 'warn') [info, color] = ['WARN', paint.yellow];
      const message = `${info} freshness of ${d.source_name}.${d.table_name}`;
      return fancyLine({ ...d, message, status: color(info), seconds: d.execution_time }, width);
    },
  ),
  LogFunctionResult: entry<Described & Timed>('Q047', 'info', (d, paint, width) => {
    const failed = d.status === 'error';
    const message = `${failed ? 'ERROR creating' : 'OK created'} ${d.description}`;
    const status = failed ? paint.red('ERROR') : paint.green(d.status.toUpperCase());
    return fancyLine({ ...d, message, status, seconds: d.execution_time }, width);
  }),
  LogHookEndLine: entry<Placed & Timed & { statement: string }>('Q033', 'info', (d, paint, width) => {
    const info = d.status === 'success' ? 'OK' : d.status === 'skipped' ? 'SKIP' : 'ERROR';
    const color = info === 'OK' ? paint.green : info === 'SKIP' ? paint.yellow : paint.red;
    return fancyLine(
      { ...d, message: `${info} hook: ${d.statement}`, status: color(info), seconds: d.execution_time, truncate: true },
      width,
    );
  }),
  LogHookStartLine: entry<Placed & { statement: string }>('Q032', 'info', (d, _paint, width) =>
    fancyLine({ ...d, message: `START hook: ${d.statement}`, status: 'RUN', truncate: true }, width),
  ),
  LogBatchResult: entry<DescribedBatch & Timed>('Q046', 'info', (d, paint, width) => {
    let info = 'OK created';
    let status = paint.green(d.status);
    if (d.status === 'error') [info, status] = ['ERROR creating', paint.red('ERROR')];
    else if (d.status === 'skipped') [info, status] = ['SKIP', paint.yellow('SKIPPED')];
    const at = { index: d.batch_index, total: d.total_batches };
    return `Batch ${fancyLine({ ...at, message: `${info} ${d.description}`, status, seconds: d.execution_time }, width)}`;
  }),
  LogStartBatch: entry<DescribedBatch>('Q045', 'info', (d, _paint, width) => {
    const at = { index: d.batch_index, total: d.total_batches };
    return `Batch ${fancyLine({ ...at, message: `START ${d.description}`, status: 'RUN' }, width)}`;
  }),
  LogModelResult: entry<Described & Timed>('Q012', 'info', (d, paint, width) => {
    let info = 'OK created';
    let status = paint.green(d.status);
    if (d.status === 'error') {
      info = 'ERROR creating';
      status = paint.red('ERROR');
    } else if (d.status.includes('PARTIAL SUCCESS')) {
      info = 'PARTIALLY created';
      status = paint.yellow(d.status.toUpperCase());
    }
    return fancyLine({ ...d, message: `${info} ${d.description}`, status, seconds: d.execution_time }, width);
  }),
  LogNodeNoOpResult: entry<Described & Timed>('Q019', 'info', (d, paint, width) =>
    fancyLine(
      { ...d, message: `NO-OP ${d.description}`, status: paint.yellow('NO-OP'), seconds: d.execution_time },
      width,
    ),
  ),
  LogSeedResult: entry<Placed & Timed & { result_message: string; schema: string; relation: string }>(
    'Q016',
    'info',
    (d, paint, width) => {
      const failed = d.status === 'error';
      const message = `${failed ? 'ERROR loading' : 'OK loaded'} seed file ${d.schema}.${d.relation}`;
      const status = failed ? paint.red('ERROR') : paint.green(d.result_message);
      return fancyLine({ ...d, message, status, seconds: d.execution_time }, width);
    },
  ),
  LogSnapshotResult: entry<Described & Timed & { result_message: string; cfg: { readonly [name: string]: string } }>(
    'Q015',
    'info',
    (d, paint, width) => {
      const failed = d.status === 'error';
      const message = `${failed ? 'ERROR snapshotting' : 'OK snapshotted'} ${d.description}`;
      const status = failed ? paint.red('ERROR') : paint.green(d.result_message);
      return fancyLine({ ...d, message, status, seconds: d.execution_time }, width);
    },
  ),
  LogStartLine: entry<Described>('Q011', 'info', (d, _paint, width) =>
    fancyLine({ ...d, message: `START ${d.description}`, status: 'RUN' }, width),
  ),
  LogTestResult: entry<
    Timed & {
      name: string;
      index: number;
      num_models: number;
      num_failures: number;
      attached_node: string;
      node_info: NodeInfo;
    }
  >('Q007', 'info', (d, paint, width) => {
    let info = `FAIL ${d.num_failures}`;
    let color = paint.red;
    if (d.status === 'error') info = 'ERROR';
    else if (d.status === 'pass') [info, color] = ['PASS', paint.green];
    else if (d.status === 'warn') [info, color] = [`WARN ${d.num_failures}`, paint.yellow];
    return fancyLine(
      {
        message: `${info} ${d.name}`,
        status: color(info),
        index: d.index,
        total: d.num_models,
        seconds: d.execution_time,
      },
      width,
    );
  }),
  NodeFinished: entry<{ node_info: NodeInfo; run_result: LoggedResult }>(
    'Q025',
    'debug',
    (d) => `Finished running node ${d.node_info.unique_id}`,
  ),
  NodeStart: entry<{ node_info: NodeInfo }>('Q024', 'debug', (d) => `Began running node ${d.node_info.unique_id}`),
  SkippingDetails: entry<Placed & { resource_type: string; schema: string; node_name: string }>(
    'Q034',
    'info',
    (d, paint, width) => {
      const relation = d.resource_type === 'model' || d.resource_type === 'seed' || d.resource_type === 'snapshot';
      const message = relation ? `SKIP relation ${d.schema}.${d.node_name}` : `SKIP ${d.resource_type} ${d.node_name}`;
      return fancyLine({ ...d, message, status: paint.yellow('SKIP') }, width);
    },
  ),
  SQLQuery: entry<{ conn_name: string; sql: string; node_info?: NodeInfo }>(
    'E016',
    'debug',
    (d) => `On ${d.conn_name}: ${d.sql}`,
  ),
  CatchableExceptionOnRun: entry<{ exc: string; exc_info: string; node_info: NodeInfo }>('W002', 'debug', (d) => d.exc),
  ConnectionUsed: entry<{ conn_type: string; conn_name: string; node_info?: NodeInfo }>(
    'E015',
    'debug',
    (d) => `Using ${d.conn_type} connection "${d.conn_name}"`,
  ),
  NodeCompiling: entry<{ node_info: NodeInfo }>(
    'Q030',
    'debug',
    (d) => `Began compiling node ${d.node_info.unique_id}`,
  ),
  NodeExecuting: entry<{ node_info: NodeInfo }>(
    'Q031',
    'debug',
    (d) => `Began executing node ${d.node_info.unique_id}`,
  ),
  Rollback: entry<{ conn_name: string; node_info?: NodeInfo }>('E012', 'debug', (d) => `On ${d.conn_name}: ROLLBACK`),
  SQLCommit: entry<{ conn_name: string; node_info?: NodeInfo }>('E018', 'debug', (d) => `On ${d.conn_name}: COMMIT`),
  SchemaCreation: entry<{
    relation: { readonly database: string; readonly schema: string; readonly identifier: string };
  }>('E020', 'debug', (d) => `Creating schema "database: "${d.relation.database}"\nschema: "${d.relation.schema}"\n"`),
  WritingInjectedSQLForNode: entry<{ node_info: NodeInfo }>(
    'Q029',
    'debug',
    (d) => `Writing injected SQL for node "${d.node_info.unique_id}"`,
  ),
  SQLQueryStatus: entry<{ status: string; elapsed: number; query_id: string; node_info?: NodeInfo }>(
    'E017',
    'debug',
    (d) => `SQL status: ${d.status} in ${d.elapsed.toFixed(3)} seconds`,
  ),
} as const;

const TEST_LEVELS: { readonly [status: string]: EventLevel } = { fail: 'error', error: 'error', warn: 'warn' };

/** The level of a test's result line, by its status, as in dbt. */
export function testLevel(status: string): EventLevel {
  return TEST_LEVELS[status] ?? 'info';
}
