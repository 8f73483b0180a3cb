import type { EventTimeFilter, RelationKind } from '../adapters/base/relation.js';
import type { ManifestNode, SourceDefinition } from '../contracts/nodes.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { type PyDateTime, parseIsoDateTime, pyStr } from '../jinja/values.js';
import { batchOf } from './batch.js';

/**
 * The rows of an input that a model or snapshot reads: those of its batch, of the sample (`--sample`), or of both. Null
 * when it reads all, and for inputs without the config `event_time`.
 */
export function eventTimeFilter(
  { flags }: Pick<RuntimeConfig, 'flags'>,
  reader: ManifestNode | null,
  input: ManifestNode | SourceDefinition,
  { quoteCharacter: quote }: Pick<RelationKind, 'quoteCharacter'>,
): EventTimeFilter | null {
  const time = input.config['event_time'];
  if (typeof time !== 'string' || time === '') return null;
  if (reader?.resource_type !== 'model' && reader?.resource_type !== 'snapshot') return null;
  const batch = batchOf(reader);
  const windows: { start: PyDateTime; end: PyDateTime }[] = [];
  if (batch) windows.push(times(batch.event_time_start, batch.event_time_end));
  if (flags.sample) windows.push(times(flags.sample.start, flags.sample.end));
  if (windows.length === 0) return null;
  const start = windows.map((w) => w.start).reduce((a, b) => (b.instant > a.instant ? b : a));
  const end = windows.map((w) => w.end).reduce((a, b) => (b.instant < a.instant ? b : a));
  const fieldName = isQuoted(input, time) ? quote + time + quote : time;
  return { fieldName, start: pyStr(start), end: pyStr(end) };
}

function times(start: string, end: string): { start: PyDateTime; end: PyDateTime } {
  return { start: parseIsoDateTime(start), end: parseIsoDateTime(end) };
}

/** What the column says of itself counts before what the source says of its columns. */
function isQuoted(input: ManifestNode | SourceDefinition, name: string): boolean {
  const own = Object.values(input.columns).find((column) => column.name === name)?.quote;
  if (own !== null && own !== undefined) return own;
  return 'quoting' in input && input.quoting.column === true;
}
