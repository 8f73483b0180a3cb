import type { ResourceType } from '../../contracts/common.js';
import {
  ACCESS,
  BOOLEAN,
  type Check,
  CONTRACT,
  DICT,
  DOCS,
  ENUM,
  FRESHNESS,
  HOOKS,
  NUMBER,
  SEVERITY,
  SNAPSHOT_NAMES,
  SOURCE_FRESHNESS,
  STATIC_ANALYSIS,
  STRING,
  STRING_OR_STRINGS,
  STRINGS,
} from './checks.js';

/** How a later layer's value joins an earlier one's. */
export type Merge = 'clobber' | 'append' | 'update' | 'dict-key-append';

/** One key that dbt knows of a kind of node. */
export interface ConfigField {
  readonly name: string;
  readonly merge: Merge;
  /** Shared and never changed: a merge makes a new value. */
  readonly initial: unknown;
  /** Undefined for keys that may hold anything. */
  readonly check?: Check;
}

/** The keys that dbt knows of a kind of node, in the order of the manifest. */
export interface ConfigClass {
  readonly fields: readonly ConfigField[];
  readonly byName: ReadonlyMap<string, ConfigField>;
  /** The configuration without any layer. */
  readonly initial: { readonly [key: string]: unknown };
}

function field(name: string, initial: unknown, check?: Check, merge: Merge = 'clobber'): ConfigField {
  return { name, initial, merge, ...(check ? { check } : {}) };
}

const NODE_AND_TEST: readonly ConfigField[] = [
  field('enabled', true, BOOLEAN),
  field('alias', null, STRING),
  field('schema', null, STRING),
  field('database', null, STRING),
  field('tags', [], STRING_OR_STRINGS, 'append'),
  field('meta', {}, DICT, 'update'),
  field('group', null, STRING),
  field('static_analysis', null, STATIC_ANALYSIS),
];

const NODE: readonly ConfigField[] = [
  ...NODE_AND_TEST,
  field('materialized', 'view', STRING),
  field('incremental_strategy', null, STRING),
  field('batch_size', null),
  field('lookback', 1),
  field('begin', null),
  field('persist_docs', {}, DICT),
  field('post-hook', [], HOOKS, 'append'),
  field('pre-hook', [], HOOKS, 'append'),
  field('quoting', {}, DICT, 'update'),
  field('column_types', {}, DICT, 'update'),
  field('full_refresh', null, BOOLEAN),
  field('unique_key', null, STRING_OR_STRINGS),
  field('on_schema_change', 'ignore', STRING),
  field('on_configuration_change', 'apply', ENUM('apply', 'continue', 'fail')),
  field('grants', {}, DICT, 'dict-key-append'),
  field('packages', [], STRINGS, 'append'),
  field('docs', { show: true, node_color: null }, DOCS, 'update'),
  field('contract', { enforced: false, alias_types: true }, CONTRACT, 'update'),
  field('event_time', null),
  field('concurrent_batches', null),
];

const MODEL: readonly ConfigField[] = [
  ...NODE,
  field('access', 'protected', ACCESS),
  field('freshness', null, FRESHNESS),
];

const SEED: readonly ConfigField[] = [
  ...replace(NODE, field('materialized', 'seed', ENUM('seed'))),
  field('delimiter', ',', STRING),
  field('quote_columns', null, BOOLEAN),
];

const SNAPSHOT: readonly ConfigField[] = [
  ...replace(NODE, field('materialized', 'snapshot', STRING)),
  field('strategy', null, STRING),
  field('target_schema', null, STRING),
  field('target_database', null, STRING),
  field('updated_at', null, STRING),
  field('check_cols', null, STRING_OR_STRINGS),
  field(
    'snapshot_meta_column_names',
    { dbt_valid_to: null, dbt_valid_from: null, dbt_scd_id: null, dbt_updated_at: null, dbt_is_deleted: null },
    SNAPSHOT_NAMES,
  ),
  field('dbt_valid_to_current', null, STRING),
];

