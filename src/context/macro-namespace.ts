import type { Macro } from '../contracts/nodes.js';
import type { MacroDefinition } from '../jinja/environment.js';
import type { ReadObserver } from './reads.js';

/** A macro as the manifest has it, with its code. `definition` compiles on first use. */
export interface LoadedMacro {
  readonly macro: Macro;
  readonly definition: MacroDefinition;
}

export type MacrosByName = ReadonlyMap<string, LoadedMacro>;

export interface NamespaceSource {
  /** The package whose templates look. */
  readonly searchPackage: string;
  readonly rootPackage: string;
  /** Packages that are not internal. */
  readonly packages: ReadonlyMap<string, MacrosByName>;
  readonly internal: MacrosByName;
  readonly reads?: ReadObserver | undefined;
}

/** The macros of one package, reachable as `package.macro`. */
export class PackageMacros {
  readonly name: string;
  readonly #macros: MacrosByName;
  readonly #reads: ReadObserver | undefined;

  constructor(name: string, macros: MacrosByName, reads?: ReadObserver) {
    this.name = name;
    this.#macros = macros;
    this.#reads = reads;
  }

  get(name: string): LoadedMacro | undefined {
    this.#reads?.read('package', this.name, name);
    return this.#macros.get(name);
  }

  names(): Iterable<string> {
    this.#reads?.readUnrepeatable();
    return this.#macros.keys();
  }
}

/** What a template sees of all macros. */
export interface VisibleMacros {
  /** A macro, a package, or undefined. */
  get(name: string): LoadedMacro | PackageMacros | undefined;
  names(): Iterable<string>;
}

/**
 * What one package's templates see of all macros. Unqualified names are the package's own macros, then the root's,
 * then the names of packages, then the internal macros.
 */
export class MacroNamespace implements VisibleMacros {
  readonly #source: NamespaceSource;
  readonly #packages = new Map<string, PackageMacros>();
  readonly #cache = new Map<string, LoadedMacro | PackageMacros | null>();

  constructor(source: NamespaceSource) {
    this.#source = source;
    const { packages, internal, reads } = source;
    for (const [name, macros] of packages) this.#packages.set(name, new PackageMacros(name, macros, reads));
    if (!this.#packages.has('dbt')) this.#packages.set('dbt', new PackageMacros('dbt', internal, reads));
  }

  /** A macro, a package (`dbt_utils` in `dbt_utils.star`), or undefined. */
  get(name: string): LoadedMacro | PackageMacros | undefined {
    this.#source.reads?.read('visible', this.#source.searchPackage, name);
    let found = this.#cache.get(name);
    if (found === undefined) {
      found = this.#find(name) ?? null;
      this.#cache.set(name, found);
    }
    return found ?? undefined;
  }

  #find(name: string): LoadedMacro | PackageMacros | undefined {
    const { packages, searchPackage, rootPackage, internal } = this.#source;
    return (
      packages.get(searchPackage)?.get(name) ??
      packages.get(rootPackage)?.get(name) ??
      this.#packages.get(name) ??
      internal.get(name)
    );
  }

  /** dbt's `get_from_package`: what `adapter.dispatch` finds in one package, or in what the template sees. */
  fromPackage(packageName: string | null, name: string): LoadedMacro | undefined {
    if (packageName === null) {
      const found = this.get(name);
      return found instanceof PackageMacros ? undefined : found;
    }
    this.#source.reads?.read('package', packageName, name);
    if (packageName === 'dbt') return this.#source.internal.get(name);
    return this.#source.packages.get(packageName)?.get(name);
  }

  /** Every unqualified name. */
  *names(): IterableIterator<string> {
    this.#source.reads?.readUnrepeatable();
    const { packages, searchPackage, rootPackage, internal } = this.#source;
    const seen = new Set<string>();
    const sources = [
      packages.get(searchPackage)?.keys(),
      packages.get(rootPackage)?.keys(),
      this.#packages.keys(),
      internal.keys(),
    ];
    for (const names of sources) {
      for (const name of names ?? []) {
        if (!seen.has(name)) {
          seen.add(name);
          yield name;
        }
      }
    }
  }
}
