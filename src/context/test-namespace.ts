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
    const where = table.flat.get('get_where_subquery');
    for (const loaded of closure(table, [where, testMacro])) {
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

function closure(table: MacroTable, roots: readonly (LoadedMacro | undefined)[]): Set<LoadedMacro> {
  const found = new Set<LoadedMacro>();
  const visit = (loaded: LoadedMacro | undefined): void => {
    if (!loaded || found.has(loaded)) return;
    found.add(loaded);
    for (const id of loaded.macro.depends_on.macros) visit(table.byId(id));
  };
  for (const root of roots) visit(root);
  return found;
}
