import { Column } from '../../adapters/base/column.js';
import type { LoadRequest } from '../../adapters/base/rows.js';
import { relationOf } from '../../context/relations.js';
import type { ModelNode } from '../../contracts/nodes.js';
import type { TypeScriptRun } from './typescript-run.js';

type Run = Pick<TypeScriptRun, 'context' | 'model' | 'connection'>;

/**
 * What is known of a model's columns beside its rows. Their types: those of its properties, and for an incremental model whose table is
 * there those of the table. When there are no rows, all of its columns: those of an enforced contract, or of the table that is there.
 */
export async function knownColumns(run: Run, incremental: boolean): Promise<Pick<LoadRequest, 'types' | 'columns'>> {
  const { columns, config } = run.model as ModelNode;
  const declared = new Map<string, string>();
  for (const { name, data_type: type } of Object.values(columns)) if (type) declared.set(name, type);
  const types = new Map<string, string>();
  if (incremental) for (const [name, type] of await builtColumns(run)) types.set(name.toLowerCase(), type);
  for (const [name, type] of declared) types.set(name.toLowerCase(), type);
  return {
    types,
    columns: async () => {
      if (config.contract?.enforced) return declared;
      const built = await builtColumns(run);
      return built.size > 0 ? new Map([...built, ...[...declared].filter(([name]) => built.has(name))]) : null;
    },
  };
}

/** The columns of the model's relation, with their types; none when it is not there. */
async function builtColumns({ context, model, connection }: Run): Promise<ReadonlyMap<string, string>> {
  const { session } = context;
  const call = session.adapterCall(connection, model);
  const columns = await session.invocation.adapter.getColumns(call, relationOf(session.invocation, model));
  return new Map(columns.flatMap((column) => (column instanceof Column ? [[column.column, column.dataType]] : [])));
}
