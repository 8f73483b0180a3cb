import { Table } from '../adapters/base/table.js';
import { compileTemplate } from '../jinja/environment.js';
import { bindArguments, hostFunction, pyStr } from '../jinja/values.js';
import { AdapterView } from './adapter-view.js';
import { baseMembers, providerMembers } from './base-context.js';
import { ParseConfigView } from './config-view.js';
import { define } from './functions/plain-functions.js';
import type { Invocation } from './invocation.js';
import type { VisibleMacros } from './macro-namespace.js';
import type { MacroTable } from './macro-table.js';
import { hookViews } from './model-view.js';
import { ParseCapture } from './parse-capture.js';
import { checkPythonJob } from './python-job.js';
import type { ReadObserver } from './reads.js';
import { namedArguments, refArguments, sourceArguments } from './reference-arguments.js';
import { Resolver } from './resolver.js';
import { ResultStore, resultMembers } from './result-store.js';
import { seedsOnly } from './seed-table.js';
import { type ContextOwner, layer, type Member, type Members, TemplateContext } from './template-context.js';
import { VarsView } from './vars.js';

/** A node as far as it is known while its template is rendered the first time. */
export interface ParsingNode extends ContextOwner {
  readonly database: string | null;
  readonly schema: string;
  readonly alias: string;
}

export interface ParseContextOptions<N extends ParsingNode> {
  readonly node: N;
  readonly phase: ParsePhase<N>;
  /** What a generic test sees in place of its package's macros. */
  readonly testMacros?: VisibleMacros;
}

/** What all contexts of the parse phase share; made once. */
export interface ParsePhase<N extends ParsingNode> {
  readonly macros: MacroTable;
  readonly members: Members<ParseContext<N>>;
  readonly reads?: ReadObserver | undefined;
}

/** The context of one node's template while parsing, when nothing is executed. */
export class ParseContext<N extends ParsingNode = ParsingNode> extends TemplateContext {
  readonly node: N;
  readonly capture: ParseCapture;
  readonly results = new ResultStore(() => Table.empty());
  /** Whether it is a generic test's, which sees only the macros that it depends on. */
  readonly isTest: boolean;

  constructor({ node, phase, testMacros }: ParseContextOptions<N>) {
    const capture = new ParseCapture();
    super({
      owner: node,
      members: phase.members as Members<never>,
      macros: testMacros ?? phase.macros.namespaceFor(node.package_name),
      onMacro: (id) => capture.addMacro(id),
      reads: phase.reads,
    });
    this.node = node;
    this.capture = capture;
    this.isTest = testMacros !== undefined;
  }
}

/** Makes the context of a node; `capture` fills while its template renders. */
export function createParseContext<N extends ParsingNode>(
  options: ParseContextOptions<N>,
): { readonly context: ParseContext<N>; readonly capture: ParseCapture } {
  const context = new ParseContext(options);
  return { context, capture: context.capture };
}

export interface ParsePhaseOptions<N extends ParsingNode> {
  readonly invocation: Invocation;
  readonly macros: MacroTable;
  /** The Relation that stands for the node itself; `ref` and `source` give it too while parsing. */
  relation(node: N): unknown;
  /** The node as Jinja's `model` shows it: without the fields that are null. */
  model(node: N): unknown;
}

/** The names of the parse phase: nothing that they give touches a database. */
export function createParsePhase<N extends ParsingNode>(options: ParsePhaseOptions<N>): ParsePhase<N> {
  const { invocation, macros } = options;
  type C = ParseContext<N>;
  const members: [string, Member<C>][] = [
    ['execute', () => false],
    ['graph', () => ({})],
    ['this', (c) => (c.node.resource_type === 'operation' ? null : options.relation(c.node))],
    ['model', (c) => options.model(c.node)],
    ['database', (c) => c.node.database],
    ['schema', (c) => c.node.schema],
    ['pre_hooks', (c) => hookViews(c.node as never, 'pre-hook')],
    ['post_hooks', (c) => hookViews(c.node as never, 'post-hook')],
    ['compiled_code', () => null],
    ['defer_relation', () => null],
    ['config', (c) => new ParseConfigView(c.capture, () => options.model(c.node))],
    ['var', (c) => varsOf(invocation, c, false)],
    ['render', (c) => renderFunction(c)],
    ...resultMembers<C>(),
    ['write', () => define('write', ['payload'], [], () => '')[1]],
    ['load_agate_table', (c) => define('load_agate_table', [], [], () => seedsOnly(c.node.resource_type))[1]],
    [
      'submit_python_job',
      (c) =>
        define('submit_python_job', ['parsed_model', 'compiled_code'], [], ([model]) =>
          checkPythonJob(model, c.macroStack),
        )[1],
    ],
    [
      'ref',
      (c) =>
        new Resolver('ParseRefResolver', invocation.config, (args) => {
          c.capture.refs.push(refArguments(args));
          return options.relation(c.node);
        }),
    ],
    [
      'source',
      (c) =>
        new Resolver('ParseSourceResolver', invocation.config, (args) => {
          c.capture.sources.push(sourceArguments(args));
          return options.relation(c.node);
        }),
    ],
    [
      'metric',
      (c) =>
        hostFunction('metric', (args) => {
          const names = namedArguments('metric', args);
          c.capture.metrics.push(names);
          return names[names.length - 1];
        }),
    ],
    [
      'function',
      (c) =>
        hostFunction('function', (args) => {
          c.capture.functions.push(namedArguments('function', args));
          return options.relation(c.node);
        }),
    ],
    [
      'adapter',
      (c) =>
        new AdapterView({
          adapter: invocation.adapter,
          macros,
          config: invocation.config,
          searchPackage: c.isTest ? null : c.node.package_name,
          bind: (macro) => c.bind(macro),
          invoke: (_name, method, args) => method.parse(args),
        }),
    ],
  ];
  const shared = layer(baseMembers(invocation), providerMembers(invocation));
  return { macros, members: layer(shared as Members<C>, members), reads: invocation.reads };
}

/** Jinja's `var` for the templates of a context's package. */
export function varsOf(invocation: Invocation, context: TemplateContext, required: boolean): VarsView {
  return new VarsView({
    config: invocation.config,
    packageName: context.owner?.package_name ?? invocation.config.project.project_name,
    render: (text) => compileTemplate(text, { file: '<var>' }).renderSync(context),
    required,
    nodeName: context.owner?.name ?? null,
    reads: invocation.reads,
  });
}

/** Jinja's `render(text)`. */
function renderFunction(context: TemplateContext): unknown {
  return hostFunction('render', (args) => {
    const [text] = bindArguments('render', args, ['string']);
    return compileTemplate(pyStr(text), { file: '<render>' }).renderSync(context);
  });
}
