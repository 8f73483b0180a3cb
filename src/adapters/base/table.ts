import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError } from '../../diagnostics/errors.js';
import {
  bindArguments,
  type CallArgs,
  dictGet,
  dictHas,
  type HostObject,
  hostFunction,
  isDict,
  isInt,
  iterate,
  JINJA,
  type Parameter,
  PyTuple,
  pyCompare,
  pyEquals,
  pyStr,
} from '../../jinja/values.js';
import type { QueryResult } from './adapter.js';
import { DataType, type DataTypeName, typeOfValues } from './data-type.js';
import { MappedSequence } from './mapped-sequence.js';
import { printTable, tableStructure } from './table-print.js';

const optional = (name: string, fallback: unknown = null): Parameter => ({ name, default: fallback });

/** The rows of a query as templates see them: what `run_query` and `load_result(…).table` return. Immutable. */
export class Table implements HostObject {
  readonly [JINJA.type] = 'Table';
  readonly columnNames: readonly string[];
  readonly columnTypes: readonly DataTypeName[];
  readonly rows: readonly MappedSequence[];
  #columns: readonly Column[] | undefined;

  constructor(
    columnNames: readonly string[],
    columnTypes: readonly DataTypeName[],
    rows: readonly (readonly unknown[])[],
  ) {
    this.columnNames = columnNames;
    this.columnTypes = columnTypes;
    this.rows = rows.map((row) => new MappedSequence('Row', row, columnNames));
  }

  /** No rows and no columns: the result of a statement whose rows nobody asked for. */
  static empty(): Table {
    return new Table([], [], []);
  }

  /** The table of a query. A column's type is that of its values, not the engine's; a second `x` is named `x_2`. */
  static fromQuery(result: QueryResult): Table {
    const names = distinctNames(result.columns.map((column) => column.name));
    const types = names.map((_, i) => typeOfValues(result.rows.map((row) => row[i])));
    return new Table(names, types, result.rows);
  }

  get columns(): readonly Column[] {
    this.#columns ??= this.columnNames.map((name, i) => new Column(this, i, name));
    return this.#columns;
  }

  /** The position of a column, or dbt's error for a name that is not there. */
  indexOf(name: unknown): number {
    const text = pyStr(name);
    const index = this.columnNames.indexOf(text);
    if (index !== -1) return index;
    throw new DbtError(
      'table-invalid',
      `The table has no column '${text}'. Its columns: ${this.columnNames.join(', ')}`,
      {
        hint: didYouMean(text, this.columnNames) ?? 'Names of columns are compared with their letter case.',
      },
    );
  }

  /** The named columns only, in that order. */
  select(names: readonly unknown[]): Table {
    const indexes = names.map((name) => this.indexOf(name));
    const types = indexes.map((i) => this.columnTypes[i] as DataTypeName);
    return new Table(
      names.map(pyStr),
      types,
      this.rows.map((row) => indexes.map((i) => row.values[i])),
    );
  }

  /** The same columns with other rows. */
  withRows(rows: readonly MappedSequence[]): Table {
    return new Table(
      this.columnNames,
      this.columnTypes,
      rows.map((row) => row.values),
    );
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'columns':
        return new MappedSequence('MappedSequence', this.columns, this.columnNames);
      case 'rows':
        return new MappedSequence('MappedSequence', this.rows, null);
      case 'column_names':
        return new PyTuple(this.columnNames);
      case 'column_types':
        return new PyTuple(this.columnTypes.map((type) => new DataType(type)));
      case 'row_names':
        return null;
      default:
        return Object.hasOwn(METHODS, name) ? hostFunction(name, (args) => METHODS[name]?.(this, args)) : undefined;
    }
  }

  [JINJA.item](key: unknown): unknown {
    if (!isInt(key)) return undefined;
    const index = Number(key);
    return this.rows[index < 0 ? this.rows.length + index : index];
  }

  [JINJA.iter](): Iterable<unknown> {
    return this.rows;
  }

  [JINJA.len](): number {
    return this.rows.length;
  }

  [JINJA.str](): string {
    return tableStructure(this);
  }

  [JINJA.plain](): unknown {
    return this.rows.map((row) => row[JINJA.plain]());
  }
}

/** One column of a table. */
class Column extends MappedSequence {
  readonly #table: Table;
  readonly #index: number;
  readonly #name: string;

  constructor(table: Table, index: number, name: string) {
    super('Column', () => table.rows.map((row) => row.values[index]), null);
    this.#table = table;
    this.#index = index;
    this.#name = name;
  }

