import { relative } from 'node:path';
import type { GraphResource, Macro } from '../contracts/nodes.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import type { DbtError } from '../diagnostics/errors.js';
import { PyError } from '../jinja/errors.js';

/** dbt's names of the kinds of errors, by code; what is not listed is a compilation error. */
const KINDS: { readonly [code: string]: string } = {
  'column-type': 'Runtime',
  'data-file-invalid': 'Runtime',
  'data-file-missing': 'Runtime',
  'database-corrupt': 'Runtime',
  'database-error': 'Runtime',
  'database-invalidated': 'Runtime',
  'database-locked': 'Runtime',
  'database-raised': 'Database',
  'database-too-new': 'Runtime',
  'database-unreachable': 'Runtime',
  'disk-full': 'Runtime',
  'env-var-missing': 'Parsing',
  'env-var-secret': 'Parsing',
  'extension-missing': 'Runtime',
  'fail-fast': 'FailFast',
  'file-access': 'Runtime',
  'freshness-result': 'Database',
  'function-config': 'Runtime',
  'out-of-memory': 'Runtime',
  'pointer-collision': 'Runtime',
  interrupted: 'Runtime',
  'macro-missing': 'Runtime',
  'materialization-result': 'Runtime',
  'test-result': 'Runtime',
  'unit-test-failed': 'Runtime',
  'unit-test-input': 'Parsing',
  'python-unsupported': 'Runtime',
  'typescript-failed': 'Runtime',
  'typescript-result': 'Runtime',
  'typescript-rows': 'Runtime',
  'typescript-unsupported': 'Runtime',
  'value-refused': 'Runtime',
};

/** Python's errors that dbt turns into its own when they leave a macro; others go through as they are. */
const CAUGHT_IN_MACROS: ReadonlySet<string> = new Set([
  'TypeError',
  'UndefinedError',
  'TemplateRuntimeError',
  'SecurityError',
]);

const UNDEFINED_ADVICE =
  '. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".';

/**
 * dbt's text of an exception in a node, what `run_results.json` holds as the message: the kind of error and the node,
 * the message indented, and for compilation errors the macros that it came through.
 */
export function failureText(
  error: DbtError,
  node: Pick<GraphResource, 'resource_type' | 'name' | 'original_file_path'>,
  config?: RuntimeConfig,
): string {
  const model = `${node.resource_type} ${node.name} (${node.original_file_path})`;
  const kind = KINDS[error.code] ?? 'Compilation';
  if (kind !== 'Compilation') return described(kind, model, error.message, []);
  // dbt forgets the macros that this one came through.
  const frames = error.code === 'macro-not-implemented' ? [] : macroFrames(error, config);
  if (!(error instanceof PyError)) {
    return described(kind, model, error.message, frames.length > 0 ? [...frames, model] : []);
  }
  if (frames.length === 0) {
    const text = described(kind, model, error.message, []);
    return error.type === 'UndefinedError' ? text + UNDEFINED_ADVICE : text;
  }
  if (!CAUGHT_IN_MACROS.has(error.type)) return error.message;
  // dbt loses the macro in which Python raised, or that was called with wrong arguments; those that called it are named.
  const outer = error.message.startsWith("macro 'dbt_macro__") ? frames : frames.slice(1);
  return described(kind, model, error.message, outer.length > 0 ? [...outer, model] : []);
}

/** dbt's text of an exception in the macro of `run-operation`. */
export function operationText(error: DbtError, macro: Macro, config?: RuntimeConfig): string {
  const model = `macro ${macro.name} (${macro.original_file_path})`;
  const kind = KINDS[error.code] ?? 'Compilation';
  if (kind === 'Compilation' && error.code !== 'macro-not-implemented' && !(error instanceof PyError)) {
    const frames = macroFrames(error, config);
    return described(kind, model, error.message, frames.length > 0 ? [...frames, model] : []);
  }
  const caught = error instanceof PyError && CAUGHT_IN_MACROS.has(error.type);
  return described(caught ? 'Compilation' : 'Runtime', null, error.message, []);
}

function described(kind: string, where: string | null, message: string, stack: readonly string[]): string {
  const lines = message.split('\n');
  if (stack.length > 0) lines.push('', ...stack.map((frame, i) => `> ${i === 0 ? 'in' : 'called by'} ${frame}`));
  return `${kind} Error${where === null ? '' : ` in ${where}`}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/**
 * The macros that an error came through, innermost first, as dbt names them: without the helpers that are only ours, and
 * the file of a package's macro as a path within the package.
 */
function macroFrames(error: DbtError, config: RuntimeConfig | undefined): string[] {
  const prefixes = config ? packagePrefixes(config) : [];
  const frames: string[] = [];
  for (const { message, span } of error.diagnostic.notes ?? []) {
    const name = /^in macro '(?:dbt_macro__)?(.+)'$/.exec(message)?.[1];
    if (name === undefined || name.startsWith('tsdbt__')) continue;
    const file = span?.file ?? '';
    const prefix = prefixes.find((p) => file.startsWith(p)) ?? '';
    frames.push(`macro ${name} (${file.slice(prefix.length)})`);
  }
  return frames;
}

/** What the paths of packages begin with. */
function packagePrefixes({ project, packages }: RuntimeConfig): string[] {
  const roots = [...packages.values()].map(({ root }) => relative(project.root, root).replaceAll('\\', '/'));
  return roots.filter((root) => root !== '').map((root) => `${root}/`);
}
