import { DbtError } from '../../../diagnostics/errors.js';
import { isInt, PyTuple, pyStr, toArray, truthy } from '../../../jinja/values.js';
import type { AdapterCall, ExecuteOptions, QueryResult } from '../adapter.js';
import { ResponseView } from '../response-view.js';
import type { SqlAdapter } from '../sql-adapter.js';
import { Table } from '../table.js';
import { checked, live, type Methods, optional } from './define.js';

/** Runs a statement for a template. A failure ends the open transaction, as in dbt: what follows starts afresh. */
export async function runStatement(call: AdapterCall, sql: string, options: ExecuteOptions): Promise<QueryResult> {
  try {
    return await call.connection.execute(sql, options);
  } catch (error) {
    await call.connection.rollback();
    throw error;
  }
}

/** Running SQL: everything else that templates do in the database comes down to these. */
export function statementMethods(adapter: SqlAdapter & { readonly autoBegin: boolean }): Methods {
  return {
    execute: live(
      'execute',
      ['sql', optional('auto_begin', false), optional('fetch', false), optional('limit')],
      () => new PyTuple(['', Table.empty()]),
      async (call, sql, autoBegin, fetch, limit) => {
        if (truthy(autoBegin) && adapter.autoBegin && !call.connection.inTransaction) await call.connection.begin();
        const wanted = truthy(fetch);
        const most = isInt(limit) && Number(limit) > 0 ? Number(limit) : null;
        const result = await runStatement(call, pyStr(sql), { fetch: wanted, limit: most });
        return new PyTuple([new ResponseView(result.response), wanted ? Table.fromQuery(result) : Table.empty()]);
      },
    ),
    add_query: live(
      'add_query',
      ['sql', optional('auto_begin', true), optional('bindings'), optional('abridge_sql_log', false)],
      () => new PyTuple([null, null]),
      async (call, sql, autoBegin, bindings, abridged) => {
        if (truthy(autoBegin) && !call.connection.inTransaction) await call.connection.begin();
        const options = { abridged: truthy(abridged), ...(bindings === null ? {} : { bindings: toArray(bindings) }) };
        await runStatement(call, pyStr(sql), options);
        return new PyTuple([null, null]);
      },
    ),
    run_sql_for_tests: checked(
      'run_sql_for_tests',
      ['sql', 'fetch', optional('conn')],
      () => null,
      async (call, sql, fetch) => {
        const result = await runStatement(call, pyStr(sql), { fetch: true });
        const rows = result.rows.map((row) => new PyTuple(row));
        if (fetch === 'all') return rows;
        return fetch === 'one' ? (rows[0] ?? null) : null;
      },
    ),
    get_partitions_metadata: live(
      'get_partitions_metadata',
      ['table'],
      () => new PyTuple(['', Table.empty()]),
      () => {
        throw new DbtError('compilation', 'ERROR: `get_partitions_metadata` is not implemented for this adapter!');
      },
    ),
    commit: live(
      'commit',
      [],
      () => null,
      async (call) => {
        await adapter.commit(call);
        return null;
      },
    ),
  };
}
