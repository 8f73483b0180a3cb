import { configWarning } from '../../config/warnings.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import type { DbtError } from '../../diagnostics/errors.js';
import { pyRepr } from '../../jinja/values.js';
import type { NodeEntry } from '../nodes/draft.js';
import { errorAt, fileSpan } from '../parse-error.js';
import { placeOf, placeOfConfig } from '../properties/place.js';
import type { ParserServices } from '../services.js';

/** What dbt checks of every node once all are there: groups, access, snapshots, names. */
export function checkNodes(services: ParserServices): void {
  const groups = new Set([...services.builder.groups.values()].map((group) => group.name));
  for (const entry of services.builder.nodes.values()) {
    const { node } = entry;
    if (node.group && !groups.has(node.group)) {
      throw invalid(
        entry,
        `Invalid group '${node.group}', expected one of ${pyRepr([...groups].sort())}`,
        didYouMean(node.group, groups) ?? 'Define it below `groups:` in a properties file.',
        'group',
      );
    }
    if (node.resource_type === 'model' && node.access === 'public' && node.config['materialized'] === 'ephemeral') {
      throw invalid(
        entry,
        `Node ${node.unique_id} with 'ephemeral' materialization has an invalid value (public) for the access field`,
        'An ephemeral model is no relation that others could use: materialize it, or make it protected.',
      );
    }
    if (node.resource_type === 'snapshot') checkSnapshot(entry);
  }
  checkSpaces(services);
}

/** Names with spaces are an error; a deprecation while the flag `require_resource_names_without_spaces` is off. */
function checkSpaces(services: ParserServices): void {
  const { flags } = services.config;
  const found = [...services.builder.nodes.values()].filter(({ node }) => node.name.includes(' '));
  const [first] = found;
  if (!first) return;
  if (flags.behavior['require_resource_names_without_spaces'] !== false) {
    const list = found.map(({ node }) => `\n  * '${node.unique_id}' (${node.original_file_path})`).join('');
    throw invalid(
      first,
      `Resource names cannot contain spaces:${list}\nPlease rename the invalid model(s) so that their name(s) do not contain any spaces.`,
      'Rename the file.',
    );
  }
  for (const { node, file } of flags.debug ? found : [first]) {
    const message = `Found spaces in the name of \`${node.unique_id}\``;
    const span = fileSpan(file);
    services.warn(configWarning('SpacesInResourceNameDeprecation', 'properties-deprecated', message, { span }));
  }
  const more = flags.debug || found.length === 1 ? '' : ' `--debug` names them all.';
  const message = `${found.length} resources have a space in their name, which may lead to errors.${more}`;
  services.warn(configWarning('ResourceNamesWithSpacesDeprecation', 'properties-deprecated', message));
}

function checkSnapshot(entry: NodeEntry): void {
  const { strategy, unique_key: key, check_cols: columns, updated_at: updated, materialized } = entry.node.config;
  const message =
    !strategy || !key
      ? "Snapshots must be configured with a 'strategy' and 'unique_key'."
      : strategy === 'check' && !columns
        ? 'A snapshot configured with the check strategy must specify a check_cols configuration.'
        : strategy === 'check' && typeof columns === 'string' && columns !== 'all'
          ? `Invalid value for 'check_cols': ${columns}. Expected 'all' or a list of strings.`
          : strategy === 'timestamp' && !updated
            ? 'A snapshot configured with the timestamp strategy must specify an updated_at configuration.'
            : strategy === 'timestamp' && columns
              ? "A 'timestamp' snapshot should not have 'check_cols'"
              : materialized !== 'snapshot'
                ? "A snapshot must have a materialized value of 'snapshot'"
                : null;
  if (message !== null)
    throw invalid(
      entry,
      message,
      "Configure it with config(strategy='timestamp', unique_key='id', updated_at='updated_at') or the like.",
    );
}

function invalid(entry: NodeEntry, message: string, hint: string, key?: string): DbtError {
  const span = entry.properties
    ? key === undefined
      ? placeOf(entry.properties)
      : placeOfConfig(entry.properties, key)
    : fileSpan(entry.file);
  return errorAt('node-invalid', message, span, { uniqueId: entry.node.unique_id, hint });
}
