import type { FunctionNode, Macro, ManifestNode, ModelNode, SourceDefinition } from '../contracts/nodes.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import { type HostObject, hostFunction } from '../jinja/values.js';
import type { Lookup, ManifestLookup } from './manifest-lookup.js';
import { namedArguments, refArguments, sourceArguments } from './reference-arguments.js';
import { Resolver } from './resolver.js';

/** The node whose template calls, as far as references need it. */
export interface RefCaller {
  readonly node: ManifestNode | null;
  /** The macro that no node calls. */
  readonly macro: Macro | null;
  readonly packageName: string;
  /** Operations may name anything, but no ephemeral model. */
  readonly operation: boolean;
}

export interface RefOptions {
  readonly config: RuntimeConfig;
  readonly caller: RefCaller;
  readonly lookup: ManifestLookup;
  readonly relationOf: (node: ManifestNode) => unknown;
  readonly sourceRelationOf: (source: SourceDefinition) => unknown;
  readonly ephemeralRelationOf: (node: ManifestNode) => unknown;
  /** Called for each ephemeral model that is referred to: its CTE has to be put in. */
  readonly onEphemeral: (node: ManifestNode) => void;
}

/** Whether a node is a model that exists only as a CTE. */
export function isEphemeral(node: ManifestNode): boolean {
  return (
    node.config.materialized === 'ephemeral' && node.resource_type !== 'test' && node.resource_type !== 'operation'
  );
}

/** Jinja's `ref` at run time, with dbt's checks. */
export function runtimeRef(options: RefOptions): HostObject {
  const { caller, lookup } = options;
  return new Resolver('RuntimeRefResolver', options.config, (args) => {
    const { name, package: packageName, version } = refArguments(args);
    const target = found(
      lookup.ref(name, packageName, version, caller.packageName),
      (disabled) => notFound(caller, 'node', name, { packageName, version, disabled, names: lookup.refNames() }),
      name,
    );
    checkAccess(caller, target);
    if (!caller.operation && !dependsOn(caller.node, target.unique_id)) {
      throw badContext(caller, name, packageName, version);
    }
    if (!isEphemeral(target)) return options.relationOf(target);
    if (caller.operation && caller.node === null) {
      throw new DbtError('compilation', `Operations can not ref() ephemeral nodes, but ${target.name} is ephemeral`);
    }
    options.onEphemeral(target);
    return options.ephemeralRelationOf(target);
  });
}

/** Jinja's `source` at run time. */
export function runtimeSource(options: RefOptions): HostObject {
  const { caller, lookup } = options;
  return new Resolver('RuntimeSourceResolver', options.config, (args) => {
    const [sourceName, tableName] = sourceArguments(args);
    const name = `${sourceName}.${tableName}`;
    const target = found(
      lookup.source(sourceName, tableName, caller.packageName),
      (disabled) => notFound(caller, 'source', name, { disabled, names: lookup.sourceNames() }),
      name,
    );
    return options.sourceRelationOf(target);
  });
}

/** Jinja's `function` at run time: what SQL calls. Its quoting is the engine's, whatever the project's is, as in dbt. */
export function runtimeFunction(
  caller: RefCaller,
  lookup: ManifestLookup,
  relationOf: (node: FunctionNode) => unknown,
): HostObject {
  return hostFunction('function', (args) => {
    const [name = '', packageName = null] = [...namedArguments('function', args)].reverse();
    const target = found(
      lookup.function(name, packageName, caller.packageName),
      (disabled) => notFound(caller, 'function', name, { packageName, disabled, names: lookup.functionNames() }),
      name,
    );
    return relationOf(target);
  });
}

function found<T>(result: Lookup<T>, missing: (disabled: boolean) => DbtError, name: string): T {
  if (result.kind === 'found') return result.node;
  if (result.kind === 'ambiguous') {
    throw new DbtError(
      'ref-ambiguous',
      `When referencing '${name}', dbt found nodes in multiple packages: ${result.ids.join(', ')}\n` +
        `To fix this, use two-argument 'ref', with the package name first: ref('<package>', '${name}')`,
    );
  }
  throw missing(result.kind === 'disabled');
}

/** dbt's error about a name that nothing has; `disabled` is null where dbt does not look whether it is. */
export function notFound(
  { node, macro, packageName }: RefCaller,
  kind: 'node' | 'source' | 'metric' | 'function',
  name: string,
  details: {
    readonly packageName?: string | null;
    readonly version?: string | number | null;
    readonly disabled: boolean | null;
    readonly names: Iterable<string>;
  },
): DbtError {
  const caller = node ?? macro;
  const who = caller
    ? `${title(caller.resource_type)} '${caller.unique_id}' (${caller.original_file_path})`
    : `Macro of package '${packageName}'`;
  const version = details.version ? `with version '${details.version}' ` : '';
  const inPackage = details.packageName ? `in package or project '${details.packageName}' ` : '';
  const reason = details.disabled ? 'is disabled' : 'was not found';
  const hint = details.disabled
    ? `Enable '${name}' or remove the reference.`
    : (didYouMean(name, details.names) ?? `Define '${name}', or correct the name.`);
  return new DbtError(
    kind === 'source' ? 'source-missing' : 'ref-missing',
    `${who} depends on a ${kind} named '${name}' ${version}${inPackage}which ` +
      (details.disabled === null ? 'was not found or is disabled' : reason),
    { hint },
  );
}

function checkAccess({ node }: RefCaller, target: ManifestNode): void {
  if (!node || target.resource_type !== 'model' || (target as ModelNode).access !== 'private') return;
  if (node.group && node.group === target.group) return;
  throw new DbtError(
    'ref-access',
    `Node ${node.unique_id} attempted to reference node ${target.unique_id}, which is not allowed because the ` +
      `referenced node is private to the '${target.group ?? ''}' group.`,
    { hint: 'Put both in the same group, or make the referenced model protected.' },
  );
}

function dependsOn(node: ManifestNode | null, uniqueId: string): boolean {
  return node !== null && 'nodes' in node.depends_on && node.depends_on.nodes.includes(uniqueId);
}

function badContext(
  { node }: RefCaller,
  name: string,
  packageName: string | null,
  version: string | number | null,
): DbtError {
  const args = [packageName, name].filter((a) => a !== null).map((a) => `'${a}'`);
  const keyword = version === null ? '' : `,version='${version}'`;
  const hint = `-- depends_on: {{ ref(${args.join(', ')}${keyword}) }}`;
  return new DbtError(
    'ref-undeclared',
    `dbt was unable to infer all dependencies for the model "${node?.name}".\n` +
      `This typically happens when ref() is placed within a conditional block.\n\n` +
      `To fix this, add the following hint to the top of the model "${node?.name}":\n\n${hint}`,
    { hint: `Put this line at the top: ${hint}` },
  );
}

/** Python's `str.title()` of a resource type. */
const title = (text: string): string => text.replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));
