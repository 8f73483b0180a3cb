import { configWarning } from '../../config/warnings.js';
import type { LoadedMacro } from '../../context/macro-namespace.js';
import { createParseContext, type ParseContext } from '../../context/parse-context.js';
import { TestNamespace } from '../../context/test-namespace.js';
import type { JsonObject, UniqueId } from '../../contracts/common.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { isDbtError } from '../../diagnostics/errors.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import { callSync as callHost, compileTemplate, renderNativeSync, type Template } from '../../jinja/environment.js';
import { dictEntries, isDict, NO_KEYWORDS, PyDict, toPlain } from '../../jinja/values.js';
import type { SourceFile } from '../files/source-file.js';
import { applyConfig, takeCapture } from '../nodes/apply-config.js';
import { type NodeDraft, type NodeEntry, newNode } from '../nodes/draft.js';
import { fqnPrefix, located } from '../nodes/render-node.js';
import { errorAt } from '../parse-error.js';
import type { ParserServices } from '../services.js';
import { type GenericTest, plainKwargs, type TestTarget, testHash } from './builder.js';
import { readGenericTest } from './read.js';

/** A generic test and where it is written. */
export interface TestRequest {
  readonly value: unknown;
  readonly target: TestTarget;
  readonly column: string | null;
  readonly columnTags: readonly string[];
  readonly ownerName: string;
  /** dbt's `file_key_name`: `models.orders`. */
  readonly fileKey: string;
  readonly file: SourceFile;
  readonly span: () => SourceSpan;
  readonly render: (text: string) => unknown;
  /** The node that the test is of; null for a source's. */
  readonly attached: { readonly unique_id: UniqueId; readonly group: string | null } | null;
  /** What the test refers to, without rendering it. */
  readonly reference:
    | { readonly ref: { name: string; version: string | number | null } }
    | { readonly source: readonly [string, string] };
}

/** Makes the nodes of generic tests. */
export class GenericTestParser {
  readonly #services: ParserServices;
  readonly #templates = new Map<string, Template>();
  readonly #namespaces = new Map<LoadedMacro | undefined, TestNamespace>();

  constructor(services: ParserServices) {
    this.#services = services;
  }

  /** Makes the node of a test and adds it. */
  parse(request: TestRequest): void {
    const services = this.#services;
    const { file } = request;
    const written = { ...request, packageName: file.packageName, filePath: file.original };
    const test = placed(request, () => readGenericTest(services, written));
    const entry = this.#draft(request, test);
    const { node } = entry;
    placed(request, () => located(entry, () => this.#configure(entry, test, request)));
    if (request.attached) {
      node.attached_node = request.attached.unique_id;
      node.group = request.attached.group;
    }
    const other = services.builder.nodes.get(node.unique_id);
    if (other && node.config['enabled'] !== false) throw duplicateTest(node, other, request);
    services.builder.add(entry);
  }

  #draft(request: TestRequest, test: GenericTest): NodeEntry {
    const services = this.#services;
    const { file } = request;
    const { target } = services.config;
    const relative = file.original.split('/').slice(1).join('/');
    const node = newNode({
      type: 'test',
      name: test.fqnName,
      packageName: file.packageName,
      path: `${test.compiledName}.sql`,
      file: file.original,
      uniqueId: `test.${file.packageName}.${test.fqnName}.${testHash(test.fqnName, test)}`,
      fqn: [...fqnPrefix(file.packageName, relative), test.fqnName],
      checksum: { name: 'none', checksum: '' },
      rawCode: test.rawCode,
      database: target.database,
      schema: target.schema,
      createdAt: services.now(),
    });
    node.column_name = request.column;
    node.file_key_name = request.fileKey;
    node.attached_node = null;
    node.test_metadata = { name: test.name, kwargs: plainKwargs(test.kwargs), namespace: test.namespace };
    node.description = test.description;
    node.tags = [...new Set([...request.columnTags, ...tagsOf(test.config)])].sort();
    return { node, file, call: null, settings: {}, properties: null, named: false };
  }

  #configure(entry: NodeEntry, test: GenericTest, request: TestRequest): void {
    const services = this.#services;
    const { node } = entry;
    const macro = services.macros.resolve(node.package_name, `test_${test.name}`);
    if (macro) node.depends_on.macros.push(macro.macro.unique_id);
    else this.#warnUnknown(node, test, request);
    const config = toPlain(test.config) as JsonObject;
    entry.call = config;
    if (macro && SIMPLE.has(macro.macro.unique_id)) {
      applyConfig(services, entry, null);
      if ('source' in request.reference) node.sources?.push([...request.reference.source]);
      else node.refs?.push({ name: request.reference.ref.name, package: null, version: request.reference.ref.version });
      return;
    }
    const { context, capture } = createParseContext({
      node,
      phase: services.phase,
      testMacros: this.#visible(macro),
    });
    capture.addConfig(config);
    const kwargs = this.#kwargs(test, request, context);
    const scope = {
      get: (name: string) => (name === '_dbt_generic_test_kwargs' ? kwargs : context.get(name)),
      names: () => context.names(),
      onChance: () => context.onChance(),
    };
    this.#template(node.raw_code, request.file).renderSync(scope, { undefined: 'lenient' });
    takeCapture(node, context);
    entry.call = capture.config;
    applyConfig(services, entry, null);
  }

