import { writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { DbtError } from '../diagnostics/errors.js';
import { bindArguments, hostFunction, pyStr } from '../jinja/values.js';
import { makeDirectory } from '../util/make-directory.js';
import { AdapterView } from './adapter-view.js';
import { raiseContractError } from './contract-error.js';
import { exceptionMembers } from './functions/exceptions.js';
import { hookViews, modelView } from './model-view.js';
import { ephemeralRelation, functionRelation, relationOf, sourceRelation } from './relations.js';
import { RuntimeConfigObject } from './runtime-config-object.js';
import type { RuntimeContext } from './runtime-context.js';
import { type RefCaller, type RefOptions, runtimeFunction, runtimeRef, runtimeSource } from './runtime-refs.js';
import { loadSeedTable } from './seed-table.js';
import type { Member, Members } from './template-context.js';
import { VarsView } from './vars.js';
import { writePath } from './write-path.js';

/** The names that exist only, or differ, while nodes run. */
export function runtimeMembers(): Members<RuntimeContext> {
  const members = new Map<string, Member<RuntimeContext>>([
    ['execute', () => true],
    ['thread_id', (c) => c.threadId],
    ['ref', (c) => runtimeRef(refOptions(c))],
    ['source', (c) => runtimeSource(refOptions(c))],
    [
      'function',
      (c) => runtimeFunction(callerOf(c), c.session.lookup, (fn) => functionRelation(c.session.invocation, fn)),
    ],
    ['config', (c) => new RuntimeConfigObject(c.node, c.node ? c.session.copies.config(c.node) : null)],
    [
      'var',
      (c) =>
        new VarsView({
          config: c.session.invocation.config,
          packageName: c.packageName,
          render: (t) => c.render(t),
          required: true,
          nodeName: c.node?.name ?? null,
        }),
    ],
    ['adapter', (c) => adapterView(c)],
    ['exceptions', exceptionsOf],
    ['graph', (c) => c.session.graph],
    ['selected_resources', (c) => [...c.session.selected]],
    ['model', (c) => (c.node ? modelView(c.node, c.session.copies) : undefined)],
    ['this', (c) => (c.node && c.node.resource_type !== 'operation' ? relationOf(c.session.invocation, c.node) : null)],
    ['database', (c) => c.node?.database ?? c.session.invocation.config.target.database],
    ['schema', (c) => c.node?.schema ?? c.session.invocation.config.target.schema],
    ['compiled_code', (c) => c.compiledCode],
    ['sql', (c) => (c.node && 'language' in c.node && c.node.language !== 'sql' ? null : c.compiledCode)],
    ['pre_hooks', (c) => (c.node ? hookViews(c.node, 'pre-hook') : null)],
    ['post_hooks', (c) => (c.node ? hookViews(c.node, 'post-hook') : null)],
    ['defer_relation', () => null],
    ['render', (c) => hostFunction('render', (args) => c.render(pyStr(bindArguments('render', args, ['string'])[0])))],
    ['write', (c) => hostFunction('write', (args) => write(c, pyStr(bindArguments('write', args, ['payload'])[0])))],
    ['load_agate_table', (c) => hostFunction('load_agate_table', () => loadSeedTable(c))],
    [
      'submit_python_job',
      () =>
        hostFunction('submit_python_job', () => {
          throw new DbtError('python-unsupported', 'tsdbt runs SQL models only; this model is written in Python', {
            hint: 'Rewrite the model in SQL, or exclude it.',
          });
        }),
    ],
  ]);
  for (const name of ['load_result', 'store_result', 'store_raw_result']) {
    members.set(name, (c) => new Map(c.results.members()).get(name));
  }
  return members;
}

function callerOf({ node, packageName }: RuntimeContext): RefCaller {
  return { node, packageName, operation: node === null };
}

function refOptions(context: RuntimeContext): RefOptions {
  const { session } = context;
  const { invocation } = session;
  return {
    config: invocation.config,
    caller: callerOf(context),
    lookup: session.lookup,
    relationOf: (target) => relationOf(invocation, target, { limit: true }),
    sourceRelationOf: (source) => sourceRelation(invocation, source),
    ephemeralRelationOf: (target) => ephemeralRelation(invocation, target),
    onEphemeral: (target) => {
      if (!context.ephemerals.includes(target.unique_id)) context.ephemerals.push(target.unique_id);
    },
  };
}

/** Jinja's `exceptions`: what parsing has too, and what needs results of queries. */
function exceptionsOf(context: RuntimeContext): unknown {
  const warn = (message: string, name?: string): void =>
    context.session.invocation.warn(message, context.node?.unique_id ?? null, name);
  return {
    ...exceptionMembers((message) => warn(message)),
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
      return '';
    }),
  };
}

function adapterView(context: RuntimeContext): AdapterView {
  const { session } = context;
  return new AdapterView({
    adapter: session.invocation.adapter,
    macros: session.macros,
    searchPackage: context.packageName,
    bind: (macro) => context.bind(macro),
    invoke: (_name, method, args) => method.run(context.adapterCall, args),
  });
}

/** Jinja's `write`: the text goes where dbt puts what a node ran, `target/run/…`. */
function write(context: RuntimeContext, payload: string): string {
  const { node } = context;
  if (!node) throw new DbtError('compilation', 'cannot "write" macros or sources');
  const { project } = context.session.invocation.config;
  const path = writePath(project.target_path, 'run', node);
  writeTarget(project.root, path, payload);
  context.buildPath = path;
  return '';
}

/**
 * Writes a file below the target directory, and its directories. Synchronously: the files are small and many, and a
 * trip through the thread pool costs more than the write.
 */
export function writeTarget(root: string, path: string, text: string): void {
  const full = isAbsolute(path) ? path : join(root, path);
  try {
    writeFileSync(full, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unwritable(path, error);
    try {
      makeDirectory(dirname(full));
      writeFileSync(full, text);
    } catch (second) {
      throw unwritable(path, second);
    }
  }
}

function unwritable(path: string, cause: unknown): DbtError {
  return new DbtError('artifact-unwritable', `Cannot write ${path}: ${(cause as Error).message}`, { cause });
}
