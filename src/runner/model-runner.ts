import { Relation } from '../adapters/base/relation.js';
import type { RuntimeContext } from '../context/runtime-context.js';
import type { JsonObject } from '../contracts/common.js';
import type { ManifestNode } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { dictGet, dictKeys, isDict, isUndefined, NO_KEYWORDS, pyRepr, pyStr, toPlain } from '../jinja/values.js';
import { materializePointer } from './latest-version-pointer.js';
import { materializationOf, materialize } from './materialize.js';
import type { Outcome } from './node-result.js';
import type { NodeRun, NodeRunner } from './node-runner.js';

/** Models, seeds and snapshots: whatever their materialization builds, told to the cache of relations. */
export const modelRunner: NodeRunner = {
  async execute(run: NodeRun): Promise<Outcome> {
    const { session, context, node } = run;
    const macro = materializationOf(session.macros, session.invocation.adapter, node);
    const relations = relationsOf(await materialize(context, macro), node);
    const pointer = await materializePointer(run, node, relations);
    if (pointer !== undefined) relations.push(...relationsOf(pointer, node));
    await tellCache(context, relations);
    const main = context.results.peek('main');
    if (!main) throw new DbtError('materialization-result', 'main is not being called during running model');
    return { status: 'success', message: pyStr(main.response), adapterResponse: responseFields(main.response) };
  },
};

/** Tells the cache of relations what a materialization returned; throws as it does for what is no list of relations. */
export async function noteRelations(context: RuntimeContext, node: ManifestNode, returned: unknown): Promise<void> {
  await tellCache(context, relationsOf(returned, node));
}

async function tellCache(context: RuntimeContext, relations: readonly Relation[]): Promise<void> {
  const added = context.session.invocation.adapter.methods.get('cache_added');
  for (const relation of relations) {
    const positional = [relation.with({ dbtCreated: true })];
    await added?.run(context.adapterCall, { positional, keyword: NO_KEYWORDS });
  }
}

/** The fields of an adapter's response that have a value. */
export function responseFields(response: unknown): JsonObject {
  const plain = toPlain(response);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return {};
  const fields = Object.entries(plain).filter(([, value]) => value !== null);
  return Object.fromEntries(fields.map(([k, v]) => [k, typeof v === 'bigint' ? Number(v) : v])) as JsonObject;
}

/** The relations that a materialization says it made. */
function relationsOf(returned: unknown, node: ManifestNode): Relation[] {
  if (typeof returned === 'string' || isUndefined(returned)) {
    throw invalid(
      `The materialization ("${node.config.materialized}") did not explicitly return a list of relations to add to the cache.`,
    );
  }
  if (!isDict(returned)) {
    throw invalid(
      `Invalid return value from materialization, expected a dict with key "relations", got: ${pyStr(returned)}`,
    );
  }
  const relations = dictGet(returned, 'relations');
  if (relations === undefined) {
    throw invalid(
      `Invalid return value from materialization, "relations" not found, got keys: ${pyRepr([...dictKeys(returned)])}`,
    );
  }
  if (!Array.isArray(relations)) {
    throw invalid(`Invalid return value from materialization, "relations" not a list, got: ${pyStr(relations)}`);
  }
  return relations.map((relation) => {
    if (relation instanceof Relation) return relation;
    throw invalid(`Invalid return value from materialization, "relations" contains non-Relation: ${pyStr(relation)}`);
  });
}

function invalid(message: string): DbtError {
  return new DbtError('materialization-return', message, {
    hint: "End the materialization with {{ return({'relations': [this]}) }}.",
  });
}
