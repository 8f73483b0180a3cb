import { configWarning } from '../../config/warnings.js';
import { configOptions } from '../../context/config-view.js';
import type { ParseCapture } from '../../context/parse-capture.js';
import { createParseContext } from '../../context/parse-context.js';
import type { DbtError } from '../../diagnostics/errors.js';
import { type Exported, exportsNamed, type FunctionNode } from '../../typescript/exported-function.js';
import type { ModuleFile } from '../../typescript/module-files.js';
import { type MemberUse, parameterUses } from '../../typescript/parameter-uses.js';
import { type Literal, literalOf, type Module, parseModule, type SyntaxNode, spanOf } from '../../typescript/syntax.js';
import { type SourceFile, sha256 } from '../files/source-file.js';
import { errorAt, fileSpan } from '../parse-error.js';
import type { ParserServices } from '../services.js';
import { applyConfig, takeCapture } from './apply-config.js';
import type { NodeEntry } from './draft.js';
import { located } from './render-node.js';

/** The names under which a model is exported. */
const EXPORTS = ['model', 'default'] as const;
const MEMBERS = ['ref', 'source', 'config'];

/**
 * Reads what a TypeScript model says with literals, without running it: `ref`, `source` and `config` of the first parameter of
 * the exported function. A file that exports no model is a helper of others and no node.
 *
 * @throws DbtError `typescript-syntax`, `typescript-import`, `typescript-export`, `typescript-static`, each with its place.
 */
export function readTypeScriptModel(services: ParserServices, entry: NodeEntry): void {
  const { node, file } = entry;
  const [own, ...imported] = services.modules.closure(file.absolute);
  for (const { path } of imported) services.invocation.reads?.read('file', '', path);
  const code = own?.code ?? '';
  const module = parseModule(code, file.display);
  const fn = modelFunction(services, file, module, code);
  if (fn === null) return;
  // A helper that changes changes what the model does.
  if (imported.length > 0) node.checksum = { name: 'sha256', checksum: withImports(services, file, imported) };
  const { context, capture } = createParseContext({ node, phase: services.phase });
  located(entry, () => {
    for (const use of parameterUses(fn, MEMBERS))
      note(use, capture, (place, message, hint) => refuse(file, code, place, message, hint));
    takeCapture(node, context);
    entry.call = capture.config;
    applyConfig(services, entry, null, context);
  });
  services.builder.add(entry);
}

/** The hash of a model's text and of all that it imports from the project. */
function withImports({ modules }: ParserServices, file: SourceFile, imported: readonly ModuleFile[]): string {
  const parts = imported.map(({ path, hash }) => `${modules.display(path)} ${hash}`).sort();
  return sha256([file.checksum.checksum, ...parts].join('\n'));
}

/** The function of the model; null for a helper. */
function modelFunction(services: ParserServices, file: SourceFile, module: Module, code: string): FunctionNode | null {
  const [exported, second] = exportsNamed(module, EXPORTS);
  if (!exported) {
    warnOfForgotten(services, file, module);
    return null;
  }
  const refused = (at: Exported, message: string): DbtError =>
    errorAt('typescript-export', message, spanOf(at.node, code, file.display), {
      sourceText: file.text,
      hint: 'Export one function that is written in this file: export const model: Model = async (dbt) => …',
    });
  if (second) throw refused(second, `${file.display} exports two models, '${exported.name}' and '${second.name}'`);
  if (!exported.fn) throw refused(exported, `The export '${exported.name}' of ${file.display} is no function`);
  return exported.fn;
}

/** A file without a model is a helper, unless it looks like a model whose export was forgotten. */
function warnOfForgotten(services: ParserServices, file: SourceFile, module: Module): void {
  const names = module.body.flatMap((statement) => {
    if (statement.type === 'ExportAllDeclaration') return ['*'];
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const { declaration, specifiers } = statement;
    if (declaration?.type === 'VariableDeclaration')
      return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : ['*']));
    if (declaration) return [declaration.id?.name ?? '*'];
    return specifiers.map(({ exported }) => (exported.type === 'Identifier' ? exported.name : String(exported.value)));
  });
  const model = exportsNamed(module, names).find(({ fn }) => fn && parameterUses(fn, MEMBERS).some((use) => use.call));
  if (names.length > 0 && !model) return;
  const what = model ? `exports '${model.name}', but no model` : 'exports nothing';
  services.warn(
    configWarning('TypeScriptModel', 'typescript-export', `${file.display} ${what}: it is no model`, {
      span: fileSpan(file),
      hint: 'Export the function as `model` or by default; a file that is no model can be named in .dbtignore.',
    }),
  );
}

type Refuse = (place: SyntaxNode, message: string, hint: string) => DbtError;

const CALLS: { readonly [member: string]: string } = {
  ref: "ref('model'), ref('package', 'model') or ref('model', { version: 2 })",
  source: "source('source', 'table')",
  config: "config({ materialized: 'table' })",
};

function note({ member, call, accessed, node }: MemberUse, capture: ParseCapture, refuse: Refuse): void {
  const hint = `Write it out: ${CALLS[member]}. References and configuration are found without running the model.`;
  if (!call) {
    // `config.get(…)` reads.
    if (member === 'config' && accessed) return;
    throw refuse(node, `${member} must be called where it is used, not handed on`, hint);
  }
  const values = call.arguments.map((argument): Literal => {
    const literal = literalOf(argument);
    if ('value' in literal) return literal.value;
    throw refuse(literal.dynamic, `${member}() takes literals only`, hint);
  });
  const wrong = (): DbtError => refuse(call, `Wrong call of ${member}()`, `Write ${CALLS[member]}.`);
  if (member === 'config') {
    const [options] = values;
    if (values.length !== 1 || !isObject(options)) throw wrong();
    capture.addConfig(configOptions({ positional: [], keyword: new Map(Object.entries(options)) }));
    return;
  }
  if (member === 'source') {
    const [source, table] = values;
    if (values.length !== 2 || typeof source !== 'string' || typeof table !== 'string') throw wrong();
    capture.sources.push([source, table]);
    return;
  }
  const last = values.at(-1);
  const options = isObject(last) ? last : {};
  const names = isObject(last) ? values.slice(0, -1) : values;
  const { version, v, ...unknown } = options;
  const wanted = version ?? v ?? null;
  if (names.length < 1 || names.length > 2 || !names.every((name) => typeof name === 'string')) throw wrong();
  if (
    Object.keys(unknown).length > 0 ||
    (wanted !== null && typeof wanted !== 'string' && typeof wanted !== 'number')
  ) {
    throw wrong();
  }
  const [first = '', second] = names as string[];
  capture.refs.push({ name: second ?? first, package: second === undefined ? null : first, version: wanted });
}

function refuse(file: SourceFile, code: string, place: SyntaxNode, message: string, hint: string): DbtError {
  return errorAt('typescript-static', message, spanOf(place, code, file.display), { sourceText: file.text, hint });
}

function isObject(value: Literal | undefined): value is { readonly [key: string]: Literal } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
