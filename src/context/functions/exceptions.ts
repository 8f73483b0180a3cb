import type { DiagnosticCode } from '../../diagnostics/codes.js';
import { DbtError } from '../../diagnostics/errors.js';
import {
  asHost,
  bindArguments,
  dictGet,
  hostFunction,
  isDict,
  JINJA,
  type Parameter,
  pyStr,
} from '../../jinja/values.js';
import { raiseContractError } from '../contract-error.js';

/** A parameter that may be left out. */
const optional = (name: string): Parameter => ({ name, default: null });

type Message = (values: readonly unknown[]) => string;

interface Raiser {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly code: DiagnosticCode;
  readonly message: Message;
}

const first: Message = ([message]) => pyStr(message);

/** dbt's `exceptions.*` that stop the node. */
const RAISERS: readonly Raiser[] = [
  { name: 'raise_compiler_error', parameters: ['msg', optional('node')], code: 'compilation', message: first },
  { name: 'raise_database_error', parameters: ['msg', optional('node')], code: 'database-raised', message: first },
  {
    name: 'raise_not_implemented',
    parameters: ['msg'],
    code: 'macro-not-implemented',
    message: ([m]) => `ERROR: ${pyStr(m)}`,
  },
  { name: 'raise_dependency_error', parameters: ['msg'], code: 'value-refused', message: first },
  { name: 'raise_fail_fast_error', parameters: ['msg', optional('node')], code: 'fail-fast', message: first },
  {
    name: 'raise_cache_inconsistent',
    parameters: ['message'],
    code: 'compilation',
    message: ([m]) => `Cache inconsistency detected: ${pyStr(m)}`,
  },
  {
    name: 'raise_dataclass_not_dict',
    parameters: ['obj'],
    code: 'compilation',
    message: ([o]) =>
      `The object ("${pyStr(o)}") was used as a dictionary. This capability has been removed from objects of this type.`,
  },
  {
    name: 'missing_config',
    parameters: ['model', 'name'],
    code: 'compilation',
    message: ([model, name]) =>
      `Model '${field(model, 'unique_id')}' does not define a required config parameter '${pyStr(name)}'.`,
  },
  {
    name: 'missing_materialization',
    parameters: ['model', 'adapter_type'],
    code: 'materialization-missing',
    message: missingMaterialization,
  },
  {
    name: 'missing_relation',
    parameters: ['relation', optional('model')],
    code: 'compilation',
    message: ([relation]) => `Relation ${pyStr(relation)} not found!`,
  },
  {
    name: 'relation_wrong_type',
    parameters: ['relation', 'expected_type', optional('model')],
    code: 'compilation',
    message: wrongType,
  },
  {
    name: 'column_type_missing',
    parameters: ['column_names'],
    code: 'contract',
    message: ([names]) =>
      `Contracted models require data_type to be defined for each column. Please ensure that the column name and data_type are defined within the YAML configuration for the ${pyStr(names)} column(s).`,
  },
  {
    name: 'raise_ambiguous_alias',
    parameters: ['node_1', 'node_2', optional('duped_name')],
    code: 'alias-ambiguous',
    message: ambiguousAlias,
  },
  {
    name: 'raise_ambiguous_catalog_match',
    parameters: ['unique_id', 'match_1', 'match_2'],
    code: 'compilation',
    message: ambiguousMatch,
  },
  {
    name: 'raise_dep_not_found',
    parameters: ['node', 'node_description', 'required_pkg'],
    code: 'compilation',
    message: ([, description, pkg]) =>
      `Error while parsing ${pyStr(description)}.\nThe required package "${pyStr(pkg)}" was not found. Is the package installed?\nHint: You may need to run \`dbt deps\`.`,
  },
  {
    name: 'raise_duplicate_patch_name',
    parameters: ['patch_1', 'existing_patch_path'],
    code: 'compilation',
    message: ([patch, path]) =>
      `dbt found two schema.yml entries for the same resource named ${field(patch, 'name')} (${pyStr(path)}).`,
  },
  {
    name: 'raise_duplicate_resource_name',
    parameters: ['node_1', 'node_2'],
    code: 'resource-duplicate',
    message: ([a, b]) =>
      `dbt found two resources with the name "${field(a, 'name')}": ${field(a, 'unique_id')} and ${field(b, 'unique_id')}`,
  },
  {
    name: 'raise_invalid_property_yml_version',
    parameters: ['path', 'issue'],
    code: 'compilation',
    message: ([path, issue]) => `The yml property file at ${pyStr(path)} is invalid because ${pyStr(issue)}.`,
  },
];

