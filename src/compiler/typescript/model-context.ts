import { Relation } from '../../adapters/base/relation.js';
import type { QueryParameters } from '../../adapters/base/rows.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import type { RefArgs } from '../../contracts/common.js';
import type { ManifestNode } from '../../contracts/nodes.js';
import type { ModelConfig, ModelContext, ModelQuery, ModelRelation } from '../../contracts/typescript-model.js';
import { DbtError } from '../../diagnostics/errors.js';
import { callAsync } from '../../jinja/runtime/call.js';
import { asHost, JINJA, NO_KEYWORDS, pyStr, toPlain } from '../../jinja/values.js';

/** A node that has been looked up before the model runs; an error is thrown when the model asks for it. */
type Found = { readonly relation: ModelRelation } | { readonly error: unknown };

/** What the model's relations are, so that `ref` need not wait. */
export interface ModelReferences {
  readonly refs: ReadonlyMap<string, Found>;
  readonly sources: ReadonlyMap<string, Found>;
  readonly own: ModelRelation;
  readonly incremental: boolean;
}

/** What the run gives to a model's context. */
export interface ModelServices {
  readonly query: (sql: string, parameters?: QueryParameters) => ModelQuery<{ readonly [column: string]: unknown }>;
  readonly connection: () => Promise<unknown>;
  readonly signal: AbortSignal;
}

/**
 * Looks up what a model refers to, by the same `ref`, `source` and `this` that its SQL would have: with defer, unit tests,
 * `--empty` and `--sample`.
 */
export async function modelReferences(context: RuntimeContext, node: ManifestNode): Promise<ModelReferences> {
  const { refs = [], sources = [] } = node as {
    readonly refs?: readonly RefArgs[];
    readonly sources?: readonly string[][];
  };
  const refMap = new Map<string, Found>();
  for (const { name, package: from, version } of refs) {
    const positional = from === null ? [name] : [from, name];
    const keyword = version === null || version === undefined ? NO_KEYWORDS : new Map([['version', version]]);
    refMap.set(refKey(name, from, version), await lookUp(context, 'ref', positional, keyword));
  }
  const sourceMap = new Map<string, Found>();
  for (const [source = '', table = ''] of sources) {
    sourceMap.set(`${source}\0${table}`, await lookUp(context, 'source', [source, table]));
  }
  return {
    refs: refMap,
    sources: sourceMap,
    own: relationView(context.get('this')),
    incremental: await isIncremental(context, node),
  };
}

/** The object that a model is called with. */
export function modelContext(
  context: RuntimeContext,
  node: ManifestNode,
  references: ModelReferences,
  services: ModelServices,
): ModelContext {
  const call = (name: string, positional: readonly unknown[], member?: string): unknown => {
    const host = asHost(context.get(name));
    const target = member === undefined ? host : asHost(host?.[JINJA.attr]?.(member));
    const result = target?.[JINJA.call]?.({ positional: [...positional], keyword: NO_KEYWORDS });
    if (!(result instanceof Promise)) return toPlain(result);
    result.catch(() => undefined);
    throw new DbtError('compilation', `'${String(positional[0])}' is a template that has to wait for its value`, {
      hint: 'Give it a value without Jinja for a TypeScript model.',
    });
  };
  const config: ModelConfig = Object.assign(() => undefined, {
    get: <T>(name: string, fallback?: T) => call('config', [name, fallback ?? null], 'get') as T,
    require: <T>(name: string) => call('config', [name], 'require') as T,
    metaGet: <T>(name: string, fallback?: T) => call('config', [name, fallback ?? null], 'meta_get') as T,
  });
  return {
    ref: (...args: readonly unknown[]) => {
      const options = typeof args.at(-1) === 'object' ? (args.at(-1) as { version?: string; v?: string } | null) : null;
      const names = args.filter((arg) => typeof arg === 'string') as string[];
      const [name = '', from = null] = [...names].reverse();
      return found(references.refs.get(refKey(name, from, options?.version ?? options?.v ?? null)), node, 'ref', names);
    },
    source: (source, table) => found(references.sources.get(`${source}\0${table}`), node, 'source', [source, table]),
    config,
    this: references.own,
    isIncremental: () => references.incremental,
    query: services.query as ModelContext['query'],
    connection: services.connection as ModelContext['connection'],
    var: <T>(name: string, fallback?: T) => call('var', fallback === undefined ? [name] : [name, fallback]) as T,
    envVar: (name, fallback) => call('env_var', fallback === undefined ? [name] : [name, fallback]) as string,
    target: toPlain(context.get('target')) as ModelContext['target'],
    model: toPlain(context.get('model')) as ModelContext['model'],
    log: (message, options) => context.session.invocation.log(String(message), options?.info === true, node.unique_id),
    signal: services.signal,
  };
}

function refKey(name: string, from: string | null, version: unknown): string {
  return `${from ?? ''}\0${name}\0${version ?? ''}`;
}

async function lookUp(
  context: RuntimeContext,
  name: 'ref' | 'source',
  positional: readonly unknown[],
  keyword: ReadonlyMap<string, unknown> = NO_KEYWORDS,
): Promise<Found> {
  try {
    return { relation: relationView(await callAsync(context.get(name), { positional: [...positional], keyword })) };
  } catch (error) {
    return { error };
  }
}

function found(entry: Found | undefined, node: ManifestNode, member: string, args: readonly string[]): ModelRelation {
  if (entry === undefined) {
    const call = `${member}(${args.map((arg) => `'${arg}'`).join(', ')})`;
    throw new DbtError('ref-undeclared', `${call} is not called in the function of the model "${node.name}" itself`, {
      hint: `Call ${call} in the model's function and hand on what it gives: references are found without running the model.`,
    });
  }
  if ('relation' in entry) return entry.relation;
  // Of each call an error of its own, for its stack tells the place.
  const { error } = entry;
  if (error instanceof DbtError) {
    const { code, severity: _severity, message, ...details } = error.diagnostic;
    throw new DbtError(code, message, { ...details, cause: error });
  }
  throw error;
}

/** A relation as models get it. In a unit test `this` may be the name of a CTE, or nothing. */
function relationView(value: unknown): ModelRelation {
  const text = value === null || value === undefined ? '' : pyStr(value);
  const path =
    value instanceof Relation ? value : { database: null, schema: null, identifier: text === '' ? null : text };
  return Object.freeze({
    database: path.database,
    schema: path.schema,
    identifier: path.identifier,
    toString: () => text,
  });
}

/** What the macro `is_incremental` says, which looks into the database: asked only where it can say anything but no. */
async function isIncremental(context: RuntimeContext, node: ManifestNode): Promise<boolean> {
  const asked = node.config.materialized === 'incremental' || context.extra.has('is_incremental');
  if (!asked) return false;
  return (await callAsync(context.get('is_incremental'), { positional: [], keyword: NO_KEYWORDS })) === true;
}
