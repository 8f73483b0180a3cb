import { createHash } from 'node:crypto';
import { DbtError } from '../../diagnostics/errors.js';
import {
  dictGet,
  dictKeys,
  type HostObject,
  hostFunction,
  isDict,
  JINJA,
  pyRepr,
  pyStr,
  toArray,
  truthy,
} from '../../jinja/values.js';
import { member } from '../base/methods/define.js';

/** What is wrong with an entry, in the words of a JSON schema's validator; null for nothing. */
function problemOf(raw: unknown): string | null {
  if (!isDict(raw)) return `at path []: ${pyRepr(raw)} is not of type 'object'`;
  const columns = dictGet(raw, 'columns');
  const unique = dictGet(raw, 'unique');
  const extra = [...dictKeys(raw)].filter((key) => key !== 'columns' && key !== 'unique').map(pyRepr);
  if (columns === undefined) return "at path []: 'columns' is a required property";
  if (!Array.isArray(columns)) return `at path ['columns']: ${pyRepr(columns)} is not of type 'array'`;
  const odd = columns.findIndex((name) => typeof name !== 'string');
  if (odd !== -1) return `at path ['columns'][${odd}]: ${pyRepr(columns[odd])} is not of type 'string'`;
  if (unique !== undefined && typeof unique !== 'boolean') {
    return `at path ['unique']: ${pyRepr(unique)} is not of type 'boolean'`;
  }
  if (extra.length === 0) return null;
  const verb = extra.length === 1 ? 'was' : 'were';
  return `at path []: Additional properties are not allowed (${extra.sort().join(', ')} ${verb} unexpected)`;
}

/** One entry of a model's `indexes`. */
export class IndexConfig implements HostObject {
  readonly [JINJA.type] = 'DuckDBIndexConfig';
  readonly columns: readonly string[];
  readonly unique: boolean;

  private constructor(columns: readonly string[], unique: boolean) {
    this.columns = columns;
    this.unique = unique;
  }

  /** Null for None. */
  static parse(raw: unknown): IndexConfig | null {
    if (raw === null) return null;
    const wrong = problemOf(raw);
    if (wrong !== null) {
      throw new DbtError('compilation', `Could not parse index config: ${wrong}`, {
        hint: 'An index is a dictionary with a list of `columns`, and `unique: true` if it is to be.',
      });
    }
    return new IndexConfig(toArray(member(raw, 'columns')).map(pyStr), truthy(member(raw, 'unique')));
  }

  /** A name that no other index has: the time is part of it, because an old table may still have its index. */
  name(relation: string): string {
    const parts = [
      ...this.columns,
      relation,
      this.unique ? 'True' : 'False',
      `${process.hrtime.bigint()}${new Date().toISOString()}`,
    ];
    return createHash('md5').update(parts.join('_')).digest('hex');
  }

  [JINJA.str](): string {
    return `DuckDBIndexConfig(columns=${pyRepr([...this.columns])}, unique=${this.unique ? 'True' : 'False'})`;
  }

  [JINJA.attr](name: string): unknown {
    if (name === 'columns') return [...this.columns];
    if (name === 'unique') return this.unique;
    if (name === 'render') return hostFunction(name, ({ positional }) => this.name(pyStr(positional[0])));
    return undefined;
  }
}
