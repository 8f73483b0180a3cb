import type { Macro, ManifestNode } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { typeError } from '../jinja/errors.js';
import {
  asHost,
  bindArguments,
  type CallArgs,
  dictGet,
  dictHas,
  type HostObject,
  hostFunction,
  isDict,
  JINJA,
  pyStr,
  typeName,
} from '../jinja/values.js';

const MISSING: unique symbol = Symbol('missing');

/** Names under which hooks are asked for, and those under which the manifest keeps them: dbt finds them by the first only. */
const SPELLINGS: ReadonlyMap<string, string | null> = new Map([
  ['pre_hook', 'pre-hook'],
  ['post_hook', 'post-hook'],
  ['pre-hook', null],
  ['post-hook', null],
]);

/** Jinja's `config` while a node runs: it reads what parsing found; calling it does nothing. */
export class RuntimeConfigObject implements HostObject {
  readonly [JINJA.type] = 'RuntimeConfigObject';
  readonly #node: ManifestNode | Macro | null;
  readonly #config: { readonly [name: string]: unknown };

  /** `config` is the node's, copied so that templates may change what they get. */
  constructor(node: ManifestNode | Macro | null, config: { readonly [name: string]: unknown } | null) {
    this.#node = node;
    this.#config = config ?? {};
  }

  [JINJA.call](): unknown {
    return '';
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'get':
        return hostFunction(name, (args) => this.#get(name, args, (key) => this.#value(key)));
      case 'require':
        return hostFunction(name, (args) => this.#require(name, args, (key) => this.#value(key)));
      case 'meta_get':
        return hostFunction(name, (args) => this.#get(name, args, (key) => this.#meta(key)));
      case 'meta_require':
        return hostFunction(name, (args) => this.#require(name, args, (key) => this.#meta(key)));
      case 'set':
        return hostFunction(name, (args) => {
          bindArguments(name, args, ['name', 'value']);
          return '';
        });
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return hostFunction(name, (args) => {
          bindArguments(name, args, []);
          return this.#persistDocs(name === 'persist_relation_docs' ? 'relation' : 'columns');
        });
      case 'model':
        return this.#node;
      default:
        return undefined;
    }
  }

  #value(name: string): unknown {
    const key = SPELLINGS.has(name) ? SPELLINGS.get(name) : name;
    if (name === 'snapshot_table_column_names' && this.#node?.resource_type === 'snapshot')
      return snapshotColumns(this.#config);
    return typeof key === 'string' && Object.hasOwn(this.#config, key) ? (this.#config[key] ?? null) : MISSING;
  }

  #meta(name: string): unknown {
    const { meta } = this.#config;
    return isDict(meta) && dictHas(meta, name) ? dictGet(meta, name) : MISSING;
  }

  #get(fnName: string, args: CallArgs, find: (name: string) => unknown): unknown {
    const [name, fallback, validator] = bindArguments(fnName, args, [
      'name',
      { name: 'default', default: null },
      { name: 'validator', default: null },
    ]);
    const found = find(configName(name));
    const value = found === MISSING ? fallback : found;
    return validator !== null && fallback !== null ? validated(validator, value) : value;
  }

  #require(fnName: string, args: CallArgs, find: (name: string) => unknown): unknown {
    const [name, validator] = bindArguments(fnName, args, ['name', { name: 'validator', default: null }]);
    const value = find(configName(name));
    if (value === MISSING) {
      throw new DbtError(
        'compilation',
        `Model '${this.#node?.unique_id}' does not define a required config parameter '${pyStr(name)}'.`,
        { hint: `Set it with {{ config(${pyStr(name)}=…) }} or in a properties file.` },
      );
    }
    return validator === null ? value : validated(validator, value);
  }

  #persistDocs(what: 'relation' | 'columns'): unknown {
    const value = this.#value('persist_docs');
    if (value === MISSING || value === null) return false;
    if (!isDict(value)) {
      throw new DbtError(
        'compilation',
        `Invalid value provided for 'persist_docs'. Expected dict but received <class '${typeName(value)}'>`,
      );
    }
    return (value as { [key: string]: unknown })[what] ?? false;
  }
}

/** dbt's own columns of a snapshot -> the names that they are given, an attribute of the config that no file has. */
function snapshotColumns(config: { readonly [name: string]: unknown }): { [column: string]: unknown } {
  const given = (config['snapshot_meta_column_names'] ?? {}) as { readonly [column: string]: unknown };
  const names = ['dbt_valid_from', 'dbt_valid_to', 'dbt_scd_id', 'dbt_updated_at', 'dbt_is_deleted'];
  return Object.fromEntries(names.map((name) => [name, given[name] || name]));
}

/** The name of a config, or Python's error for what is none. */
function configName(name: unknown): string {
  if (typeof name === 'string') return name;
  throw typeError(`attribute name must be string, not '${typeName(name)}'`);
}

function validated(validator: unknown, value: unknown): unknown {
  const host = asHost(validator);
  const result = host?.[JINJA.call]?.({ positional: [value], keyword: new Map() });
  return result instanceof Promise ? result.then(() => value) : value;
}
