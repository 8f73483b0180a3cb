import type { Adapter, AdapterMethod } from '../adapters/base/adapter.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { DbtError } from '../diagnostics/errors.js';
import type { BoundMacro } from '../jinja/environment.js';
import {
  bindArguments,
  type CallArgs,
  type HostObject,
  hostFunction,
  JINJA,
  pyStr,
  typeName,
} from '../jinja/values.js';
import type { LoadedMacro } from './macro-namespace.js';
import type { MacroTable } from './macro-table.js';
import { ConfigView } from './resolver.js';

export interface AdapterViewOptions {
  readonly adapter: Adapter;
  readonly macros: MacroTable;
  readonly config: RuntimeConfig;
  /** The package whose template asks: an unqualified dispatch sees what it sees. Null for any package. */
  readonly searchPackage: string | null;
  readonly bind: (macro: LoadedMacro) => BoundMacro;
  /** Runs one of the adapter's methods: its stub while parsing, the real one later. */
  readonly invoke: (name: string, method: AdapterMethod, args: CallArgs) => unknown;
}

/** Jinja's `adapter`. Names that the adapter does not offer are undefined. */
export class AdapterView implements HostObject {
  readonly [JINJA.type] = 'dbt.context.providers.RuntimeDatabaseWrapper';
  readonly #options: AdapterViewOptions;
  readonly #made = new Map<string, unknown>();

  constructor(options: AdapterViewOptions) {
    this.#options = options;
  }

  [JINJA.attr](name: string): unknown {
    let value = this.#made.get(name);
    if (value === undefined) {
      value = this.#make(name);
      if (value !== undefined) this.#made.set(name, value);
    }
    return value;
  }

  [JINJA.str](): string {
    return '<adapter>';
  }

  #make(name: string): unknown {
    const { adapter, invoke } = this.#options;
    if (name === 'dispatch') return hostFunction('dispatch', (args) => this.#dispatch(args));
    if (name === 'type') return hostFunction('type', () => adapter.type);
    if (name === 'config') return new ConfigView(this.#options.config, this.#options.config.project);
    const method = adapter.methods.get(name);
    if (method) return hostFunction(name, (args) => invoke(name, method, args));
    // `Column` is the context's (`api.Column`); dbt's `adapter` has no such name.
    return name === 'Column' ? undefined : adapter.attributes.get(name);
  }

  #dispatch(args: CallArgs): BoundMacro {
    const [name, namespace, packages] = bindArguments('dispatch', args, [
      'macro_name',
      { name: 'macro_namespace', default: null },
      { name: 'packages', default: null },
    ]);
    return this.#options.bind(
      dispatchMacro(this.#options.macros, this.#options.searchPackage, { name, namespace, packages }),
    );
  }
}

/** Finds the macro that `adapter.dispatch` gives, or fails with dbt's messages. */
export function dispatchMacro(
  macros: MacroTable,
  searchPackage: string | null,
  { name, namespace, packages }: { name: unknown; namespace: unknown; packages?: unknown },
): LoadedMacro {
  if (typeof name !== 'string') {
    throw new DbtError(
      'dispatch-failed',
      `In adapter.dispatch, the macro name must be a string, got ${typeName(name)}`,
    );
  }
  const dot = name.indexOf('.');
  if (dot !== -1) {
    throw new DbtError(
      'dispatch-failed',
      `In adapter.dispatch, got a macro name of "${name}", but "." is not a valid macro name component. Did you mean ` +
        `\`adapter.dispatch("${name.slice(dot + 1)}", macro_namespace="${name.slice(0, dot)}")\`?`,
    );
  }
  if (packages !== null && packages !== undefined) {
    throw new DbtError(
      'dispatch-failed',
      `The "packages" argument of adapter.dispatch() is no longer supported. Use "macro_namespace" for macro "${name}"`,
    );
  }
  if (namespace !== null && namespace !== undefined && typeof namespace !== 'string') {
    throw new DbtError(
      'dispatch-failed',
      `In adapter.dispatch, got a <class '${typeName(namespace)}'> macro_namespace argument ("${pyStr(namespace)}"), but ` +
        'macro_namespace should be None or a string.',
    );
  }
  const { found, attempts } = macros.dispatchCandidates(name, namespace ?? null, searchPackage);
  if (found) return found;
  throw new DbtError(
    'dispatch-failed',
    `In dispatch: No macro named '${name}' found within namespace: '${namespace ?? 'None'}'\n` +
      `    Searched for: ${attempts.map((a) => `'${a}'`).join(', ')}`,
    { hint: `Define a macro named 'default__${name}' in the namespace, or correct the name.` },
  );
}
