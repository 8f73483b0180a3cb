import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError } from '../../diagnostics/errors.js';
import { callAsync, callSync } from '../../jinja/environment.js';
import { valueError } from '../../jinja/errors.js';
import { MODE } from '../../jinja/runtime/mode.js';
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
  NO_KEYWORDS,
  type Parameter,
  PyTuple,
  pyCompare,
  pyEquals,
  pyStr,
  truthy,
} from '../../jinja/values.js';
import type { QueryResult } from './adapter.js';
import { DataType, type DataTypeName, typeOfValues } from './data-type.js';
import { MappedSequence } from './mapped-sequence.js';
import { distinctNames, slug } from './table-names.js';
import { printTable, tableStructure } from './table-print.js';
import { tableCsv, tableJson } from './table-text.js';

const optional = (name: string, fallback: unknown = null): Parameter => ({ name, default: fallback });

/** The rows of a query as templates see them: what `run_query` and `load_result(…).table` return. Immutable. */
export class Table implements HostObject {
  readonly [JINJA.type] = 'Table';
  readonly columnNames: readonly string[];
  readonly columnTypes: readonly DataTypeName[];
  readonly rows: readonly MappedSequence[];
  /** Given by `rename(row_names=…)`; then rows are found by name too. */
  readonly rowNames: readonly string[] | null;
  #columns: readonly Column[] | undefined;

  constructor(
    columnNames: readonly string[],
    columnTypes: readonly DataTypeName[],
    rows: readonly (readonly unknown[])[],
    rowNames: readonly string[] | null = null,
  ) {
    this.rowNames = rowNames;
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
        return new MappedSequence('MappedSequence', this.rows, this.rowNames);
      case 'column_names':
        return new PyTuple(this.columnNames);
      case 'column_types':
        return new PyTuple(this.columnTypes.map((type) => new DataType(type)));
      case 'row_names':
        return this.rowNames && new PyTuple(this.rowNames);
      case 'where':
      case 'find':
        return rowFilter(this, name);
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

function renamedColumns(table: Table, given: unknown): readonly string[] {
  if (given === null) return table.columnNames;
  if (isDict(given)) {
    return table.columnNames.map((name) => (dictHas(given, name) ? pyStr(dictGet(given, name)) : name));
  }
  const list = names(given).map(pyStr);
  if (list.length !== table.columnNames.length) {
    throw valueError('column_names and column_types must be the same length.');
  }
  return list;
}

/** `where(test)` and `find(test)`: all rows for which a macro or function is true, and the first of them. */
function rowFilter(table: Table, name: 'where' | 'find'): HostObject {
  const test = (args: CallArgs): unknown => bindArguments(name, args, ['test'])[0];
  const args = (row: MappedSequence): CallArgs => ({ positional: [row], keyword: NO_KEYWORDS });
  const result = (found: readonly MappedSequence[]): unknown =>
    name === 'where' ? table.withRows(found) : (found[0] ?? null);
  return {
    [JINJA.type]: 'method',
    [MODE.sync]: (call: CallArgs): unknown => {
      const fn = test(call);
      return result(table.rows.filter((row) => truthy(callSync(fn, args(row)))));
    },
    [MODE.async]: async (call: CallArgs): Promise<unknown> => {
      const fn = test(call);
      const found: MappedSequence[] = [];
      for (const row of table.rows) if (truthy(await callAsync(fn, args(row)))) found.push(row);
      return result(found);
    },
  } as HostObject;
}

/** The rows by the values of a column, in the order in which they come first. */
function groupBy(table: Table, key: string, keyName: unknown): MappedSequence {
  const index = table.indexOf(key);
  const groups: { readonly value: unknown; readonly rows: MappedSequence[] }[] = [];
  for (const row of table.rows) {
    const value = row.values[index];
    const group = groups.find((g) => pyEquals(g.value, value));
    if (group) group.rows.push(row);
    else groups.push({ value, rows: [row] });
  }
  return new TableSet(
    groups.map((g) => table.withRows(g.rows)),
    groups.map((g) => pyStr(g.value)),
    keyName === null ? key : pyStr(keyName),
  );
}

/** Tables by name: what `group_by` gives. */
class TableSet extends MappedSequence {
  readonly #keyName: string;

  constructor(tables: readonly Table[], keys: readonly string[], keyName: string) {
    super('TableSet', tables, keys);
    this.#keyName = keyName;
  }

  override [JINJA.attr](name: string): unknown {
    if (name === 'key_name') return this.#keyName;
    return super[JINJA.attr](name);
  }
}

const METHODS: { readonly [name: string]: (table: Table, args: CallArgs) => unknown } = {
  select: (table, args) => table.select(names(bindArguments('select', args, ['key'])[0])),
  exclude: (table, args) => {
    const out = names(bindArguments('exclude', args, ['key'])[0]);
    return table.select(table.columnNames.filter((name) => !out.includes(name)));
  },
  rename: (table, args) => {
    const [given, rowNames, slugColumns] = bindArguments('rename', args, [
      optional('column_names'),
      optional('row_names'),
      optional('slug_columns', false),
      optional('slug_rows', false),
    ]);
    const renamed = renamedColumns(table, given);
    const rows = rowNames === null ? table.rowNames : names(rowNames).map(pyStr);
    return new Table(
      truthy(slugColumns) ? renamed.map(slug) : renamed,
      table.columnTypes,
      table.rows.map((row) => row.values),
      rows,
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
  print_csv: (table) => {
    process.stdout.write(tableCsv(table));
    return null;
  },
  print_json: (table) => {
    process.stdout.write(tableJson(table));
    return null;
  },
  group_by: (table, args) => {
    const [key, keyName] = bindArguments('group_by', args, ['key', optional('key_name'), optional('key_type')]);
    return groupBy(table, pyStr(key), keyName);
  },
};