const TEST: readonly ConfigField[] = [
  ...replace(NODE_AND_TEST, field('schema', 'dbt_test__audit', STRING)),
  field('materialized', 'test', ENUM('test')),
  field('severity', 'ERROR', SEVERITY),
  field('store_failures', null, BOOLEAN),
  field('store_failures_as', null, STRING),
  field('where', null, STRING),
  field('limit', null, NUMBER),
  field('fail_calc', 'count(*)', STRING),
  field('warn_if', '!= 0', STRING),
  field('error_if', '!= 0', STRING),
];

const FUNCTION: readonly ConfigField[] = [
  ...replace(NODE, field('materialized', 'function', STRING)),
  field('type', 'scalar', ENUM('scalar', 'aggregate', 'table')),
  field('volatility', null, ENUM('deterministic', 'stable', 'non-deterministic')),
  field('runtime_version', null, STRING),
  field('entry_point', null, STRING),
];

const SOURCE: readonly ConfigField[] = [
  field('enabled', true, BOOLEAN),
  field('event_time', null),
  field(
    'freshness',
    { warn_after: { count: null, period: null }, error_after: { count: null, period: null }, filter: null },
    SOURCE_FRESHNESS,
  ),
  field('loaded_at_field', null, STRING),
  field('loaded_at_query', null, STRING),
  field('meta', {}, DICT, 'update'),
  field('tags', [], STRINGS),
  field('static_analysis', null, STATIC_ANALYSIS),
];

const EXPOSURE: readonly ConfigField[] = [
  field('enabled', true, BOOLEAN),
  field('tags', [], STRINGS),
  field('meta', {}, DICT),
];

/** A group's configuration is laid over the top level of `models:`, as in dbt. */
const GROUP: readonly ConfigField[] = [field('meta', {}, DICT, 'update')];

const SEMANTIC: readonly ConfigField[] = [
  field('enabled', true, BOOLEAN),
  field('group', null, STRING),
  field('meta', {}, DICT, 'update'),
];

const SAVED_QUERY: readonly ConfigField[] = [
  ...SEMANTIC,
  field('export_as', null, ENUM('table', 'view')),
  field('schema', null, STRING),
  field('cache', { enabled: false }, DICT),
];

const UNIT_TEST: readonly ConfigField[] = [
  field('tags', [], STRING_OR_STRINGS, 'append'),
  field('meta', {}, DICT, 'update'),
  field('enabled', true, BOOLEAN),
  field('static_analysis', null, STATIC_ANALYSIS),
];

function replace(fields: readonly ConfigField[], by: ConfigField): ConfigField[] {
  return fields.map((f) => (f.name === by.name ? by : f));
}

function configClass(fields: readonly ConfigField[]): ConfigClass {
  return {
    fields,
    byName: new Map(fields.map((f) => [f.name, f])),
    initial: Object.freeze(Object.fromEntries(fields.map((f) => [f.name, f.initial]))),
  };
}

const NODE_CLASS = configClass(NODE);

const CLASSES: { readonly [type in ResourceType]?: ConfigClass } = {
  model: configClass(MODEL),
  seed: configClass(SEED),
  snapshot: configClass(SNAPSHOT),
  test: configClass(TEST),
  function: configClass(FUNCTION),
  source: configClass(SOURCE),
  exposure: configClass(EXPOSURE),
  group: configClass(GROUP),
  unit_test: configClass(UNIT_TEST),
  metric: configClass(SEMANTIC),
  semantic_model: configClass(SEMANTIC),
  saved_query: configClass(SAVED_QUERY),
};

/** The configuration class of a kind of node; analyses and operations have that of nodes in general. */
export function configClassOf(type: ResourceType): ConfigClass {
  return CLASSES[type] ?? NODE_CLASS;
}

/** The tree of dbt_project.yml that configures a kind of node. */
export function configTreeOf(type: ResourceType): string {
  switch (type) {
    case 'seed':
      return 'seeds';
    case 'snapshot':
      return 'snapshots';
    case 'source':
      return 'sources';
    case 'test':
      return 'data_tests';
    case 'exposure':
      return 'exposures';
    case 'unit_test':
      return 'unit_tests';
    case 'function':
      return 'functions';
    case 'metric':
      return 'metrics';
    case 'semantic_model':
      return 'semantic-models';
    case 'saved_query':
      return 'saved-queries';
    default:
      return 'models';
  }
}
