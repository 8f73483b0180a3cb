import { Table } from '../adapters/base/table.js';
import type { NodeConnection } from '../context/node-connection.js';
import { sourceRelation } from '../context/relations.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { FreshnessMeasure, FreshnessStatus } from '../contracts/freshness.js';
import type { FreshnessThreshold, SourceDefinition } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { PyDateTime } from '../jinja/values/datetime/datetime.js';
import { pyStr, typeName } from '../jinja/values.js';
import { responseFields } from './model-runner.js';

const SECONDS: { readonly [period: string]: number } = { minute: 60, hour: 3600, day: 86_400 };
/** What dbt takes for a source without rows: infinitely long ago. */
const NEVER = new PyDateTime(1, 1, 1);

/**
 * Asks how old the newest row of a source is, by dbt's macros `collect_freshness` and `collect_freshness_custom_sql`,
 * which the project may override.
 *
 * @throws DbtError `freshness-result` when the answer is not a timestamp.
 */
export async function measureFreshness(
  session: RuntimeSession,
  connection: NodeConnection,
  source: SourceDefinition,
): Promise<FreshnessMeasure> {
  const relation = sourceRelation(session.invocation, source);
  const context = session.macroContext(connection, source.package_name);
  let answer: unknown;
  if (source.loaded_at_query !== null) {
    for (const [name, value] of [
      ['this', relation],
      ['model', source],
      ['source_node', source],
    ] as const) {
      context.extra.set(name, value);
    }
    const query = await context.render(source.loaded_at_query, source.original_file_path);
    answer = await context.runMacro('collect_freshness_custom_sql', { source: relation, loaded_at_query: query });
  } else {
    answer = await context.runMacro('collect_freshness', {
      source: relation,
      loaded_at_field: source.loaded_at_field,
      filter: source.freshness?.filter ?? null,
    });
  }
  const { table, response } = answerOf(answer);
  const [row] = table?.rows ?? [];
  if (!table || !row || table.rows.length !== 1 || row.values.length !== 2) {
    throw new DbtError('freshness-result', 'The freshness macro must give one row with two columns', {
      hint: 'They are the time of the newest row and the time of the query.',
    });
  }
  const newest = row.values[0] === null ? NEVER : timestamp(row.values[0], 'last_modified');
  const asked = timestamp(row.values[1], 'snapshotted_at');
  const age = Number(micros(asked) - micros(newest)) / 1_000_000;
  return { max_loaded_at: iso(newest), snapshotted_at: iso(asked), age, adapter_response: responseFields(response) };
}

/** dbt's verdict on an age in seconds. */
export function freshnessStatus(threshold: FreshnessThreshold | null, age: number): FreshnessStatus {
  const exceeded = (time: FreshnessThreshold['warn_after']): boolean =>
    time !== null &&
    time !== undefined &&
    !!time.count &&
    !!time.period &&
    age > time.count * (SECONDS[time.period] ?? 0);
  if (exceeded(threshold?.error_after ?? null)) return 'error';
  return exceeded(threshold?.warn_after ?? null) ? 'warn' : 'pass';
}

function answerOf(answer: unknown): { readonly table: Table | null; readonly response: unknown } {
  if (answer instanceof Table) return { table: answer, response: null };
  const { table, response } = (answer ?? {}) as { readonly table?: unknown; readonly response?: unknown };
  return { table: table instanceof Table ? table : null, response };
}

function timestamp(value: unknown, field: string): PyDateTime {
  if (value instanceof PyDateTime) return value;
  const type = typeName(value).replace(/^datetime\./, '');
  const message = `Expected a timestamp value when querying field '${field}' of table None but received value of type '${type}' instead`;
  throw new DbtError('freshness-result', message, {
    hint: `Cast it: loaded_at_field: "cast(… as timestamp)". The value was ${pyStr(value)}.`,
  });
}

/** A time without a zone is UTC. */
function micros(time: PyDateTime): bigint {
  return time.wallMicros - (time.utcOffset()?.micros ?? 0n);
}

function iso(time: PyDateTime): string {
  return `${PyDateTime.fromWallMicros(micros(time)).isoformat()}+00:00`;
}
