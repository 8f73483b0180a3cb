import { type LoadedMacro, PackageMacros, type VisibleMacros } from './macro-namespace.js';
import type { MacroTable } from './macro-table.js';

/**
 * What a generic test sees while it is parsed: the macro of the test, `get_where_subquery`, and what these call by
 * dbt's static rules, directly or not. Each is there by its own name and by that of its package.
 */
export class TestNamespace implements VisibleMacros {
  readonly #names = new Map<string, LoadedMacro | PackageMacros>();

  constructor(table: MacroTable, testMacro: LoadedMacro | undefined) {
    const packages = new Map<string, Map<string, LoadedMacro>>();
    for (const loaded of macroClosure(table, testMacro)) {
      const { name, package_name: packageName } = loaded.macro;
      this.#names.set(name, loaded);
      const own = packages.get(packageName);
      if (own) own.set(name, loaded);
      else packages.set(packageName, new Map([[name, loaded]]));
    }
    for (const [name, macros] of packages) this.#names.set(name, new PackageMacros(name, macros));
  }

  get(name: string): LoadedMacro | PackageMacros | undefined {
    return this.#names.get(name);
  }

  names(): Iterable<string> {
    return this.#names.keys();
  }
}

/** The macros that a generic test sees, by what calls what. */
export function macroClosure(table: MacroTable, testMacro: LoadedMacro | undefined): ReadonlySet<LoadedMacro> {
  const found = new Set<LoadedMacro>();
  const visit = (loaded: LoadedMacro | undefined): void => {
    if (!loaded || found.has(loaded)) return;
    found.add(loaded);
    for (const id of loaded.macro.depends_on.macros) visit(table.byId(id));
  };
  visit(table.flat.get('get_where_subquery'));
  visit(testMacro);
  return found;
}