  /** The test's arguments, rendered; rendering them finds the refs that they hold. */
  #kwargs(test: GenericTest, request: TestRequest, context: ParseContext<NodeDraft>): PyDict {
    const file = request.file.display;
    const render = (value: unknown): unknown => {
      if (typeof value === 'string') {
        const text = LOOKS_LIKE_CALL.test(value) ? `{{ ${value} }}` : value;
        return renderNativeSync(text, context, { file, undefined: 'lenient' });
      }
      if (Array.isArray(value)) return value.map(render);
      if (isDict(value))
        return PyDict.from([...dictEntries(value)].map(([key, item]): [unknown, unknown] => [key, render(item)]));
      return value;
    };
    const kwargs = new PyDict();
    for (const [name, value] of test.kwargs) {
      if (name === 'column_name') kwargs.set(name, value);
      else if (name === 'model') kwargs.set(name, modelArgument(request, context) ?? render(value));
      else kwargs.set(name, render(value));
    }
    return kwargs;
  }

  /** What the tests of one macro see. */
  #visible(macro: LoadedMacro | undefined): TestNamespace {
    // The namespace is made once for all tests of the macro: what it is made of is a read of each.
    this.#services.invocation.reads?.read('closure', '', macro?.macro.unique_id ?? '');
    const known = this.#namespaces.get(macro);
    if (known) return known;
    const namespace = new TestNamespace(this.#services.macros, macro);
    this.#namespaces.set(macro, namespace);
    return namespace;
  }

  /** The same few templates stand behind all tests of a kind. */
  #template(text: string, file: SourceFile): Template {
    let template = this.#templates.get(text);
    if (!template) {
      template = compileTemplate(text, { file: file.display });
      this.#templates.set(text, template);
    }
    return template;
  }

  /** dbt parses a test that does not exist; it fails when it runs. Here it is said at once. */
  #warnUnknown(node: NodeDraft, test: GenericTest, request: TestRequest): void {
    const { macros, warn } = this.#services;
    const known = [...macros.names()].filter((name) => name.startsWith('test_')).map((name) => name.slice(5));
    const written = test.namespace === null ? test.name : `${test.namespace}.${test.name}`;
    const hint =
      didYouMean(test.name, known) ?? 'Define it with {% test %}, or install the package that has it (dbt deps).';
    const message = `There is no generic test named '${written}': '${node.name}' will fail`;
    warn(
      configWarning('UnknownGenericTest', 'test-unknown', message, {
        span: request.span(),
        hint,
        uniqueId: node.unique_id,
      }),
    );
  }
}

/** A place in the properties file is one in the test's own template, which nobody has written: the test's is the right one. */
function placed<T>(request: TestRequest, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!isDbtError(error) || error.diagnostic.span?.file !== request.file.display) throw error;
    const { code, severity: _severity, message, span: _span, sourceText: _text, ...rest } = error.diagnostic;
    throw errorAt(code, message, request.span(), { ...rest, cause: error });
  }
}

/** Two tests with one name and the same arguments; their configuration makes no difference. */
function duplicateTest(
  { name, unique_id: id, column_name: column }: NodeDraft,
  other: NodeEntry,
  request: TestRequest,
): Error {
  const where = `${column ? `column "${column}" in ` : ''}"${request.fileKey}"`;
  return errorAt(
    'resource-duplicate',
    `dbt found two data_tests with the name "${name}" defined on ${where}.\n\nSince these resources have the same name, dbt will be unable to find the correct resource\n` +
      `when running tests.\n\nTo fix this, change the name of one of these resources:\n- ${id} (${request.file.original})\n- ${other.node.unique_id} (${other.file.original})`,
    request.span(),
    { hint: "Give one of them a 'name', or remove it.", uniqueId: id },
  );
}

/** Tests that are known well enough not to be rendered while parsing. */
const SIMPLE = new Set(['macro.dbt.test_not_null', 'macro.dbt.test_unique']);

const LOOKS_LIKE_CALL = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/;

/** `get_where_subquery(ref(…))` without compiling a template for each model. */
function modelArgument(request: TestRequest, context: ParseContext<NodeDraft>): unknown {
  const macro = context.macros?.get('get_where_subquery');
  const [name, positional] =
    'source' in request.reference ? ['source', request.reference.source] : ['ref', [request.reference.ref.name]];
  const plain = context.macros?.get(name as string) === undefined;
  if (!macro || !('definition' in macro) || !plain) return undefined;
  const version = 'ref' in request.reference ? request.reference.ref.version : null;
  const keyword = version === null ? NO_KEYWORDS : new Map<string, unknown>([['version', String(version)]]);
  const relation = callHost(context.get(name as string), { positional: positional as readonly unknown[], keyword });
  return context.bind(macro).callSync({ positional: [relation], keyword: NO_KEYWORDS });
}

function tagsOf(config: { readonly [key: string]: unknown }): string[] {
  const tags = config['tags'];
  if (typeof tags === 'string') return [tags];
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [];
}
