import { configWarning } from '../../config/warnings.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import type { DbtError } from '../../diagnostics/errors.js';
import { pyRepr, pyStr } from '../../jinja/values.js';
import type { NodeEntry } from '../nodes/draft.js';
import { errorAt, fileSpan } from '../parse-error.js';
import { placeOf } from '../properties/place.js';
import type { ParserServices } from '../services.js';

/** What dbt checks of every node once all are there: groups, access, snapshots, microbatches, names. */
export function checkNodes(services: ParserServices): void {
  const groups = new Set([...services.builder.groups.values()].map((group) => group.name));
  for (const entry of services.builder.nodes.values()) {
    const { node } = entry;
    if (node.group && !groups.has(node.group)) {
      throw invalid(
        entry,
        `Invalid group '${node.group}', expected one of ${pyRepr([...groups].sort())}`,
        didYouMean(node.group, groups) ?? 'Define it below `groups:` in a properties file.',
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
    if (node.config['materialized'] === 'incremental' && node.config['incremental_strategy'] === 'microbatch')
      checkMicrobatch(entry);
  }
  checkSpaces(services);
  checkMicrobatches(services);
}

/** A project's own microbatch macro is called for all batches at once unless a flag says that it takes each. */
function checkMicrobatches(services: ParserServices): void {
  const { builder, config, macros, warn } = services;
  const models = [...builder.nodes.values()].filter(
    ({ node: { resource_type: type, config: own } }) =>
      type === 'model' && own['materialized'] === 'incremental' && own['incremental_strategy'] === 'microbatch',
  );
  if (models.length === 0) return;
  const macro = macros.find('get_incremental_microbatch_sql')?.macro;
  const isBuiltIn = macro !== undefined && macros.options.internalPackages.includes(macro.package_name);
  if (isBuiltIn || config.flags.behavior['require_batched_execution_for_custom_microbatch_strategy'] === true) {
    for (const model of models) checkBatchedInputs(services, model);
    return;
  }
  const message =
    'A microbatch macro of the project is run once for all batches. With the flag require_batched_execution_for_custom_microbatch_strategy it is run for each.';
  const span = { file: macro?.original_file_path ?? 'dbt_project.yml', line: 1, column: 1 };
  warn(configWarning('MicrobatchMacroOutsideOfBatchesDeprecation', 'properties-deprecated', message, { span }));
}

/** A batch reads all of an input that has no `event_time`. */
function checkBatchedInputs({ builder, warn }: ParserServices, { node, file }: NodeEntry): void {
  const timed = (node.depends_on.nodes ?? []).some((id) => {
    const input = builder.nodes.get(id)?.node ?? builder.sources.get(id);
    return !!(input?.config as { readonly [key: string]: unknown } | undefined)?.['event_time'];
  });
  if (timed) return;
  const message = `The microbatch model '${node.name}' has no input with an 'event_time': each of its batches reads all rows.`;
  warn(
    configWarning('MicrobatchModelNoEventTimeInputs', 'microbatch-inputs', message, {
      span: fileSpan(file),
      hint: "Give what it reads the config 'event_time', the name of its time column.",
    }),
  );
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

function checkMicrobatch(entry: NodeEntry): void {
  const { node } = entry;
  const { event_time: time, begin, batch_size: size } = node.config;
  const must = (what: string): DbtError =>
    invalid(
      entry,
      `Microbatch model '${node.name}' must provide ${what}`,
      'See the configs event_time, begin and batch_size.',
    );
  if (time === null || time === undefined)
    throw must("an 'event_time' (string) config that indicates the name of the event time column.");
  if (typeof time !== 'string') throw must(`an 'event_time' config of type string, but got: ${typeof time}.`);
  if (begin === null || begin === undefined)
    throw must(
      "a 'begin' (datetime) config that indicates the earliest timestamp the microbatch model should be built from.",
    );
  if (typeof begin !== 'string' || Number.isNaN(Date.parse(begin)))
    throw must(`a 'begin' config of valid datetime (ISO format), but got: ${pyStr(begin)}.`);
  const sizes = ['hour', 'day', 'month', 'year'];
  if (!sizes.includes(pyStr(size)))
    throw must(
      `a 'batch_size' config that is one of ${pyRepr(sizes)}, but got: ${size === null ? 'None' : pyStr(size)}.`,
    );
}

function invalid(entry: NodeEntry, message: string, hint: string): DbtError {
  const span = entry.properties ? placeOf(entry.properties) : fileSpan(entry.file);
  return errorAt('node-invalid', message, span, { uniqueId: entry.node.unique_id, hint });
}
