import { AdapterView } from '../context/adapter-view.js';
import { baseMembers, providerMembers } from '../context/base-context.js';
import type { LoadedMacro } from '../context/macro-namespace.js';
import { varsOf } from '../context/parse-context.js';
import { layer, type Members, TemplateContext } from '../context/template-context.js';
import { InternalError } from '../diagnostics/errors.js';
import type { BoundMacro } from '../jinja/environment.js';
import { hostFunction, NO_KEYWORDS, pyStr } from '../jinja/values.js';
import { strip } from './files/text.js';
import type { NodeDraft, NodeEntry } from './nodes/draft.js';
import { located } from './nodes/render-node.js';
import { relationName } from './relation-name.js';
import type { ParserServices } from './services.js';

type Component = 'database' | 'schema' | 'alias';

/** Gives nodes their database, schema, alias and relation by the macros `generate_<component>_name`. */
export class NodeNames {
  readonly #services: ParserServices;
  readonly #members: Members;
  readonly #macros = new Map<string, BoundMacro>();
  readonly #memo = new Map<string, string | null>();
  readonly #builtin = new Map<string, boolean>();

  constructor(services: ParserServices) {
    this.#services = services;
    const { invocation } = services;
    this.#members = layer(layer(baseMembers(invocation), providerMembers(invocation)), [
      ['execute', () => false],
      ['graph', () => ({})],
      ['var', (context) => varsOf(invocation, context, true)],
      ['config', () => ({ get: hostFunction('get', () => '') })],
      [
        'adapter',
        (context) =>
          new AdapterView({
            adapter: invocation.adapter,
            macros: services.macros,
            config: services.config,
            searchPackage: services.config.project.project_name,
            bind: (macro) => context.bind(macro),
            invoke: (_name, method, args) => method.parse(args),
          }),
      ],
    ]);
  }

  /** Names a node by its configuration as it is now. */
  apply(entry: NodeEntry): void {
    const { node, settings } = entry;
    located(entry, () => {
      node.database = this.#generate('database', settings['database'], node);
      node.schema = this.#generate('schema', settings['schema'], node) as string;
      node.alias = this.#generate('alias', settings['alias'], node) as string;
      if (node.resource_type === 'snapshot') {
        if (settings['target_database']) node.database = pyStr(settings['target_database']);
        if (settings['target_schema']) node.schema = pyStr(settings['target_schema']);
      }
      node.relation_name = this.#relationName(node);
    });
    entry.named = true;
  }

  /** One part of the name of what is no node, e.g. of an export. */
  component(component: Component, custom: string | null, node: NodeDraft): string | null {
    return this.#generate(component, custom, node);
  }

  #generate(component: Component, custom: unknown, node: NodeDraft): string | null {
    const key = this.#memoKey(component, custom, node.package_name);
    const known = key === null ? undefined : this.#memo.get(key);
    if (known !== undefined) return known;
    const macro = this.#macro(component, node.package_name);
    const value = macro.callSync({ positional: [custom ?? null, node], keyword: NO_KEYWORDS });
    const name = value === null || value === undefined ? null : strip(pyStr(value));
    if (key !== null) this.#memo.set(key, name);
    return name;
  }

  /** The built-in macros for database and schema do not look at the node: one call for each custom name is enough. */
  #memoKey(component: Component, custom: unknown, packageName: string): string | null {
    if (component === 'alias' || (custom !== null && custom !== undefined && typeof custom !== 'string')) return null;
    return this.#isBuiltin(component, packageName) ? `${component}/${packageName}/${custom ?? '\0'}` : null;
  }

  #isBuiltin(component: Component, packageName: string): boolean {
    const key = `${component}/${packageName}`;
    const known = this.#builtin.get(key);
    if (known !== undefined) return known;
    const { macros, config } = this.#services;
    const name = `generate_${component}_name`;
    const macro = macros.findGenerateName(component, packageName) ?? macros.findGenerateName(component);
    const target = macros.dispatchCandidates(name, 'dbt', config.project.project_name).found;
    const internal = macros.options.internalPackages;
    const builtin = [macro, target].every((m) => m !== undefined && internal.includes(m.macro.package_name));
    this.#builtin.set(key, builtin);
    return builtin;
  }

  #macro(component: Component, packageName: string): BoundMacro {
    const key = `${component}/${packageName}`;
    let bound = this.#macros.get(key);
    if (!bound) {
      const { macros } = this.#services;
      const macro = macros.findGenerateName(component, packageName) ?? macros.findGenerateName(component);
      if (!macro) throw new InternalError(`there is no macro generate_${component}_name`);
      bound = this.#bind(macro);
      this.#macros.set(key, bound);
    }
    return bound;
  }

  #bind(loaded: LoadedMacro): BoundMacro {
    const { macro } = loaded;
    const { macros, config } = this.#services;
    const context = new TemplateContext({
      owner: macro,
      members: layer(this.#members, [['model', () => macro]]) as Members<never>,
      macros: macros.namespaceFor(config.project.project_name),
      reads: this.#services.invocation.reads,
    });
    return loaded.definition.bind(context);
  }

  #relationName(node: NodeDraft): string | null {
    if (!isRelational(node)) return null;
    return relationName(this.#services.invocation, node);
  }
}

/** Whether a node is something in the database: seeds, snapshots, models that are not ephemeral, tests that keep failures. */
export function isRelational({ resource_type: type, config }: Pick<NodeDraft, 'resource_type' | 'config'>): boolean {
  if (type === 'seed' || type === 'snapshot') return true;
  if (type === 'model') return config['materialized'] !== 'ephemeral';
  return type === 'test' && config['store_failures'] === true;
}
