import { type Keys, nullable, type Shape } from './shape.js';

/** The shapes of the entries of a properties file, as dbt's schema has them. Keys of the user's own are kept where `open`. */

const TEXT_OR_NULL = nullable('string');
const TESTS: Shape = { list: { either: ['object', 'string'] } };
const DOCS: Shape = { keys: { show: 'boolean', node_color: TEXT_OR_NULL } };

const DESCRIBED: Keys = {
  'name!': 'string',
  description: 'string',
  meta: 'object',
  data_type: TEXT_OR_NULL,
  constraints: { list: 'object' },
  docs: DOCS,
  config: 'object',
};

const COLUMN: Shape = {
  keys: {
    ...DESCRIBED,
    data_tests: TESTS,
    tests: TESTS,
    quote: nullable('boolean'),
    tags: { list: 'string' },
    granularity: TEXT_OR_NULL,
  },
  open: true,
};

/** A seed or a snapshot. */
export const NODE: Keys = {
  ...DESCRIBED,
  data_tests: TESTS,
  tests: TESTS,
  columns: { list: COLUMN },
  quote_columns: nullable('boolean'),
  access: TEXT_OR_NULL,
};

const INCLUDE_EXCLUDE: Shape = {
  keys: { 'include!': { either: ['string', { list: 'string' }] }, exclude: { list: 'string' } },
};

export const MODEL: Keys = {
  ...NODE,
  latest_version: { either: ['string', 'number', 'null'] },
  versions: {
    list: {
      keys: {
        'v!': { either: ['string', 'number'] },
        defined_in: TEXT_OR_NULL,
        description: 'string',
        access: TEXT_OR_NULL,
        config: 'object',
        constraints: { list: 'object' },
        docs: DOCS,
        data_tests: nullable(TESTS),
        tests: nullable(TESTS),
        columns: { list: { either: [INCLUDE_EXCLUDE, COLUMN] } },
        deprecation_date: nullable('date'),
      },
    },
  },
  deprecation_date: nullable('date'),
  time_spine: nullable({
    keys: {
      'standard_granularity_column!': 'string',
      custom_granularities: { list: { keys: { 'name!': 'string', column_name: TEXT_OR_NULL } } },
    },
  }),
};

export const ANALYSIS: Keys = {
  ...DESCRIBED,
  columns: { list: { keys: DESCRIBED, open: true } },
  access: TEXT_OR_NULL,
};

export const SINGULAR_TEST: Keys = DESCRIBED;

export const MACRO: Keys = {
  ...DESCRIBED,
  arguments: { list: { keys: { 'name!': 'string', type: TEXT_OR_NULL, description: 'string' } } },
};

const QUOTING: Shape = {
  keys: {
    database: nullable('boolean'),
    schema: nullable('boolean'),
    identifier: nullable('boolean'),
    column: nullable('boolean'),
  },
};
const TIME = nullable({ keys: { count: nullable('integer'), period: nullable(['minute', 'hour', 'day']) } });

/** What a source and its tables have in common. */
const LOADED: Keys = {
  quoting: QUOTING,
  freshness: nullable({ keys: { warn_after: TIME, error_after: TIME, filter: TEXT_OR_NULL } }),
  loaded_at_field: TEXT_OR_NULL,
  loaded_at_field_present: nullable('boolean'),
  loaded_at_query: TEXT_OR_NULL,
};

const EXTERNAL: Shape = {
  keys: {
    location: TEXT_OR_NULL,
    file_format: TEXT_OR_NULL,
    row_format: TEXT_OR_NULL,
    tbl_properties: TEXT_OR_NULL,
    partitions: {
      either: [
        { list: 'string' },
        { list: { keys: { name: 'string', description: 'string', data_type: 'string', meta: 'object' }, open: true } },
        'null',
      ],
    },
  },
  open: true,
};

const TABLE: Shape = {
  keys: {
    ...DESCRIBED,
    ...LOADED,
    data_tests: TESTS,
    tests: TESTS,
    columns: { list: COLUMN },
    identifier: TEXT_OR_NULL,
    external: nullable(EXTERNAL),
    tags: { list: 'string' },
  },
  open: true,
};

export const SOURCE: Keys = {
  'name!': 'string',
  description: 'string',
  meta: 'object',
  database: TEXT_OR_NULL,
  schema: TEXT_OR_NULL,
  loader: 'string',
  ...LOADED,
  tables: { list: TABLE },
  tags: { list: 'string' },
  config: 'object',
  unrendered_database: TEXT_OR_NULL,
  unrendered_schema: TEXT_OR_NULL,
};

/** A table of a source with `overrides:`: a key that is left out or null stays as it is. */
const TABLE_PATCH: Shape = {
  keys: {
    'name!': 'string',
    ...LOADED,
    description: TEXT_OR_NULL,
    meta: nullable('object'),
    data_type: TEXT_OR_NULL,
    docs: nullable(DOCS),
    identifier: TEXT_OR_NULL,
    external: nullable(EXTERNAL),
    tags: nullable({ list: 'string' }),
    data_tests: nullable(TESTS),
    tests: nullable(TESTS),
    columns: nullable({ list: COLUMN }),
  },
};

export const SOURCE_PATCH: Keys = {
  'name!': 'string',
  'overrides!': 'string',
  ...LOADED,
  quoting: nullable(QUOTING),
  config: 'object',
  description: TEXT_OR_NULL,
  meta: nullable('object'),
  database: TEXT_OR_NULL,
  schema: TEXT_OR_NULL,
  loader: TEXT_OR_NULL,
  tables: nullable({ list: TABLE_PATCH }),
  tags: nullable({ list: 'string' }),
};

const OWNER: Shape = {
  keys: { email: { either: ['string', { list: 'string' }, 'null'] }, name: TEXT_OR_NULL },
  open: true,
};

export const EXPOSURE: Keys = {
  'name!': 'string',
  'type!': ['dashboard', 'notebook', 'analysis', 'ml', 'application'],
  'owner!': OWNER,
  description: 'string',
  label: TEXT_OR_NULL,
  maturity: nullable(['low', 'medium', 'high']),
  meta: 'object',
  tags: { list: 'string' },
  url: TEXT_OR_NULL,
  depends_on: { list: 'string' },
  config: 'object',
};

export const GROUP: Keys = { 'name!': 'string', 'owner!': OWNER, description: TEXT_OR_NULL, config: 'object' };

/** The shapes of the lists of a properties file whose entries are checked before they are used. */
export const SHAPES: { readonly [key: string]: { readonly keys: Keys; readonly open: boolean } } = {
  models: { keys: MODEL, open: true },
  seeds: { keys: NODE, open: true },
  macros: { keys: MACRO, open: true },
  analyses: { keys: ANALYSIS, open: true },
  exposures: { keys: EXPOSURE, open: false },
  groups: { keys: GROUP, open: false },
};
