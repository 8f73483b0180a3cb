import { DbtError } from '../../../diagnostics/errors.js';
import { asHost, contains, isDict, JINJA, pyStr, toArray } from '../../../jinja/values.js';
import { MappedSequence } from '../mapped-sequence.js';
import type { SqlAdapter } from '../sql-adapter.js';
import { Table } from '../table.js';
import { live, type Methods, member, none, optional, pure } from './define.js';

const BUILT_IN = ['append', 'delete+insert', 'merge', 'insert_overwrite'];

/** Finding the macro of an incremental strategy, and what snapshots and grants ask. */
export function strategyMethods(adapter: SqlAdapter): Methods {
  return {
    valid_incremental_strategies: pure('valid_incremental_strategies', [], () => [...adapter.incrementalStrategies]),
    get_incremental_strategy_macro: live(
      'get_incremental_strategy_macro',
      ['model_context', 'strategy'],
      none,
      (_call, context, given) => {
        const strategy = given === null ? 'default' : pyStr(given);
        return strategyMacro(adapter, strategy, (name) => (contains(context, name) ? member(context, name) : null));
      },
    ),
    get_hard_deletes_behavior: live('get_hard_deletes_behavior', ['config'], none, (_call, config) =>
      hardDeletes(config),
    ),
    standardize_grants_dict: pure('standardize_grants_dict', ['grants_table'], (table) => {
      const grants: { [privilege: string]: unknown[] } = {};
      for (const row of table instanceof Table ? table.rows : toArray(table)) {
        if (!(row instanceof MappedSequence)) continue;
        const privilege = pyStr(row.named('privilege_type'));
        grants[privilege] = [...(grants[privilege] ?? []), row.named('grantee') ?? null];
      }
      return grants;
    }),
    get_catalog_integration: pure('get_catalog_integration', ['name'], (name) => {
      throw noCatalog(pyStr(name));
    }),
    build_catalog_relation: pure('build_catalog_relation', [optional('config')], (node) => {
      const config = member(node, 'config');
      const name = member(config, 'catalog_name') ?? member(config, 'catalog');
      if (name === null) return null;
      throw noCatalog(pyStr(name));
    }),
  };
}

/**
 * The macro of an incremental strategy. One of dbt's own that the engine does not have is refused, also when there is a
 * macro for it.
 *
 * @throws DbtError `value-refused`.
 */
export function strategyMacro<M>(adapter: SqlAdapter, strategy: string, find: (name: string) => M | null): M {
  const batched = adapter.behavior.isSet('require_batched_execution_for_custom_microbatch_strategy');
  const builtIn = batched ? BUILT_IN : [...BUILT_IN, 'microbatch'];
  const valid = adapter.incrementalStrategies;
  if (builtIn.includes(strategy) && !valid.includes(strategy)) {
    throw new DbtError('value-refused', `The incremental strategy '${strategy}' is not valid for this adapter`, {
      hint: `${adapter.type} has ${valid.join(', ')}.`,
    });
  }
  const name = `get_incremental_${strategy.replaceAll('+', '_')}_sql`;
  const macro = find(name);
  if (macro !== null) return macro;
  throw new DbtError(
    'value-refused',
    `dbt could not find an incremental strategy macro with the name "${name}" in ${adapter.projectName}`,
    { hint: `Write the macro ${name}(arg_dict), or take one of ${valid.join(', ')}.` },
  );
}

function hardDeletes(config: unknown): string {
  const read = (key: string): unknown => {
    if (isDict(config)) return member(config, key);
    const get = asHost(config)?.[JINJA.attr]?.('get');
    const found = asHost(get)?.[JINJA.call]?.({ positional: [key], keyword: new Map() });
    return found ?? null;
  };
  const old = read('invalidate_hard_deletes');
  const behavior = read('hard_deletes');
  if (old !== null && behavior !== null) {
    throw new DbtError(
      'value-refused',
      'You cannot set both the invalidate_hard_deletes and hard_deletes config properties on the same snapshot.',
    );
  }
  if (old === true || behavior === 'invalidate') return 'invalidate';
  if (behavior === 'new_record') return 'new_record';
  if (behavior === null || behavior === 'ignore') return 'ignore';
  throw new DbtError('value-refused', 'Invalid setting for property hard_deletes.', {
    hint: 'hard_deletes is one of ignore, invalidate, new_record.',
  });
}

function noCatalog(name: string): DbtError {
  return new DbtError('value-refused', `Catalog not found. Received: ${name}`, {
    hint: 'Catalog integrations (catalogs.yml) are not supported by this adapter.',
  });
}
