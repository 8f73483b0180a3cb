import { configWarning } from '../../config/warnings.js';
import type { DbtError } from '../../diagnostics/errors.js';
import { isInt, parseIsoDateTime, pyRepr, pyStr, typeName } from '../../jinja/values.js';
import type { NodeEntry } from '../nodes/draft.js';
import { errorAt, fileSpan } from '../parse-error.js';
import { placeOf } from '../properties/place.js';
import type { ParserServices } from '../services.js';

const STRATEGY = 'get_incremental_microbatch_sql';
const SIZES = ['hour', 'day', 'month', 'year'];

/**
 * dbt's checks of microbatch models, in its order. `begin` given as text becomes what Python's `fromisoformat` makes
 * of it. A project with a strategy macro of its own is left alone, unless the behaviour flag says that it runs batch by
 * batch too.
 *
 * @throws DbtError `node-invalid` for a config that is missing or of a wrong type.
 */
export function checkMicrobatches(services: ParserServices): void {
  const batched = services.config.flags.behavior['require_batched_execution_for_custom_microbatch_strategy'] === true;
  const entries = [...services.builder.nodes.values()].filter(({ node }) => isMicrobatch(node.config));
  if (entries.length === 0) return;
  if (!batched && services.macros.isOverridden(STRATEGY)) {
    if (entries.some(({ node }) => node.resource_type === 'model')) warnOwnStrategy(services);
    return;
  }
  for (const entry of entries) checkConfig(entry);
  for (const entry of entries) checkInputs(services, entry);
}

function isMicrobatch(config: { readonly [key: string]: unknown }): boolean {
  return config['materialized'] === 'incremental' && config['incremental_strategy'] === 'microbatch';
}

function checkConfig(entry: NodeEntry): void {
  const { node } = entry;
  const { event_time: time, batch_size: size, lookback, concurrent_batches: concurrent } = node.config;
  const model = `Microbatch model '${node.name}'`;
  const fail = (what: string): DbtError =>
    invalid(entry, `${model} ${what}`, 'See the configs event_time, begin and batch_size.');
  const must = (what: string): DbtError => fail(`must provide ${what}`);
  if (isNone(time)) throw must("an 'event_time' (string) config that indicates the name of the event time column.");
  if (typeof time !== 'string') throw must(`an 'event_time' config of type string, but got: ${classOf(time)}.`);
  node.config = { ...node.config, begin: begin(node.config['begin'], must) };
  if (typeof size !== 'string' || !SIZES.includes(size)) {
    throw must(`a 'batch_size' config that is one of ${pyRepr(SIZES)}, but got: ${pyStr(size ?? null)}.`);
  }
  if (!isNone(lookback) && typeof lookback !== 'boolean' && !isInt(lookback))
    throw must(`the optional 'lookback' config as type int, but got: ${classOf(lookback)}).`);
  if (!isNone(concurrent) && typeof concurrent !== 'boolean') {
    const got = classOf(concurrent);
    throw fail(`optional 'concurrent_batches' config must be of type \`bool\` if specified, but got: ${got}).`);
  }
}

/** Python's ISO form of a `begin`. */
function begin(value: unknown, must: (what: string) => DbtError): string {
  if (isNone(value)) {
    throw must(
      "a 'begin' (datetime) config that indicates the earliest timestamp the microbatch model should be built from.",
    );
  }
  if (typeof value !== 'string') throw must(`a 'begin' config of type datetime, but got: ${classOf(value)}.`);
  try {
    return parseIsoDateTime(value).isoformat();
  } catch {
    throw must(`a 'begin' config of valid datetime (ISO format), but got: ${value}.`);
  }
}

/** Without an input that can be filtered each batch reads, and inserts, everything. */
function checkInputs({ builder, warn }: ParserServices, entry: NodeEntry): void {
  const { node } = entry;
  let filtered = false;
  for (const id of node.depends_on.nodes ?? []) {
    const input = builder.nodes.get(id)?.node ?? builder.sources.get(id);
    const time = input?.config['event_time'];
    if (!time) continue;
    if (typeof time !== 'string') {
      throw invalid(
        entry,
        `Microbatch model '${node.name}' depends on an input node '${input.name}' with an 'event_time' config of invalid (non-string) type: ${classOf(time)}.`,
        'It is the name of a column.',
      );
    }
    filtered = true;
  }
  if (filtered) return;
  const message = `The microbatch model '${node.name}' has no input with an 'event_time': each of its batches reads all rows.`;
  warn(
    configWarning('MicrobatchModelNoEventTimeInputs', 'microbatch-inputs', message, {
      span: fileSpan(entry.file),
      hint: "Give what it reads the config 'event_time', the name of its time column.",
    }),
  );
}

/** A project's own microbatch macro is called for all batches at once unless a flag says that it takes each. */
function warnOwnStrategy({ macros, warn }: ParserServices): void {
  const message =
    'A microbatch macro of the project is run once for all batches. With the flag require_batched_execution_for_custom_microbatch_strategy it is run for each.';
  const span = { file: macros.find(STRATEGY)?.macro.original_file_path ?? 'dbt_project.yml', line: 1, column: 1 };
  warn(configWarning('MicrobatchMacroOutsideOfBatchesDeprecation', 'properties-deprecated', message, { span }));
}

function isNone(value: unknown): boolean {
  return value === null || value === undefined;
}

function classOf(value: unknown): string {
  return `<class '${typeName(value)}'>`;
}

function invalid(entry: NodeEntry, message: string, hint: string): DbtError {
  const span = entry.properties ? placeOf(entry.properties) : fileSpan(entry.file);
  return errorAt('node-invalid', message, span, { uniqueId: entry.node.unique_id, hint });
}
