import type { DispatchConfig } from '../contracts/runtime-config.js';
import { InternalError } from '../diagnostics/errors.js';
import { type LoadedMacro, MacroNamespace, type MacrosByName } from './macro-namespace.js';
import type { ReadObserver } from './reads.js';

export type { LoadedMacro } from './macro-namespace.js';

export interface MacroTableOptions {
  readonly rootPackage: string;
  /** The internal packages in the order in which they are searched: the adapter's own first, `dbt` last. */
  readonly internalPackages: readonly string[];
  /** `dispatch:` of the root's dbt_project.yml. */
  readonly dispatch: readonly DispatchConfig[];
  /** The adapter's prefixes without `default`. */
  readonly dispatchPrefixes: readonly string[];
  /** Every package of the project: the root, the internal ones and the installed ones. */
  readonly packages: readonly string[];
  /** dbt's flag `require_explicit_package_overrides_for_builtin_materializations`; true without it. */
  readonly requireExplicitOverrides?: boolean;
  /** Called when a package overrides a built-in materialization while the flag above is off. */
  readonly warnOverride?: (packageName: string, materialization: string) => void;
  /** Is told of each macro that is looked for while parsing. */
  readonly reads?: ReadObserver;
}

/** Where a macro comes from; a higher one wins. */
const CORE = 1;
const IMPORTED = 2;
const ROOT = 3;

/** An immutable index over all macros of a project, with dbt's rules of precedence. */
export class MacroTable {
  readonly options: MacroTableOptions;
  /** Every macro, in the manifest's order. */
  readonly macros: readonly LoadedMacro[];
  /** Macros of packages that are not internal, by package. */
  readonly packages: ReadonlyMap<string, MacrosByName>;
  readonly internalPackages: ReadonlyMap<string, MacrosByName>;
  /** All internal packages as one: the adapter's macros hide those of `dbt`. */
  readonly internal: MacrosByName;
  /** Unqualified lookup without a local package: root, then packages, then internal. */
  readonly flat: MacrosByName;
  readonly #byId = new Map<string, LoadedMacro>();
  readonly #byName = new Map<string, LoadedMacro[]>();
  readonly #namespaces = new Map<string, MacroNamespace>();

