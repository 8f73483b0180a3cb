import type { ResourceType } from '../../contracts/common.js';
import type { ProjectConfig, RuntimeConfig } from '../../contracts/runtime-config.js';
import { pyStr } from '../../jinja/values.js';
import { isObject } from './checks.js';
import { type ConfigClass, configClassOf, configTreeOf } from './fields.js';
import { type Config, ConfigRefused, mergeLayer, withoutNulls } from './merge.js';

export interface ConfigRequest {
  readonly type: ResourceType;
  readonly packageName: string;
  readonly fqn: readonly string[];
  /** From the properties file. */
  readonly patch?: Config | null;
  /** From the `config(…)` calls. */
  readonly call?: Config | null;
}

const EMPTY: Config = Object.freeze({});

/**
 * Works configurations out by dbt's precedence, weakest first: the package's own dbt_project.yml from the top to the
 * node, the properties file, the `config(…)` calls, and for a package's node the root's dbt_project.yml above all.
 */
export class ConfigResolver {
  readonly #config: RuntimeConfig;
  readonly #levels = new WeakMap<object, Config>();
  readonly #trees = new Map<ConfigClass, WeakMap<object, Config>>();

  constructor(config: RuntimeConfig) {
    this.#config = config;
  }

  /** The whole configuration, keys without a value being null. Throws `ConfigRefused` for a value that dbt refuses. */
  resolve(request: ConfigRequest): Config {
    const cls = configClassOf(request.type);
    const own = this.#project(request.packageName);
    let result = this.#ownLevels(cls, own, request);
    if (request.patch) result = mergeLayer(cls, result, request.patch);
    if (request.call) result = mergeLayer(cls, result, request.call);
    if (own !== this.#config.project) {
      for (const level of this.#levelsOf(this.#config.project, 'config_trees', request))
        result = mergeLayer(cls, result, level);
    }
    return finalized(request.type, result);
  }

  /**
   * The configuration as written, before Jinja as far as it comes from dbt_project.yml, or is given as `written`; later
   * keys replace earlier ones.
   */
  resolveUnrendered(request: ConfigRequest, written?: WrittenConfig): { [key: string]: unknown } {
    const own = this.#project(request.packageName);
    const result: { [key: string]: unknown } = {};
    for (const level of this.#levelsOf(own, 'unrendered_config_trees', request)) Object.assign(result, level);
    Object.assign(result, deepMerge(request.patch ?? null, written?.patch ?? null), written?.call ?? request.call);
    if (own !== this.#config.project) {
      for (const level of this.#levelsOf(this.#config.project, 'unrendered_config_trees', request))
        Object.assign(result, level);
    }
    return result;
  }

  /** The configuration that replaces an earlier one of the same node: what is None now keeps its earlier value. */
  static settle(type: ResourceType, before: Config | null, now: Config): Config {
    if (before === null || !Object.keys(before).some((key) => before[key] !== null && (now[key] ?? null) === null))
      return now;
    const cls = configClassOf(type);
    const result: { [key: string]: unknown } = {
      ...cls.initial,
      ...withoutNulls(cls, before),
      ...withoutNulls(cls, now),
    };
    for (const field of cls.fields) result[field.name] ??= null;
    return result;
  }

  #project(packageName: string): ProjectConfig {
    return this.#config.packages.get(packageName) ?? this.#config.project;
  }

  #ownLevels(cls: ConfigClass, project: ProjectConfig, request: ConfigRequest): Config {
    let path: object = project;
    let result: Config = cls.initial;
    let memo = this.#trees.get(cls);
    if (!memo) {
      memo = new WeakMap();
      this.#trees.set(cls, memo);
    }
    for (const [level, node] of this.#walk(project, 'config_trees', request)) {
      path = node;
      const known = memo.get(path);
      result = known ?? mergeLayer(cls, result, level);
      if (!known) memo.set(path, result);
    }
    return result;
  }

  *#levelsOf(
    project: ProjectConfig,
    trees: 'config_trees' | 'unrendered_config_trees',
    request: ConfigRequest,
  ): Iterable<Config> {
    for (const [level] of this.#walk(project, trees, request)) yield level;
  }

  *#walk(
    project: ProjectConfig,
    trees: 'config_trees' | 'unrendered_config_trees',
    { type, fqn }: ConfigRequest,
  ): Iterable<readonly [level: Config, node: object]> {
    const tree = configTreeOf(type);
    // dbt looks for two of these below a key with an underscore, which no project has, and for functions nowhere.
    if (trees === 'unrendered_config_trees' && (tree.includes('-') || tree === 'functions')) return;
    let node: unknown = project[trees][tree] ?? EMPTY;
    if (!isObject(node)) return;
    yield [this.#level(node), node];
    for (const name of fqn) {
      if (!isObject(node) || !Object.hasOwn(node, name)) return;
      node = node[name];
      if (!isObject(node)) return;
      yield [this.#level(node), node];
    }
  }

  /** The keys of one level that are configuration: those with a plus and those that are no dictionary. */
  #level(node: Config): Config {
    let level = this.#levels.get(node);
    if (!level) {
      const own: { [key: string]: unknown } = {};
      for (const [key, value] of Object.entries(node)) {
        if (key.startsWith('+')) own[key.slice(1).trim()] = value;
        else if (!isObject(value)) own[key] = value;
      }
      level = own;
      this.#levels.set(node, level);
    }
    return level;
  }
}

/** What dbt checks and completes once all layers are there. */
function finalized(type: ResourceType, config: Config): Config {
  if (type === 'test') return withStoreFailures(config);
  const contract = config['contract'];
  if (
    isObject(contract) &&
    contract['enforced'] === true &&
    config['materialized'] === 'incremental' &&
    config['on_schema_change'] !== 'append_new_columns' &&
    config['on_schema_change'] !== 'fail'
  ) {
    throw new ConfigRefused(
      'on_schema_change',
      `Invalid value for on_schema_change: ${pyStr(config['on_schema_change'])}. Models materialized as incremental ` +
        "with contracts enabled must set on_schema_change to 'append_new_columns' or 'fail'",
    );
  }
  return config;
}

/** `store_failures_as` decides `store_failures`; without it, it is the other way round. */
function withStoreFailures(config: Config): Config {
  const as = config['store_failures_as'];
  const store = config['store_failures'];
  if (as === null && store === null) return config;
  if (as === null) return { ...config, store_failures_as: store === true ? 'table' : 'ephemeral' };
  return { ...config, store_failures: as !== 'ephemeral' };
}

/** What a properties file and a `config(…)` call say, unrendered. */
export interface WrittenConfig {
  readonly patch: Config | null;
  readonly call: Config | null;
}

/** Mappings merged at every depth; what is none is replaced. */
function deepMerge(base: Config | null, over: Config | null): Config {
  const result: { [key: string]: unknown } = { ...base };
  for (const [key, value] of Object.entries(over ?? {})) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) ? deepMerge(before as Config, value as Config) : value;
  }
  return result;
}
