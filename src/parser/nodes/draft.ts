import type { ColumnInfo, Constraint, Docs, FileHash, JsonObject, RefArgs, UniqueId } from '../../contracts/common.js';
import type { FunctionArgument, FunctionReturns, ManifestNode, TestMetadata } from '../../contracts/nodes.js';
import type { Config } from '../config/merge.js';
import type { SourceFile } from '../files/source-file.js';

/** The kinds of node that the parser makes. */
export type NodeType = ManifestNode['resource_type'];

/** A node while it is being made. Its keys are in the manifest's order from the start. */
export interface NodeDraft {
  database: string | null;
  schema: string;
  name: string;
  readonly resource_type: NodeType;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  unique_id: UniqueId;
  fqn: string[];
  alias: string;
  checksum: FileHash;
  config: Config;
  tags: string[];
  description: string;
  columns: { [name: string]: ColumnDraft };
  meta: JsonObject;
  group: string | null;
  docs: Docs;
  patch_path: string | null;
  build_path: string | null;
  unrendered_config: { [key: string]: unknown };
  created_at: number;
  relation_name: string | null;
  raw_code: string;
  doc_blocks: string[];
  /** Seeds. */
  root_path?: string | null;
  /** All but seeds. */
  language?: string;
  refs?: RefArgs[];
  sources?: (readonly string[])[];
  metrics?: (readonly string[])[];
  functions?: (readonly string[])[];
  depends_on: { macros: UniqueId[]; nodes?: UniqueId[] };
  compiled_path?: string | null;
  contract?: { enforced: boolean; alias_types: boolean; checksum: string | null };
  /** Models. */
  access?: string;
  constraints?: readonly Constraint[];
  version?: string | number | null;
  latest_version?: string | number | null;
  deprecation_date?: string | null;
  primary_key?: readonly string[];
  time_spine?: unknown;
  /** Operations. */
  index?: number | null;
  /** Functions. */
  returns?: FunctionReturns;
  arguments?: readonly FunctionArgument[];
  /** Generic tests. */
  column_name?: string | null;
  file_key_name?: string | null;
  attached_node?: UniqueId | null;
  test_metadata?: TestMetadata;
}

export type ColumnDraft = { -readonly [key in keyof ColumnInfo]: ColumnInfo[key] };

/** A draft and what the parser knows about it besides. */
export interface NodeEntry {
  readonly node: NodeDraft;
  readonly file: SourceFile;
  /** What the `config(…)` calls of its file said. */
  call: Config | null;
  /** The configuration as of the last time that it was worked out, without the keys that are None. */
  settings: Config;
  /** The place of its entry in a properties file. */
  properties: PropertiesPlace | null;
  /** Whether the parser has worked out the names of its relation. */
  named: boolean;
}

/** Where in a properties file something is described. */
export interface PropertiesPlace {
  readonly file: SourceFile;
  readonly path: readonly (string | number)[];
}

export interface NewNode {
  readonly type: NodeType;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly file: string;
  readonly uniqueId: UniqueId;
  readonly fqn: readonly string[];
  readonly checksum: FileHash;
  readonly rawCode: string;
  readonly language?: string;
  readonly database: string;
  readonly schema: string;
  readonly createdAt: number;
}

/** A new node with dbt's defaults. Fields are added one by one: objects of one shape are what the engine is fast with. */
export function newNode(options: NewNode): NodeDraft {
  const { type } = options;
  const node: Omit<NodeDraft, 'depends_on'> & { depends_on?: NodeDraft['depends_on'] } = {
    database: options.database,
    schema: options.schema,
    name: options.name,
    resource_type: type,
    package_name: options.packageName,
    path: options.path,
    original_file_path: options.file,
    unique_id: options.uniqueId,
    fqn: [...options.fqn],
    alias: options.name,
    checksum: options.checksum,
    config: {},
    tags: [],
    description: '',
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    created_at: options.createdAt,
    relation_name: null,
    raw_code: options.rawCode,
    doc_blocks: [],
  };
  if (type === 'seed') {
    node.root_path = null;
    node.depends_on = { macros: [] };
    return node as NodeDraft;
  }
  node.language = options.language ?? 'sql';
  node.refs = [];
  node.sources = [];
  node.metrics = [];
  node.functions = [];
  node.depends_on = { macros: [], nodes: [] };
  node.compiled_path = null;
  node.contract = { enforced: false, alias_types: true, checksum: null };
  if (type === 'operation') node.index = null;
  if (type === 'function') {
    node.returns = { data_type: 'INVALID_TYPE', description: null };
    node.arguments = [];
  }
  if (type === 'model') {
    node.access = 'protected';
    node.constraints = [];
    node.version = null;
    node.latest_version = null;
    node.deprecation_date = null;
    node.primary_key = [];
    node.time_spine = null;
  }
  return node as NodeDraft;
}

/** The finished node: the draft itself, nothing changes it any more. */
export function finishedNode(node: NodeDraft): ManifestNode {
  return node as unknown as ManifestNode;
}