  constructor(macros: readonly LoadedMacro[], options: MacroTableOptions) {
    this.options = options;
    this.macros = macros;
    const internalNames = new Set(options.internalPackages);
    const packages = new Map<string, Map<string, LoadedMacro>>();
    const internalPackages = new Map<string, Map<string, LoadedMacro>>();
    for (const loaded of macros) {
      const { name, package_name, unique_id } = loaded.macro;
      if (this.#byId.has(unique_id)) throw new InternalError(`macro ${unique_id} is twice in the table`);
      this.#byId.set(unique_id, loaded);
      const named = this.#byName.get(name);
      if (named) named.push(loaded);
      else this.#byName.set(name, [loaded]);
      const hierarchy = internalNames.has(package_name) ? internalPackages : packages;
      const namespace = hierarchy.get(package_name);
      if (namespace) namespace.set(name, loaded);
      else hierarchy.set(package_name, new Map([[name, loaded]]));
    }
    this.packages = packages;
    this.internalPackages = internalPackages;
    const internal = new Map<string, LoadedMacro>();
    for (const name of [...options.internalPackages].reverse()) overlay(internal, internalPackages.get(name));
    this.internal = internal;
    const flat = new Map(internal);
    for (const namespace of packages.values()) overlay(flat, namespace);
    overlay(flat, packages.get(options.rootPackage));
    this.flat = flat;
  }

  /** The macro with this `unique_id`. */
  byId(uniqueId: string): LoadedMacro | undefined {
    this.options.reads?.read('id', '', uniqueId);
    return this.#byId.get(uniqueId);
  }

  /**
   * dbt's `find_macro_by_name`: of all macros of that name (of one package when given) the root's wins over a
   * package's, a package's over an internal one; among equals the one parsed last.
   */
  find(name: string, packageName: string | null = null): LoadedMacro | undefined {
    return this.#best(name, (m) => packageName === null || m.macro.package_name === packageName);
  }

  /** Whether the project or a package has a macro of this name that takes the place of a built-in one. */
  isOverridden(name: string): boolean {
    const found = this.find(name);
    return found !== undefined && this.#locality(found) !== CORE;
  }

  /**
   * dbt's `find_generate_macro_by_name`: `generate_<component>_name` of the root or of the internal packages; with a
   * package, only that installed package's own.
   */
  findGenerateName(
    component: 'schema' | 'alias' | 'database',
    packageName: string | null = null,
  ): LoadedMacro | undefined {
    this.options.reads?.read('generate', packageName ?? '', component);
    return this.#best(`generate_${component}_name`, (m) => {
      const imported = this.#locality(m) === IMPORTED;
      return packageName === null ? !imported : imported && m.macro.package_name === packageName;
    });
  }

  /**
   * The macro of a materialization: for the adapter's own type before its parents' before `default`, within one type
   * the root's before a package's before an internal one. A package does not override a built-in one unless
   * `requireExplicitOverrides` is off.
   */
  findMaterialization(name: string, _adapterType?: string): LoadedMacro | undefined {
    const candidates: LoadedMacro[] = [];
    for (const type of [...this.options.dispatchPrefixes, 'default']) {
      const found = [...(this.#byName.get(`materialization_${name}_${type}`) ?? [])];
      found.sort((a, b) => this.#locality(b) - this.#locality(a));
      candidates.push(...found);
    }
    const best = candidates[0];
    if (!best || this.#locality(best) !== IMPORTED) return best;
    const builtin = candidates.some((m) => this.#locality(m) === CORE);
    if (!builtin) return best;
    if (this.options.requireExplicitOverrides === false) {
      this.options.warnOverride?.(best.macro.package_name, name);
      return best;
    }
    return candidates.find((m) => this.#locality(m) !== IMPORTED);
  }

  /**
   * dbt's static lookup (its MacroResolver): the named package's own macros first, internal or not, then the root's,
   * then any package's, then the internal ones.
   */
  resolve(localPackage: string, name: string): LoadedMacro | undefined {
    this.options.reads?.read('resolved', localPackage, name);
    const local = this.internalPackages.get(localPackage) ?? this.packages.get(localPackage);
    return local?.get(name) ?? this.flat.get(name);
  }

  /** The macro that implements a generic test; dbt looks it up from the package that uses the test. */
  findGenericTest(name: string, namespace: string | null, searchFrom: string): LoadedMacro | undefined {
    const macro = `test_${name}`;
    if (namespace !== null && namespace !== searchFrom) {
      const own = (this.packages.get(namespace) ?? this.internalPackages.get(namespace))?.get(macro);
      if (own) return own;
    }
    return this.resolve(searchFrom, macro);
  }

  /** What a template of that package sees; one object a package. */
  namespaceFor(searchPackage: string): MacroNamespace {
    const known = this.#namespaces.get(searchPackage);
    if (known) return known;
    const { rootPackage, reads } = this.options;
    const namespace = new MacroNamespace({
      searchPackage,
      rootPackage,
      packages: this.packages,
      internal: this.internal,
      reads,
    });
    this.#namespaces.set(searchPackage, namespace);
    return namespace;
  }

  /**
   * The packages that `adapter.dispatch` searches for a namespace; null stands for "what the template sees". The
   * project's `dispatch:` decides, else the root and then the package itself when it is part of the project.
   */
  searchPackages(namespace: string | null): readonly (string | null)[] {
    if (namespace === null) return [null];
    const configured = this.options.dispatch.find((d) => d.macro_namespace === namespace);
    if (configured && configured.search_order.length > 0) return configured.search_order;
    if (this.options.packages.includes(namespace)) return [this.options.rootPackage, namespace];
    return [null];
  }

  /**
   * What `adapter.dispatch(name, namespace)` tries, in order, and the first that exists. Without a package that asks
   * (while macros are read) an unqualified name may be any package's.
   */
  dispatchCandidates(
    name: string,
    namespace: string | null,
    fromPackage: string | null,
  ): { readonly found: LoadedMacro | undefined; readonly attempts: readonly string[] } {
    const visible = fromPackage === null ? null : this.namespaceFor(fromPackage);
    const attempts: string[] = [];
    for (const packageName of this.searchPackages(namespace)) {
      for (const prefix of [...this.options.dispatchPrefixes, 'default']) {
        const searched = `${prefix}__${name}`;
        attempts.push(packageName === null ? searched : `${packageName}.${searched}`);
        const found = visible ? visible.fromPackage(packageName, searched) : this.#anywhere(packageName, searched);
        if (found) return { found, attempts };
      }
    }
    return { found: undefined, attempts };
  }

  #anywhere(packageName: string | null, name: string): LoadedMacro | undefined {
    this.options.reads?.read(packageName === null ? 'flat' : 'package', packageName ?? '', name);
    if (packageName === null) return this.flat.get(name);
    return packageName === 'dbt' ? this.internal.get(name) : this.packages.get(packageName)?.get(name);
  }

  /** All names under which a macro can be called unqualified, for "did you mean". */
  names(): Iterable<string> {
    this.options.reads?.readUnrepeatable();
    return this.flat.keys();
  }

  #best(name: string, accepts: (macro: LoadedMacro) => boolean): LoadedMacro | undefined {
    let best: LoadedMacro | undefined;
    for (const candidate of this.#byName.get(name) ?? []) {
      if (accepts(candidate) && (!best || this.#locality(candidate) >= this.#locality(best))) best = candidate;
    }
    return best;
  }

  #locality({ macro }: LoadedMacro): number {
    if (macro.package_name === this.options.rootPackage) return ROOT;
    return this.options.internalPackages.includes(macro.package_name) ? CORE : IMPORTED;
  }
}

function overlay(target: Map<string, LoadedMacro>, source: MacrosByName | undefined): void {
  for (const [name, macro] of source ?? []) target.set(name, macro);
}
