import type { LoadedMacro } from '../../context/macro-namespace.js';
import type { MacroTable } from '../../context/macro-table.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { errorAt } from '../parse-error.js';
import type { DraftedMacro } from './load.js';

/** Names of dbt's context; a call of one is no call of a macro. */
const CONTEXT_NAMES = new Set([
  'ref',
  'source',
  'config',
  'dbt_version',
  'var',
  'env_var',
  'return',
  'fromjson',
  'tojson',
  'fromyaml',
  'toyaml',
  'set',
  'set_strict',
  'zip',
  'zip_strict',
  'log',
  'run_started_at',
  'invocation_id',
  'thread_id',
  'modules',
  'flags',
  'print',
  'diff_of_two_dicts',
  'local_md5',
  'target',
  'project_name',
  'context',
  'builtins',
]);

/**
 * The macros that a macro's text calls, found without running it: by dbt's static rules, the macros of its own
 * package first, dispatched ones by what dispatch finds now. A call of its own name counts only with its package.
 */
export function macroDependencies({ macro, definition, calls }: DraftedMacro, table: MacroTable): string[] {
  const found: string[] = [];
  const add = (packageName: string, name: string): void => {
    const id = table.resolve(packageName, name)?.macro.unique_id;
    if (id !== undefined && !found.includes(id)) found.push(id);
  };
  for (const call of calls) {
    if (call.kind === 'named') {
      if (!CONTEXT_NAMES.has(call.name) && call.name !== macro.name) add(macro.package_name, call.name);
    } else if (call.kind === 'qualified') {
      add(call.packageName, call.name);
    } else if (call.name !== null) {
      if (call.name !== macro.name) add(macro.package_name, call.name);
      const { found: target, attempts } = table.dispatchCandidates(call.name, call.namespace, null);
      if (!target) throw noTarget(definition, call.name, call.namespace, attempts, table);
      add(target.macro.package_name, target.macro.name);
    }
  }
  return found;
}

/** dbt looks for the target of every `adapter.dispatch` with a constant name when it reads the macros. */
function noTarget(
  definition: LoadedMacro['definition'],
  name: string,
  namespace: string | null,
  attempts: readonly string[],
  table: MacroTable,
): Error {
  const near = didYouMean(`default__${name}`, table.names());
  return errorAt(
    'dispatch-failed',
    `In dispatch: No macro named '${name}' found within namespace: '${namespace ?? 'None'}'\n    Searched for: ${attempts.map((a) => `'${a}'`).join(', ')}`,
    definition.span,
    { hint: near ?? `Define a macro named 'default__${name}'.` },
  );
}
