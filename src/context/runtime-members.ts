import { writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { EventTimeFilter } from '../adapters/base/relation.js';
import type { FunctionNode, ManifestNode, SourceDefinition } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { bindArguments, hostFunction, pyStr } from '../jinja/values.js';
import { makeDirectory } from '../util/make-directory.js';
import { AdapterView } from './adapter-view.js';
import { eventTimeFilter } from './event-time.js';
import { hookViews, macroView, modelView } from './model-view.js';
import { checkPythonJob } from './python-job.js';
import { namedArguments } from './reference-arguments.js';
import { ephemeralRelation, functionRelation, relationClass, relationOf, sourceRelation } from './relations.js';
import { resultMembers } from './result-store.js';
import { RuntimeConfigObject } from './runtime-config-object.js';
import type { RuntimeContext } from './runtime-context.js';
import {
  notFound,
  type RefCaller,
  type RefOptions,
  runtimeFunction,
  runtimeRef,
  runtimeSource,
} from './runtime-refs.js';
import { loadSeedTable } from './seed-table.js';
import type { Member, Members } from './template-context.js';
import { VarsView } from './vars.js';
import { writePath } from './write-path.js';

/** Names that macros which no node calls do not have: those that `run-operation` runs. */
const NODES_ONLY = ['this', 'compiled_code', 'defer_relation'];

/** The names of macros that no node calls. */
export function macroMembers(members: Members<RuntimeContext>): Members<RuntimeContext> {
  const own = new Map(members);
  for (const name of NODES_ONLY) own.delete(name);
  return own;
}

/** The names that exist only, or differ, while nodes run. */
export function runtimeMembers(): Members<RuntimeContext> {
  const members = new Map<string, Member<RuntimeContext>>([
    ['execute', () => true],
    ['thread_id', (c) => c.threadId],
    ['ref', (c) => runtimeRef(refOptions(c))],
    ['source', (c) => runtimeSource(refOptions(c))],
    ['function', (c) => runtimeFunction(callerOf(c), c.session.lookup, (fn) => functionOf(c, fn))],
    ['metric', (c) => runtimeMetric(c)],
    ['config', (c) => configObject(c)],
    [
      'var',
      (c) =>
        new VarsView({
          config: c.session.invocation.config,
          packageName: c.packageName,
          render: (t) => c.render(t),
          required: true,
          nodeName: (c.node ?? c.macro)?.name ?? null,
        }),
    ],
    ['adapter', (c) => adapterView(c)],
    ['graph', (c) => c.session.graph],
    ['selected_resources', (c) => [...c.session.selected]],
    ['model', (c) => (c.node ? modelView(c.node, c.session.copies) : c.macro && macroView(c.macro))],
    ['this', (c) => (c.node && c.node.resource_type !== 'operation' ? relationOf(c.session.invocation, c.node) : null)],
    ['database', (c) => c.node?.database ?? c.session.invocation.config.target.database],
    ['schema', (c) => c.node?.schema ?? c.session.invocation.config.target.schema],
    ['compiled_code', (c) => c.compiledCode],
    ['sql', (c) => (c.node && 'language' in c.node && c.node.language !== 'sql' ? null : c.compiledCode)],
    ['pre_hooks', (c) => (c.node ? hookViews(c.node, 'pre-hook') : null)],
    ['post_hooks', (c) => (c.node ? hookViews(c.node, 'post-hook') : null)],
    ['defer_relation', (c) => deferRelation(c)],
    ['render', (c) => hostFunction('render', (args) => c.render(pyStr(bindArguments('render', args, ['string'])[0])))],
    ['write', (c) => hostFunction('write', (args) => write(c, pyStr(bindArguments('write', args, ['payload'])[0])))],
    ['load_agate_table', (c) => hostFunction('load_agate_table', () => loadSeedTable(c))],
    [
      'submit_python_job',
      (c) =>
        hostFunction('submit_python_job', (args) => {
          const [model] = bindArguments('submit_python_job', args, ['parsed_model', 'compiled_code']);
          checkPythonJob(model, c.macroStack);
          throw new DbtError('python-unsupported', "tsdbt can't run Python; this model is written in it", {
            hint: 'Write the model in TypeScript or SQL, or exclude it.',
          });
        }),
    ],
  ]);
  for (const [name, member] of resultMembers<RuntimeContext>()) members.set(name, member);
  return members;
}

function configObject({ node, macro, session }: RuntimeContext): RuntimeConfigObject {
  return node
    ? new RuntimeConfigObject(node, session.copies.config(node))
    : new RuntimeConfigObject(macro, macro?.config ?? null);
}

function callerOf({ node, macro, packageName }: RuntimeContext): RefCaller {
  return { node, macro, packageName, operation: node === null };
}

/** What `ref` and `source` need of a context. */
export function refOptions(context: RuntimeContext): RefOptions {
  const { session } = context;
  const { invocation } = session;
  const filter = (input: ManifestNode | SourceDefinition): EventTimeFilter | null =>
    eventTimeFilter(invocation.config, context.node, input, relationClass(invocation.adapter).kind);
  return {
    config: invocation.config,
    caller: callerOf(context),
    lookup: session.lookup,
    relationOf: (target) => {
      const options = { limit: true, eventTimeFilter: filter(target) };
      const there = target.defer_relation;
      if (!there || !invocation.config.flags.defer) return relationOf(invocation, target, options);
      if (invocation.config.flags.favor_state && !session.selected.includes(target.unique_id)) {
        return relationOf(invocation, there, options);
      }
      const { database, schema, alias } = target;
      return invocation.adapter
        .getRelation(context.adapterCall, database, schema, alias)
        .then((built) => relationOf(invocation, built === null ? there : target, options));
    },
    sourceRelationOf: (source) => sourceRelation(invocation, source, { eventTimeFilter: filter(source) }),
    // A unit test is over rows of its own: --empty does not count.
    ephemeralRelationOf: (target) =>
      ephemeralRelation(invocation, target, {
        limit: context.node?.resource_type !== 'unit_test',
        eventTimeFilter: filter(target),
      }),
    onEphemeral: (target) => {
      if (!context.ephemerals.includes(target.unique_id)) context.ephemerals.push(target.unique_id);
    },
  };
}

/** A function's place; with `--defer`, where it is not built here, that in the other manifest. */
function functionOf({ session, adapterCall }: RuntimeContext, fn: FunctionNode): unknown {
  const { invocation } = session;
  const { adapter, config } = invocation;
  const here = functionRelation(invocation, fn);
  const there = fn.defer_function;
  if (!there || !config.flags.defer) return here;
  if (config.flags.favor_state && !session.selected.includes(fn.unique_id)) return functionRelation(invocation, there);
  return adapter
    .getRelation(adapterCall, fn.database, fn.schema, fn.alias)
    .then((built) => (built === null ? functionRelation(invocation, there) : here));
}

/** Jinja's `defer_relation`: where the node itself is in the manifest that is deferred to. */
function deferRelation({ node, session }: RuntimeContext): unknown {
  return node?.defer_relation ? relationOf(session.invocation, node.defer_relation) : null;
}

/** Jinja's `metric`: prints as the metric's name. Metrics of the root project come first, then the caller's own. */
function runtimeMetric(context: RuntimeContext): unknown {
  const { session, packageName } = context;
  return hostFunction('metric', (args) => {
    const [name = '', from = null] = [...namedArguments('metric', args)].reverse();
    const all = Object.values(session.manifest.metrics).filter((metric) => metric.name === name);
    const order = from === null ? [session.invocation.config.project.project_name, packageName] : [from];
    const ranked = order.map((wanted) => all.find((metric) => metric.package_name === wanted));
    const found = ranked.find((metric) => metric !== undefined) ?? (from === null ? all[0] : undefined);
    if (found) return found.name;
    throw notFound(callerOf(context), 'metric', name, {
      packageName: from,
      disabled: null,
      names: Object.values(session.manifest.metrics).map((m) => m.name),
    });
  });
}

function adapterView(context: RuntimeContext): AdapterView {
  const { session } = context;
  return new AdapterView({
    adapter: session.invocation.adapter,
    macros: session.macros,
    config: session.invocation.config,
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