/** Jinja's `exceptions`. `warn` reports a warning, under the name of dbt's event where it has one of its own. */
export function exceptionMembers(warn: (message: string, name?: string) => void): { readonly [name: string]: unknown } {
  const members: { [name: string]: unknown } = {
    warn: hostFunction('warn', (args) => {
      const [message] = bindArguments('warn', args, ['msg', optional('node')]);
      warn(pyStr(message));
      return '';
    }),
    raise_contract_error: raiseContractError(),
    warn_snapshot_timestamp_data_types: hostFunction('warn_snapshot_timestamp_data_types', (args) => {
      const [own, derived] = bindArguments('warn_snapshot_timestamp_data_types', args, [
        'snapshot_time_data_type',
        'updated_at_data_type',
      ]);
      warn(
        `Data type of snapshot table timestamp columns (${pyStr(own)}) doesn't match derived column 'updated_at' ` +
          `(${pyStr(derived)}). Please update snapshot config 'updated_at'.`,
        'SnapshotTimestampWarning',
      );
      return null;
    }),
  };
  for (const { name, parameters, code, message } of RAISERS) {
    members[name] = hostFunction(name, (args) => {
      throw new DbtError(code, message(bindArguments(name, args, parameters)));
    });
  }
  return members;
}

function field(node: unknown, name: string): string {
  return isDict(node) ? pyStr(dictGet(node, name) ?? null) : pyStr(node);
}

function missingMaterialization([model, adapterType]: readonly unknown[]): string {
  const config = isDict(model) ? dictGet(model, 'config') : undefined;
  const type = pyStr(adapterType);
  const valid = type === 'default' ? "'default'" : `'default' and '${type}'`;
  return `No materialization '${field(config, 'materialized')}' was found for adapter ${type}! (searched types ${valid})`;
}

function wrongType([relation, expected]: readonly unknown[]): string {
  const own = asHost(relation)?.[JINJA.attr]?.('type');
  return (
    `Trying to create ${pyStr(expected)} ${pyStr(relation)}, but it currently exists as a ` +
    `${own === undefined || own === null ? 'relation of another type' : pyStr(own)}. Either drop ` +
    `${pyStr(relation)} manually, or run dbt with \`--full-refresh\` and dbt will drop it for you.`
  );
}

/** Two entries of the catalog: their names stand below `metadata`. */
function ambiguousMatch([id, ...matches]: readonly unknown[]): string {
  const names = matches.map((match) => {
    const metadata = isDict(match) ? dictGet(match, 'metadata') : undefined;
    return ` - ${field(metadata, 'schema')}.${field(metadata, 'name')}`;
  });
  return [
    'dbt found two relations in your warehouse with similar database identifiers. dbt',
    `is unable to determine which of these relations was created by the model "${pyStr(id)}".`,
    'In order for dbt to correctly generate the catalog, one of the following relations must be deleted or renamed:',
    '',
    ...names,
  ].join('\n');
}

function ambiguousAlias([a, b, name]: readonly unknown[]): string {
  const own = ['database', 'schema', 'alias'].map((part) => field(a, part)).join('.');
  const place = (node: unknown): string => `- ${field(node, 'unique_id')} (${field(node, 'original_file_path')})`;
  return [
    `dbt found two resources with the database representation "${name === null ? own : pyStr(name)}".`,
    'dbt cannot create two resources with identical database representations. To fix this,',
    'change the configuration of one of these resources:',
    place(a),
    place(b),
  ].join('\n');
}
