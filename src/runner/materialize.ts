import type { Adapter } from '../adapters/base/adapter.js';
import type { LoadedMacro, MacroTable } from '../context/macro-table.js';
import type { RuntimeContext } from '../context/runtime-context.js';
import type { ManifestNode } from '../contracts/nodes.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';

type Engine = Pick<Adapter, 'type'>;

/**
 * The macro of a node's materialization.
 *
 * @throws DbtError `materialization-missing`, or `materialization-language` for a language that it does not take.
 */
export function materializationOf(macros: MacroTable, adapter: Engine, node: ManifestNode): LoadedMacro {
  const macro = materializationNamed(macros, adapter, node.config.materialized);
  const languages = macro.macro.supported_languages ?? ['sql'];
  const language = 'language' in node ? node.language : 'sql';
  if (!languages.includes(language)) {
    const list = languages.map((l) => `'${l}'`).join(', ');
    throw new DbtError(
      'materialization-language',
      `Materialization "${macro.macro.name}" only supports languages [${list}]; got "${language}"`,
    );
  }
  return macro;
}

/**
 * The macro of a materialization for an engine.
 *
 * @throws DbtError `materialization-missing`.
 */
export function materializationNamed(macros: MacroTable, adapter: Engine, name: string): LoadedMacro {
  const macro = macros.findMaterialization(name, adapter.type);
  if (macro) return macro;
  const valid = `'default' and '${adapter.type}'`;
  throw new DbtError(
    'materialization-missing',
    `No materialization '${name}' was found for adapter ${adapter.type}! (searched types ${valid})`,
    { hint: didYouMean(name, materializations(macros)) ?? 'Define it in a macro file, or choose another one.' },
  );
}

/** Runs a materialization and gives what it returned; the adapter is told before and after, come what may. */
export async function materialize(context: RuntimeContext, macro: LoadedMacro, stacked = true): Promise<unknown> {
  const after = await context.session.invocation.adapter.beforeModel(context.adapterCall);
  try {
    return await context.call(macro, {}, stacked);
  } finally {
    after();
  }
}

function materializations(table: MacroTable): string[] {
  const names = new Set<string>();
  for (const { macro } of table.macros) {
    const found = /^materialization_(.+)_[a-z0-9]+$/.exec(macro.name);
    if (found?.[1]) names.add(found[1]);
  }
  return [...names];
}
