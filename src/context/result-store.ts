import { ResponseView } from '../adapters/base/response-view.js';
import type { Table } from '../adapters/base/table.js';
import { DbtError } from '../diagnostics/errors.js';
import { bindArguments, type HostObject, hostFunction, type Parameter, PyTuple, pyStr } from '../jinja/values.js';
import type { Member, TemplateContext } from './template-context.js';

/** What a statement left behind: `load_result(name)`. */
export interface StoredResult {
  readonly response: unknown;
  /** Rows as tuples, made when they are asked for. */
  readonly data: readonly PyTuple[];
  readonly table: Table;
}

/** The results of one node's statements by name. All but `main` can be loaded once, as in dbt. */
export class ResultStore {
  readonly #results = new Map<string, StoredResult | null>();
  readonly #emptyTable: () => Table;

  constructor(emptyTable: () => Table) {
    this.#emptyTable = emptyTable;
  }

  /** The result of that name without using it up. */
  peek(name: string): StoredResult | undefined {
    return this.#results.get(name) ?? undefined;
  }

  load(name: string): StoredResult | null {
    const result = this.#results.get(name);
    if (result === undefined) return null;
    if (result === null) {
      throw new DbtError(
        'compilation',
        `The 'statement' result named '${name}' has already been loaded into a variable`,
      );
    }
    if (name !== 'main') this.#results.set(name, null);
    return result;
  }

  store(name: string, response: unknown, table: Table | null): void {
    const rows = table ?? this.#emptyTable();
    let data: readonly PyTuple[] | undefined;
    this.#results.set(name, {
      response,
      get data() {
        data ??= rows.rows.map((row) => new PyTuple(row.values));
        return data;
      },
      table: rows,
    });
  }
}

/** Whatever holds the results of statements. */
interface HoldsResults extends TemplateContext {
  readonly results: ResultStore;
}

/** Jinja's `load_result`, `store_result` and `store_raw_result`. */
export function resultMembers<C extends HoldsResults>(): readonly [string, Member<C>][] {
  const none = (name: string): Parameter => ({ name, default: null });
  const fn =
    (name: string, parameters: readonly Parameter[], body: (results: ResultStore, values: unknown[]) => unknown) =>
    ({ results }: C): HostObject =>
      hostFunction(name, (args) => body(results, bindArguments(name, args, parameters)));
  return [
    ['load_result', fn('load_result', ['name'], (results, [name]) => results.load(pyStr(name)))],
    [
      'store_result',
      fn('store_result', ['name', 'response', none('agate_table')], (results, [name, response, table]) => {
        results.store(pyStr(name), response, table as Table | null);
        return '';
      }),
    ],
    [
      'store_raw_result',
      fn(
        'store_raw_result',
        ['name', none('message'), none('code'), none('rows_affected'), none('agate_table')],
        (results, [name, message, code, rows, table]) => {
          const fields = { _message: message, code, rows_affected: rows };
          results.store(pyStr(name), new ResponseView(fields), table as Table | null);
          return '';
        },
      ),
    ],
  ];
}
