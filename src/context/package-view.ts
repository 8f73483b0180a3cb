import type { BoundMacro } from '../jinja/environment.js';
import { ContextView } from './context-view.js';
import type { LoadedMacro, PackageMacros } from './macro-namespace.js';

/** The name of a package in a template: `dbt_utils` in `dbt_utils.star(…)`. */
export class PackageView extends ContextView {
  constructor(pkg: PackageMacros, bind: (macro: LoadedMacro) => BoundMacro) {
    super(
      (name) => {
        const macro = pkg.get(name);
        return macro && bind(macro);
      },
      () => pkg.names(),
    );
  }
}
