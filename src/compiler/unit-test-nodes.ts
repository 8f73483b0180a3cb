import type { ManifestLookup } from '../context/manifest-lookup.js';
import { refArguments, sourceArguments } from '../context/reference-arguments.js';
import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode, ModelNode, SourceDefinition, UnitTestNode } from '../contracts/nodes.js';
import type { UnitTest, UnitTestInput } from '../contracts/unit-test.js';
import { DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';
import { compileTemplate, type JinjaContext } from '../jinja/environment.js';
import { type CallArgs, hostFunction, pyRepr } from '../jinja/values.js';

/** What a unit test is run with: its node, and a manifest of nothing but the node and its inputs. */
export interface UnitTestParts {
  readonly node: UnitTestNode;
  readonly manifest: Manifest;
  /** What each input stands for, by the input's id. */
  readonly originals: ReadonlyMap<UniqueId, UniqueId>;
}

/**
 * The node of a unit test before its inputs are known: the tested model's code under the test's name, as dbt makes it.
 */
export function unitTestNode({ nodes }: Pick<Manifest, 'nodes'>, test: UnitTest): UnitTestNode {
  const tested = testedModel(nodes, test);
  const versioned = tested.version !== null && tested.version !== undefined;
  const name = versioned ? `${test.name}_v${tested.version}` : test.name;
  const { rows, format } = test.expect;
  const directory = test.original_file_path.slice(0, test.original_file_path.lastIndexOf('/') + 1);
  return {
    ...tested,
    name,
    resource_type: 'unit_test',
    model: test.model,
    package_name: test.package_name,
    path: `${directory}${name}.sql`,
    original_file_path: test.original_file_path,
    unique_id: test.unique_id,
    alias: name,
    fqn: test.unique_id.split('.'),
    checksum: { name: 'none', checksum: '' },
    config: {
      enabled: true,
      alias: null,
      schema: null,
      database: null,
      tags: [],
      meta: {},
      group: null,
      materialized: 'unit',
      expected_rows: format === 'sql' ? [] : rows,
      expected_sql: format === 'sql' ? rows : null,
    },
    tags: [],
    description: '',
    columns: {},
    meta: {},
    group: tested.group,
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    relation_name: null,
    compiled_path: null,
    contract: { enforced: false, alias_types: true, checksum: null },
    depends_on: { macros: [], nodes: [] },
    tested_node_unique_id: tested.unique_id,
    this_input_node_unique_id: null,
    overrides: test.overrides,
  };
}

/**
 * Makes what a unit test needs to run: each input is an ephemeral model whose code gives the rows, so that it becomes a
 * CTE in the model's SQL. Nothing else can be referred to.
 *
 * @throws DbtError `unit-test-input` for an input that is no reference, or that names nothing.
 */
export async function unitTestParts(
  manifest: Manifest,
  lookup: ManifestLookup,
  test: UnitTest,
): Promise<UnitTestParts> {
  const tested = testedModel(manifest.nodes, test);
  const base = unitTestNode(manifest, test);
  const nodes: { [id: UniqueId]: ManifestNode } = {};
  const sources: { [id: UniqueId]: SourceDefinition } = {};
  const originals = new Map<UniqueId, UniqueId>();
  let thisInput: UniqueId | null = null;
  for (const given of test.given) {
    const original = await originalOf(given.input, tested, test, lookup);
    const input = inputNode(original, given, base);
    nodes[input.unique_id] = input;
    originals.set(input.unique_id, original.unique_id);
    // Found under the source's name; its id leads to the CTE.
    if (original.resource_type === 'source') sources[input.unique_id] = { ...original, unique_id: input.unique_id };
    if (original === tested) thisInput = input.unique_id;
  }
  const functionIds = tested.depends_on.nodes.filter((id) => Object.hasOwn(manifest.functions, id));
  const node: UnitTestNode = {
    ...base,
    this_input_node_unique_id: thisInput,
    depends_on: { macros: [], nodes: [...Object.keys(nodes), ...functionIds] },
  };
  const functions = Object.fromEntries(Object.entries(manifest.functions).filter(([id]) => functionIds.includes(id)));
  return {
    node,
    originals,
    manifest: {
      ...manifest,
      nodes: { [node.unique_id]: node, ...nodes },
      sources,
      functions,
      exposures: {},
      metrics: {},
      groups: {},
      disabled: {},
      saved_queries: {},
      semantic_models: {},
      unit_tests: {},
    },
  };
}

function testedModel(nodes: Manifest['nodes'], test: UnitTest): ModelNode {
  const tested = nodes[test.depends_on.nodes[0] ?? ''];
  if (tested?.resource_type === 'model') return tested;
  throw new InternalError(`the unit test ${test.unique_id} has no model`);
}

/** The ephemeral model that gives an input's rows. */
function inputNode(original: ManifestNode | SourceDefinition, given: UnitTestInput, test: UnitTestNode): ModelNode {
  const isSource = original.resource_type === 'source';
  const version = original.resource_type === 'model' ? original.version : null;
  const versioned = version !== null && version !== undefined;
  // dbt leaves the version out, so that of two versions of a model only one can be given.
  const id = isSource
    ? `${original.source_name}__${original.name}`
    : `${original.name}${versioned ? `.v${version}` : ''}`;
  return {
    ...test,
    resource_type: 'model',
    name: original.name,
    package_name: original.package_name,
    path: `${original.name}.sql`,
    unique_id: `model.${original.package_name}.${id}`,
    database: original.database,
    schema: original.schema,
    alias: isSource ? original.identifier : original.alias,
    fqn: original.fqn,
    config: { ...test.config, materialized: 'ephemeral', expected_rows: undefined, expected_sql: undefined },
    language: 'sql',
    raw_code: rowsCode(given),
    group: null,
    access: 'protected',
    constraints: [],
    version,
    latest_version: original.resource_type === 'model' ? original.latest_version : null,
    deprecation_date: null,
    primary_key: [],
    time_spine: null,
    ...(isSource ? { cte_name: id } : {}),
  };
}

function rowsCode({ rows, format }: UnitTestInput): string {
  if (format === 'sql' && typeof rows === 'string') return rows;
  return `{{ get_fixture_sql(${pyRepr(rows)}, None) }}`;
}

/** The node that an input names: `ref(…)`, `source(…)` or `this`. */
async function originalOf(
  input: string,
  tested: ModelNode,
  test: UnitTest,
  lookup: ManifestLookup,
): Promise<ManifestNode | SourceDefinition> {
  if (input.trim() === 'this') return tested;
  let found: ReturnType<ManifestLookup['ref']> | ReturnType<ManifestLookup['source']> | undefined;
  const functions = new Map<string, unknown>([
    [
      'ref',
      hostFunction('ref', (args: CallArgs) => {
        const { name, package: from, version } = refArguments(args);
        found = lookup.ref(name, from, version, test.package_name);
        return '';
      }),
    ],
    [
      'source',
      hostFunction('source', (args: CallArgs) => {
        const [source, table] = sourceArguments(args);
        found = lookup.source(source, table, test.package_name);
        return '';
      }),
    ],
  ]);
  const context: JinjaContext = { get: (name) => functions.get(name), names: () => functions.keys() };
  try {
    await compileTemplate(`{{ ${input} }}`, { file: test.original_file_path }).render(context);
  } catch (error) {
    if (!isDbtError(error)) throw error;
    found = undefined;
  }
  if (found === undefined) {
    throw new DbtError(
      'unit-test-input',
      `Unit test given inputs must be either a 'ref', 'source' or 'this' call. Got: '${input}'.`,
      { hint: "Write input: ref('model'), source('source', 'table') or this." },
    );
  }
  if (found.kind === 'found') return found.node;
  throw new DbtError(
    'unit-test-input',
    `Unit test '${test.name}' had an input (${input}) which was not found in the manifest.`,
    { hint: 'Name something that the model refers to.' },
  );
}
