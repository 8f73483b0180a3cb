import { dictEntries, floatRepr, isDict, PyDate, PyDateTime, PyFloat } from '../../src/jinja/values.js';

/** The typed form of `tests/oracle/yaml_record.py`: [type, content]. */
export type Encoded = readonly [type: string, content: unknown];

export function encode(value: unknown): Encoded {
  if (value === null) return ['null', null];
  if (typeof value === 'boolean') return ['bool', value];
  if (typeof value === 'bigint') return ['int', String(value)];
  if (value instanceof PyFloat) return ['float', floatRepr(value.value)];
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? ['int', String(value)] : ['float', floatRepr(value)];
  }
  if (typeof value === 'string') return ['str', value];
  if (value instanceof PyDate) return ['date', value.isoformat()];
  if (value instanceof PyDateTime) return ['datetime', value.isoformat()];
  if (Array.isArray(value)) return ['list', value.map(encode)];
  if (isDict(value)) return ['dict', Array.from(dictEntries(value), ([k, v]) => [encode(k), encode(v)])];
  return [typeof value, String(value)];
}

/** A recorded value with Python's dates as the text that they are unless asked for. */
export function datesAsText(recorded: Encoded): Encoded {
  const [type, content] = recorded;
  if (type === 'date' || type === 'datetime') return ['str', content];
  if (type === 'list') return [type, (content as Encoded[]).map(datesAsText)];
  if (type === 'dict') return [type, (content as Encoded[][]).map((pair) => pair.map((item) => datesAsText(item)))];
  return recorded;
}
