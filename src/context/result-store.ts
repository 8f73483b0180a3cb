import type { Table } from '../adapters/base/table.js';
import { DbtError } from '../diagnostics/errors.js';
import {
  bindArguments,
  dictEntries,
  type HostObject,
  hostFunction,
  isDict,
  JINJA,
  PyTuple,
  pyStr,
  toPlain,
} from '../jinja/values.js';

/** What a statement left behind: `load_result(name)`. */
export interface StoredResult {
  readonly response: unknown;
  /** Rows as tuples, made when they are asked for. */
  readonly data: readonly PyTuple[];
  readonly table: Table;
}

/** An adapter's response as templates see it: prints as its message, has its fields. */
export class ResponseView implements HostObject {
  readonly [JINJA.type] = 'AdapterResponse';
  readonly #fields: { readonly [name: string]: unknown };

  constructor(fields: { readonly [name: string]: unknown }) {
    this.#fields = fields;
  }

  [JINJA.attr](name: string): unknown {
    return Object.hasOwn(this.#fields, name)
      ? this.#fields[name]
      : name === 'code' || name === 'rows_affected'
        ? null
        : undefined;
  }

  [JINJA.str](): string {
    return pyStr(this.#fields['_message'] ?? '');
  }

  [JINJA.plain](): unknown {
    return toPlain(this.#fields);
  }
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
    const view = isDict(response)
      ? new ResponseView(Object.fromEntries([...dictEntries(response)].map(([k, v]) => [pyStr(k), v])))
      : response;
    let data: readonly PyTuple[] | undefined;
    this.#results.set(name, {
      response: view,
      get data() {
        data ??= rows.rows.map((row) => new PyTuple(row.values));
        return data;
      },
      table: rows,
    });
  }

  /** Jinja's `load_result`, `store_result` and `store_raw_result`. */
  members(): readonly (readonly [string, HostObject])[] {
    const optional = (name: string): { name: string; default: unknown } => ({ name, default: null });
    return [
      [
        'load_result',
        hostFunction('load_result', (args) => {
          const [name] = bindArguments('load_result', args, ['name']);
          return this.load(pyStr(name));
        }),
      ],
      [
        'store_result',
        hostFunction('store_result', (args) => {
          const [name, response, table] = bindArguments('store_result', args, [
            'name',
            'response',
            optional('agate_table'),
          ]);
          this.store(pyStr(name), response, table as Table | null);
          return '';
        }),
      ],
      [
        'store_raw_result',
        hostFunction('store_raw_result', (args) => {
          const [name, message, code, rows, table] = bindArguments('store_raw_result', args, [
            'name',
            optional('message'),
            optional('code'),
            optional('rows_affected'),
            optional('agate_table'),
          ]);
          const fields: { [name: string]: unknown } = { _message: message };
          if (code !== null) fields['code'] = code;
          if (rows !== null) fields['rows_affected'] = rows;
          this.store(pyStr(name), fields, table as Table | null);
          return '';
        }),
      ],
    ];
  }
}