  override [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'name':
        return this.#name;
      case 'index':
        return this.#index;
      case 'data_type':
        return new DataType(this.#table.columnTypes[this.#index] ?? 'Text');
      case 'values_distinct':
        return hostFunction(name, () => new PyTuple(distinct(this.values)));
      case 'values_without_nulls':
        return hostFunction(name, () => new PyTuple(this.values.filter((v) => v !== null)));
      case 'values_sorted':
        return hostFunction(name, () => sorted(this.values));
      case 'values_without_nulls_sorted':
        return hostFunction(name, () => sorted(this.values.filter((v) => v !== null)));
      default:
        return super[JINJA.attr](name);
    }
  }
}

function distinctNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

function distinct(values: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  for (const value of values) if (!found.some((other) => pyEquals(other, value))) found.push(value);
  return found;
}

/** Nulls come last. */
function sorted(values: readonly unknown[]): unknown[] {
  return [...values].sort((a, b) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return pyCompare(a, b) as number;
  });
}

function names(key: unknown): readonly unknown[] {
  return typeof key === 'string' ? [key] : [...iterate(key)];
}

const METHODS: { readonly [name: string]: (table: Table, args: CallArgs) => unknown } = {
  select: (table, args) => table.select(names(bindArguments('select', args, ['key'])[0])),
  exclude: (table, args) => {
    const out = names(bindArguments('exclude', args, ['key'])[0]);
    return table.select(table.columnNames.filter((name) => !out.includes(name)));
  },
  rename: (table, args) => {
    const [given] = bindArguments('rename', args, [
      optional('column_names'),
      optional('row_names'),
      optional('slug_columns', false),
      optional('slug_rows', false),
    ]);
    if (given === null) return table;
    const renamed = isDict(given)
      ? table.columnNames.map((name) => (dictHas(given, name) ? pyStr(dictGet(given, name)) : name))
      : names(given).map(pyStr);
    return new Table(
      renamed,
      table.columnTypes,
      table.rows.map((row) => row.values),
    );
  },
  limit: (table, args) => {
    const [first, stop, step] = bindArguments('limit', args, [
      optional('start_or_stop'),
      optional('stop'),
      optional('step'),
    ]);
    const asIndex = (value: unknown): number | undefined => (isInt(value) ? Number(value) : undefined);
    const ranged = asIndex(stop) !== undefined || asIndex(step) !== undefined;
    const rows = ranged ? table.rows.slice(asIndex(first) ?? 0, asIndex(stop)) : table.rows.slice(0, asIndex(first));
    const every = asIndex(step) ?? 1;
    return table.withRows(rows.filter((_, i) => i % every === 0));
  },
  distinct: (table, args) => {
    const [key] = bindArguments('distinct', args, [optional('key')]);
    const indexes = key === null ? table.columnNames.map((_, i) => i) : names(key).map((name) => table.indexOf(name));
    const seen: unknown[][] = [];
    return table.withRows(
      table.rows.filter((row) => {
        const value = indexes.map((i) => row.values[i]);
        if (seen.some((other) => pyEquals(other, value))) return false;
        seen.push(value);
        return true;
      }),
    );
  },
  order_by: (table, args) => {
    const [key, reverse] = bindArguments('order_by', args, ['key', optional('reverse', false)]);
    const indexes = names(key).map((name) => table.indexOf(name));
    const rows = [...table.rows].sort((a, b) => {
      for (const i of indexes) {
        const [x, y] = [a.values[i], b.values[i]];
        if (pyEquals(x, y)) continue;
        if (x === null || y === null) return Number(x === null) - Number(y === null);
        return pyCompare(x, y) as number;
      }
      return 0;
    });
    return table.withRows(reverse === true ? rows.reverse() : rows);
  },
  print_table: (table, args) => {
    const [maxRows, maxColumns, , maxColumnWidth, , maxPrecision] = bindArguments('print_table', args, [
      optional('max_rows', 20),
      optional('max_columns', 6),
      optional('output'),
      optional('max_column_width', 20),
      optional('locale'),
      optional('max_precision', 3),
    ]);
    const number = (value: unknown): number | null => (isInt(value) ? Number(value) : null);
    process.stdout.write(
      printTable(table, {
        maxRows: number(maxRows),
        maxColumns: number(maxColumns),
        maxColumnWidth: number(maxColumnWidth),
        maxPrecision: number(maxPrecision),
      }),
    );
    return null;
  },
  print_structure: (table) => {
    process.stdout.write(tableStructure(table));
    return null;
  },
};
