import type { UnitTestNode } from '../contracts/nodes.js';
import { InternalError } from '../diagnostics/errors.js';
import { asHost, bindArguments, hostFunction, JINJA } from '../jinja/values.js';
import { ContextView } from './context-view.js';
import { PackageMacros } from './macro-namespace.js';
import { cteName, ephemeralRelation } from './relations.js';
import type { RuntimeContext } from './runtime-context.js';
import { refOptions } from './runtime-members.js';
import { runtimeSource } from './runtime-refs.js';
import { VarsView } from './vars.js';

/**
 * Puts a unit test's world in the place of the real one, for the model's own code: `this` and `source` are CTEs of the
 * given rows, and macros, variables and environment variables have the values that the test overrides them with.
 */
export function overrideForUnitTest(context: RuntimeContext, node: UnitTestNode): void {
  const { extra, session } = context;
  const { config } = session.invocation;
  const inputs = session.manifest.nodes;
  const given = node.this_input_node_unique_id === null ? undefined : inputs[node.this_input_node_unique_id];
  if (given) context.ephemerals.push(given.unique_id);
  extra.set('this', given ? `__dbt__cte__${cteName(given)}` : null);
  const options = refOptions(context);
  extra.set(
    'source',
    runtimeSource({
      ...options,
      sourceRelationOf: (source) => {
        const input = inputs[source.unique_id];
        if (!input) throw new InternalError(`the unit test has no rows of ${source.unique_id}`);
        options.onEphemeral(input);
        return ephemeralRelation(session.invocation, input, { limit: false });
      },
    }),
  );
  const { overrides } = node;
  if (!overrides) return;
  extra.set(
    'var',
    new VarsView({
      config: { ...config, cli_vars: { ...config.cli_vars, ...overrides.vars } },
      packageName: context.packageName,
      render: (text) => context.render(text),
      required: true,
      nodeName: node.name,
    }),
  );
  overrideEnvironment(context, overrides.env_vars);
  overrideMacros(context, overrides.macros);
}

function overrideEnvironment(context: RuntimeContext, values: { readonly [name: string]: unknown }): void {
  const real = asHost(context.builtin('env_var'));
  context.extra.set(
    'env_var',
    hostFunction('env_var', (args) => {
      const [name] = bindArguments('env_var', args, ['var', { name: 'default', default: null }]);
      if (typeof name === 'string' && Object.hasOwn(values, name)) return values[name];
      return real?.[JINJA.call]?.(args);
    }),
  );
}

/**
 * A macro gives the value whatever it is called with; another name is the value. `package.macro` overrides the macro
 * where it is called by that name. A macro of `dbt` has both names. Names that nothing has are left alone, as in dbt.
 */
function overrideMacros(context: RuntimeContext, values: { readonly [name: string]: unknown }): void {
  const packages = new Map<string, Map<string, unknown>>();
  const inPackage = (pkg: string, name: string, value: unknown): void => {
    const own = packages.get(pkg) ?? new Map<string, unknown>();
    packages.set(pkg, own.set(name, value));
  };
  const entries = Object.entries(values).map(([key, value]) => ({ path: key.split('.'), value }));
  for (const { path, value } of entries) {
    const [pkg = '', name = ''] = path;
    if (path.length !== 2) continue;
    const found = context.macros?.get(pkg);
    if (!(found instanceof PackageMacros) || !found.get(name)) continue;
    const constant = callable(name, value);
    inPackage(pkg, name, constant);
    if (pkg === 'dbt') context.extra.set(name, constant);
  }
  const dbt = context.macros?.get('dbt');
  for (const { path, value } of entries) {
    const [name = ''] = path;
    if (path.length !== 1 || !context.has(name)) continue;
    const found = context.macros?.get(name);
    const isMacro = found !== undefined && !(found instanceof PackageMacros);
    const replacement = isMacro ? callable(name, value) : value;
    context.extra.set(name, replacement);
    if (dbt instanceof PackageMacros && dbt.get(name)) inPackage('dbt', name, replacement);
  }
  for (const [pkg, own] of packages) {
    const real = asHost(context.get(pkg));
    const keys = (): Iterable<string> => (real?.[JINJA.iter]?.() ?? []) as Iterable<string>;
    context.extra.set(pkg, new ContextView((name) => own.get(name) ?? real?.[JINJA.item]?.(name), keys));
  }
}

function callable(name: string, value: unknown): unknown {
  return hostFunction(name, () => value);
}
