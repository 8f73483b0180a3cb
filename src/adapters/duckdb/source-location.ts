import type { SourceDefinition } from '../../contracts/nodes.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError } from '../../diagnostics/errors.js';
import { pyStr } from '../../jinja/values.js';
import type { Relation } from '../base/relation.js';

/**
 * A source with an `external_location` prints as that location: a function call as it is, a path in quotes. The
 * location may name the source's properties, `{name}` in the usual style; `formatter` chooses two others.
 */
export function sourceRelation(relation: Relation, source: SourceDefinition): Relation {
  const settings = sourceSettings(source);
  if (settings.get('plugin') !== undefined) throw noPlugin(source, pyStr(settings.get('plugin')));
  const template = settings.get('external_location');
  if (template === undefined || template === null) return relation;
  const formatter = settings.get('formatter') ?? 'newstyle';
  const place = format(pyStr(template), pyStr(formatter), settings, source);
  const external = place.includes('(') || place.startsWith("'") ? place : `'${place}'`;
  return relation.with({ external });
}

/** What the location may name: the source's own properties, then its meta and the rest of its config over them. */
function sourceSettings(source: SourceDefinition): Map<string, unknown> {
  const settings = new Map<string, unknown>([
    ['name', source.name],
    ['identifier', source.identifier],
    ['schema', source.schema],
    ['database', source.database],
    ['tags', source.tags],
  ]);
  for (const [key, value] of Object.entries(source.meta)) settings.set(key, value);
  for (const [key, value] of Object.entries(source.config)) {
    if (!DBT_CONFIG.has(key)) settings.set(key, value);
  }
  return settings;
}

/** Keys of a source's config that are dbt's own. */
const DBT_CONFIG = new Set([
  'enabled',
  'event_time',
  'freshness',
  'loaded_at_field',
  'loaded_at_query',
  'meta',
  'tags',
]);

function format(template: string, formatter: string, settings: Map<string, unknown>, source: SourceDefinition): string {
  const value = (name: string): string => {
    if (settings.has(name)) return pyStr(settings.get(name));
    throw new DbtError(
      'compilation',
      `The external_location of source '${source.source_name}.${source.name}' names '${name}', which the source does not have`,
      {
        hint:
          didYouMean(name, settings.keys()) ??
          `It can name ${[...settings.keys()].join(', ')}; write braces twice to keep them.`,
      },
    );
  };
  switch (formatter) {
    case 'newstyle':
      return template.replace(/\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::[^{}]*)?\}/g, (whole, name: string | undefined) =>
        name === undefined ? whole.slice(1) : value(name.split(/[.[]/)[0] ?? name),
      );
    case 'oldstyle':
      return template.replace(/%%|%\(([^)]*)\)[sdr]/g, (_whole, name: string | undefined) =>
        name === undefined ? '%' : value(name),
      );
    case 'template':
      return template.replace(
        /\$\$|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g,
        (_whole, bare?: string, braced?: string) => {
          const name = bare ?? braced;
          return name === undefined ? '$' : value(name);
        },
      );
    default:
      throw new DbtError(
        'compilation',
        `Formatter ${formatter} not recognized. Must be one of 'newstyle', 'oldstyle', or 'template'.`,
      );
  }
}

function noPlugin(source: SourceDefinition, plugin: string): DbtError {
  return new DbtError(
    'compilation',
    `Source '${source.source_name}.${source.name}' is read by the plugin '${plugin}' of dbt-duckdb, which needs Python`,
    {
      hint: "Read the data with one of DuckDB's own functions in `external_location`, e.g. read_parquet, read_xlsx or postgres_scan.",
    },
  );
}
