import type { ProjectConfig, RuntimeConfig } from '../contracts/runtime-config.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import { bindArguments, type CallArgs, type HostObject, hostFunction, JINJA } from '../jinja/values.js';

export interface VarsOptions {
  readonly config: RuntimeConfig;
  /** The package whose `vars:` count beside the root's. */
  readonly packageName: string;
  /** Renders a value that is a template itself; strings without Jinja never get here. */
  readonly render: (text: string) => unknown;
  /** A missing variable is None while parsing, an error when executing. */
  readonly required: boolean;
  /** For the message: the node that asks. */
  readonly nodeName: string | null;
}

const JINJA_CHARS = /[{][{%#]|[#}%][}]/;

/** Jinja's `var`. Command line over the root's package-scoped over the root's global over the package's own. */
export class VarsView implements HostObject {
  readonly [JINJA.type] = 'Var';
  readonly #options: VarsOptions;
  readonly #layers: readonly Layer[];

  constructor(options: VarsOptions) {
    this.#options = options;
    this.#layers = layersFor(options.config, options.packageName);
  }

  [JINJA.call](args: CallArgs): unknown {
    const [name, fallback] = bindArguments('var', args, ['var_name', { name: 'default', default: MISSING }]);
    const key = String(name);
    const raw = this.#find(key);
    if (raw !== MISSING) return typeof raw === 'string' && JINJA_CHARS.test(raw) ? this.#options.render(raw) : raw;
    if (fallback !== MISSING) return fallback;
    if (!this.#options.required) return null;
    throw this.#missing(key);
  }

  [JINJA.attr](name: string): unknown {
    if (name !== 'has_var') return undefined;
    return hostFunction('has_var', (args) => {
      const [key] = bindArguments('has_var', args, ['var_name']);
      return this.#find(String(key)) !== MISSING;
    });
  }

  #find(name: string): unknown {
    for (const layer of this.#layers) {
      if (Object.hasOwn(layer, name)) return layer[name] ?? null;
    }
    return MISSING;
  }

  #missing(name: string): DbtError {
    const merged: { [name: string]: unknown } = {};
    for (const layer of [...this.#layers].reverse()) Object.assign(merged, layer);
    const supplied = Object.keys(merged).length === 0 ? '{}' : JSON.stringify(merged, null, 4);
    const node = this.#options.nodeName ?? '<Configuration>';
    const hint =
      didYouMean(name, Object.keys(merged)) ?? `Give it with \`--vars '{${name}: value}'\` or under \`vars:\`.`;
    return new DbtError(
      'var-missing',
      `Required var '${name}' not found in config:\nVars supplied to ${node} = ${supplied}`,
      {
        hint,
      },
    );
  }
}

const MISSING: unique symbol = Symbol('missing');

type Layer = { readonly [name: string]: unknown };

const cache = new WeakMap<RuntimeConfig, Map<string, readonly Layer[]>>();

/** The dictionaries in which a package's templates find variables, the strongest first. */
function layersFor(config: RuntimeConfig, packageName: string): readonly Layer[] {
  const byPackage = cache.get(config) ?? new Map<string, readonly Layer[]>();
  cache.set(config, byPackage);
  const known = byPackage.get(packageName);
  if (known) return known;
  const own = packageName === config.project.project_name ? undefined : config.packages.get(packageName);
  const layers = [config.cli_vars, ...varsOf(config.project, packageName), ...(own ? varsOf(own, packageName) : [])];
  byPackage.set(packageName, layers);
  return layers;
}

function varsOf(project: ProjectConfig, packageName: string): Layer[] {
  const scoped = project.vars[packageName];
  const own = typeof scoped === 'object' && scoped !== null && !Array.isArray(scoped) ? [scoped as Layer] : [];
  return [...own, project.vars];
}
