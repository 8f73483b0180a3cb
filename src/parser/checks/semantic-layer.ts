import { configWarning } from '../../config/warnings.js';
import { asRecord } from '../../config/yaml.js';
import { pyRepr } from '../../jinja/values.js';
import { GRANULARITIES } from '../properties/columns.js';
import type { ParserServices } from '../services.js';

/** The model that was the time spine before models could say that they are one. */
const OLD_SPINE = 'metricflow_time_spine';

/** What dbt asks of the semantic layer: groups that exist, a time spine of days or smaller. */
export function checkSemanticLayer(services: ParserServices): void {
  const { builder, config } = services;
  checkGroups(services);
  const [model] = builder.semanticModels.values();
  if (!model) return;
  const spines = timeSpines(services);
  const old = builder.find(OLD_SPINE, null);
  if (!old && !spines.some((grain) => isDayOrSmaller(grain))) {
    throw model.refuse(
      [],
      'The semantic layer requires a time spine model with granularity DAY or smaller in the project, but none was found. Guidance on creating this model can be found on our docs site (https://docs.getdbt.com/docs/build/metricflow-time-spine).',
      "Give a model of days 'time_spine: {standard_granularity_column: date_day}' and that column 'granularity: day'.",
    );
  }
  if (builder.metrics.size === 0) return;
  const flag = (name: string): boolean => config.flags.behavior[name] === true;
  if (old && !spines.includes('day') && !flag('require_yaml_configuration_for_mf_time_spines')) {
    services.warn(
      configWarning(
        'MFTimespineWithoutYamlConfigurationDeprecation',
        'properties-deprecated',
        `The time spine '${OLD_SPINE}' has no properties: give it 'time_spine:' with its standard_granularity_column.`,
        { span: { file: old.node.original_file_path, line: 1, column: 1 } },
      ),
    );
  }
  const outdated = [...builder.metrics.values()].filter(
    ({ resource: { type_params: params } }) => params.window !== null || params.grain_to_date !== null,
  );
  if (outdated[0] && !flag('require_nested_cumulative_type_params')) {
    services.warn(
      configWarning(
        'MFCumulativeTypeParamsDeprecation',
        'properties-deprecated',
        "'type_params.window' and 'type_params.grain_to_date' of cumulative metrics belong below 'cumulative_type_params'.",
        { span: { file: outdated[0].resource.original_file_path, line: 1, column: 1 } },
      ),
    );
  } else if (outdated[0]) {
    const names = outdated.map(({ resource }) => resource.name).join(', ');
    throw outdated[0].refuse(
      ['type_params'],
      `Cumulative fields \`type_params.window\` and \`type_params.grain_to_date\` should be nested under \`type_params.cumulative_type_params.window\` and \`type_params.cumulative_type_params.grain_to_date\`. Invalid metrics: ${names}.`,
      "Move them below 'cumulative_type_params'.",
    );
  }
}

function checkGroups({ builder }: ParserServices): void {
  const groups = [...builder.groups.values()].map((group) => group.name).sort();
  for (const part of [builder.metrics, builder.semanticModels, builder.savedQueries]) {
    for (const { resource, refuse } of part.values()) {
      if (resource.group === null || groups.includes(resource.group)) continue;
      const message = `Invalid group '${resource.group}', expected one of ${pyRepr(groups)}`;
      throw refuse(['config', 'group'], message, 'Define it below `groups:` in a properties file.');
    }
  }
}

/** The granularities of the time spines' standard columns. */
function timeSpines({ builder }: ParserServices): readonly string[] {
  const grains: string[] = [];
  for (const { node } of builder.nodes.values()) {
    const column = asRecord(node.time_spine)?.['standard_granularity_column'];
    const grain = typeof column === 'string' ? node.columns[column]?.granularity : undefined;
    if (grain) grains.push(grain);
  }
  return grains;
}

function isDayOrSmaller(grain: string): boolean {
  const at = (GRANULARITIES as readonly string[]).indexOf(grain);
  return at >= 0 && at <= GRANULARITIES.indexOf('day');
}
