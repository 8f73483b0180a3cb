import { createParseContext, type ParseContext } from '../../context/parse-context.js';
import type { JsonObject } from '../../contracts/common.js';
import { compileTemplate } from '../../jinja/environment.js';
import { isObject } from '../config/checks.js';
import { configClassOf } from '../config/fields.js';
import { type Config, ConfigRefused, withoutNulls } from '../config/merge.js';
import { ConfigResolver, type WrittenConfig } from '../config/resolver.js';
import { unrenderedCall } from '../config/unrendered-call.js';
import { errorAt, escapePattern, fileSpan, textSpan } from '../parse-error.js';
import { placeOfConfig, writtenAt } from '../properties/place.js';
import type { ParserServices } from '../services.js';
import type { NodeDraft, NodeEntry } from './draft.js';
import { isStatic } from './static-model.js';

/** A text without any of these is no template. */
const JINJA_CHARS = /[{][{%#]|[#}%][}]/;

/**
 * Works the configuration of a node out and copies to the node what dbt also has there: tags, meta, group, access,
 * docs, contract. Then renders its hooks, whose refs and sources are the node's.
 */
export function applyConfig(
  services: ParserServices,
  entry: NodeEntry,
  patch: Config | null,
  context: ParseContext<NodeDraft> | null = null,
): void {
  const { node } = entry;
  const { resolver } = services;
  const request = {
    type: node.resource_type,
    packageName: node.package_name,
    fqn: node.fqn,
    patch: withDefault(node, patch),
    call: entry.call,
  };
  let full: Config;
  try {
    const before =
      Object.keys(node.config).length === 0 ? resolver.resolve({ ...request, patch: null, call: null }) : node.config;
    full = resolver.resolve(request);
    node.config = ConfigResolver.settle(node.resource_type, before, full);
  } catch (error) {
    if (error instanceof ConfigRefused) throw refusedAt(entry, error);
    throw error;
  }
  entry.settings = withoutNulls(configClassOf(node.resource_type), full);
  copyToNode(node, entry.settings);
  const exact = services.config.flags.behavior['state_modified_compare_more_unrendered_values'] === true;
  node.unrendered_config = resolver.resolveUnrendered(request, exact ? writtenConfig(services, entry) : undefined);
  if (node.resource_type !== 'test') renderHooks(services, entry, context);
}

/**
 * What is no SQL is a table unless its own file or properties say otherwise, whatever dbt_project.yml says: dbt's rule for
 * models in Python.
 */
function withDefault({ resource_type: type, language = 'sql' }: NodeDraft, patch: Config | null): Config | null {
  return type === 'model' && language !== 'sql' ? { materialized: 'table', ...patch } : patch;
}

/** dbt's flag `state_modified_compare_more_unrendered_values`: what the files say, not what it comes to. */
function writtenConfig(services: ParserServices, { node, call, properties }: NodeEntry): WrittenConfig {
  // dbt reads a model's calls only where it renders the model.
  const rendered = call !== null && Object.keys(call).length > 0 && !isStatic(services, node);
  return {
    patch: properties ? writtenAt(properties, ['config']) : null,
    call: rendered ? unrenderedCall(node.raw_code) : null,
  };
}

function copyToNode(node: NodeDraft, settings: Config): void {
  const { tags, meta, group, access, docs, contract } = settings;
  for (const tag of Array.isArray(tags) ? tags : typeof tags === 'string' ? [tags] : []) {
    if (!node.tags.includes(tag as string)) node.tags.push(tag as string);
  }
  if (isObject(meta) && Object.keys(meta).length > 0) node.meta = meta as JsonObject;
  if (typeof group === 'string' && group !== '') node.group = group;
  if (node.resource_type === 'model' && typeof access === 'string') node.access = access;
  if (isObject(docs)) node.docs = { show: docs['show'] !== false, node_color: (docs['node_color'] as string) ?? null };
  if (isObject(contract) && node.contract) {
    node.contract = {
      enforced: contract['enforced'] === true,
      alias_types: contract['alias_types'] !== false,
      checksum: null,
    };
  }
}

function renderHooks(services: ParserServices, entry: NodeEntry, given: ParseContext<NodeDraft> | null): void {
  const { node } = entry;
  const hooks = [...list(node.config['pre-hook']), ...list(node.config['post-hook'])];
  if (hooks.length === 0) return;
  const context = given ?? createParseContext({ node, phase: services.phase }).context;
  const seen = captured(context);
  for (const hook of hooks) {
    const { sql } = hook as { readonly sql: string };
    if (JINJA_CHARS.test(sql))
      compileTemplate(sql, { file: entry.file.display }).renderSync(context, { undefined: 'lenient' });
  }
  takeCapture(node, context, seen);
}

/** How much of a capture a node has already. */
interface Seen {
  readonly refs: number;
  readonly sources: number;
  readonly metrics: number;
  readonly functions: number;
}

function captured({ capture }: ParseContext<NodeDraft>): Seen {
  return {
    refs: capture.refs.length,
    sources: capture.sources.length,
    metrics: capture.metrics.length,
    functions: capture.functions.length,
  };
}

/** Gives a node what rendering found: refs, sources, metrics, functions and macros. */
export function takeCapture(node: NodeDraft, { capture }: ParseContext<NodeDraft>, seen?: Seen): void {
  node.refs?.push(...capture.refs.slice(seen?.refs ?? 0));
  node.sources?.push(...capture.sources.slice(seen?.sources ?? 0).map((s) => [...s]));
  node.metrics?.push(...capture.metrics.slice(seen?.metrics ?? 0).map((m) => [...m]));
  node.functions?.push(...capture.functions.slice(seen?.functions ?? 0).map((f) => [...f]));
  const { macros } = node.depends_on;
  for (const id of capture.macros) if (!macros.includes(id)) macros.push(id);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function refusedAt(entry: NodeEntry, error: ConfigRefused): Error {
  const { node, file, call, properties } = entry;
  const key = error.key;
  const inCall = call && (Object.hasOwn(call, key) || Object.hasOwn(call, key.replace('-', '_')));
  const span = inCall
    ? textSpan(file, new RegExp(`\\b${escapePattern(key).replace('-', '[-_]')}\\b(?=['"]?\\s*[=:])`))
    : properties
      ? placeOfConfig(properties, key)
      : fileSpan(file);
  return errorAt(
    'config-invalid',
    `Invalid config of ${node.resource_type} '${node.name}': at path ['${key}']: ${error.message}`,
    span,
    {
      uniqueId: node.unique_id,
      hint: `Correct '${key}' where the node is configured: in its file, in its properties or in dbt_project.yml.`,
      cause: error,
    },
  );
}
