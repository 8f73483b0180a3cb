import { asRecord } from '../../config/yaml.js';
import type { JsonObject } from '../../contracts/common.js';
import type { Export, SavedQuery } from '../../contracts/semantic.js';
import { pyStr } from '../../jinja/values.js';
import type { NodeNames } from '../names.js';
import type { NodeDraft } from '../nodes/draft.js';
import { object, texts } from '../properties/columns.js';
import type { PropertiesEntry } from '../properties/file.js';
import { textOf } from '../properties/normalize.js';
import { checkShape, invalidEntry, type Keys, nullable, refuseAt } from '../properties/shape.js';
import type { ParserServices } from '../services.js';
import { duplicate, FILTER, headOf, whereFilters } from './common.js';

const SAVED_QUERY: Keys = {
  'name!': 'string',
  'query_params!': {
    keys: {
      metrics: { list: 'string' },
      group_by: { list: 'string' },
      where: nullable(FILTER),
      order_by: { list: 'string' },
      limit: nullable('integer'),
    },
  },
  description: nullable('string'),
  label: nullable('string'),
  exports: { list: { keys: { 'name!': 'string', config: 'object' } } },
  config: 'object',
  tags: { either: ['string', { list: 'string' }] },
};

/** Adds a saved query. The names of its exports' relations are worked out with those of the nodes. */
export function parseSavedQuery(services: ParserServices, entry: PropertiesEntry): void {
  const { data } = entry;
  checkShape(entry, SAVED_QUERY);
  const head = headOf(services, entry, 'saved_query', entry.name, object(data['config']));
  const params = asRecord(data['query_params']) ?? {};
  const query: SavedQuery = {
    ...head,
    query_params: {
      metrics: texts(params['metrics']),
      group_by: texts(params['group_by']),
      where: whereFilters(params['where']),
      order_by: texts(params['order_by']),
      limit: typeof params['limit'] === 'number' ? params['limit'] : null,
    },
    exports: (Array.isArray(data['exports']) ? data['exports'] : []).map((item, i) =>
      exportOf(entry, i, object(item), head.config),
    ),
    description: textOf(data, 'description'),
    label: textOf(data, 'label'),
    tags: [...new Set([...texts(data['tags']), ...texts(head.config['tags'])])].sort(),
  };
  const { builder } = services;
  if (query.config['enabled'] === false) builder.disable(query);
  else if (builder.savedQueries.has(query.unique_id)) throw duplicate(entry, 'saved_queries');
  else builder.savedQueries.set(query.unique_id, { resource: query, refuse: refuseAt(entry) });
}

/** An export's own configuration over the query's. */
function exportOf(
  entry: PropertiesEntry,
  index: number,
  item: { readonly [key: string]: unknown },
  inherited: JsonObject,
): Export {
  const own = object(item['config']);
  const config: { readonly [key: string]: unknown } = { ...inherited, ...own };
  if (config['export_as'] !== 'table' && config['export_as'] !== 'view') {
    throw invalidEntry(
      entry,
      ['exports', index, 'config'],
      `the export '${pyStr(item['name'])}' has no export_as`,
      "Add 'config: {export_as: table}' to it; it is table or view.",
    );
  }
  return {
    name: pyStr(item['name']),
    config: {
      export_as: config['export_as'],
      schema_name: textOf(config, 'schema_name') ?? textOf(config, 'schema'),
      alias: textOf(config, 'alias'),
      database: textOf(config, 'database'),
    },
    unrendered_config: own as JsonObject,
  };
}

/** Fills in what an export does not say of its relation: the macros `generate_<component>_name` do. */
export function nameExports({ builder }: ParserServices, names: NodeNames): void {
  for (const [id, written] of builder.savedQueries) {
    const query = written.resource;
    const exports = query.exports.map((item): Export => {
      const { config } = item;
      const node = { ...query, name: item.name, config, version: null } as unknown as NodeDraft;
      return {
        ...item,
        config: {
          ...config,
          schema_name: config.schema_name || names.component('schema', null, node),
          alias: config.alias || names.component('alias', null, node),
          database: names.component('database', config.database, node) ?? config.database,
        },
      };
    });
    builder.savedQueries.set(id, { ...written, resource: { ...query, exports } });
  }
}
