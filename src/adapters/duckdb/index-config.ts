import { createHash } from 'node:crypto';
import { DbtError } from '../../diagnostics/errors.js';
import { type HostObject, hostFunction, isDict, JINJA, pyRepr, pyStr, toArray, truthy } from '../../jinja/values.js';
import { member } from '../base/methods/define.js';

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
    const columns = member(raw, 'columns');
    if (isDict(raw) && Array.isArray(columns) && columns.every((name) => typeof name === 'string')) {
      return new IndexConfig(toArray(columns).map(pyStr), truthy(member(raw, 'unique')));
    }
    throw new DbtError('compilation', `Invalid index config: ${pyRepr(raw)}`, {
      hint: 'An index is a dictionary with a list of `columns`, and `unique: true` if it is to be.',
    });
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

  [JINJA.attr](name: string): unknown {
    if (name === 'columns') return [...this.columns];
    if (name === 'unique') return this.unique;
    if (name === 'render') return hostFunction(name, ({ positional }) => this.name(pyStr(positional[0])));
    return undefined;
  }
}
