import { DbtError } from '../diagnostics/errors.js';
import { type CompiledFunction, compile } from './compile.js';
import { GLOBALS } from './functions/globals.js';
import { registryWith } from './functions/registry.js';
import type { RenderOptions, TemplateOptions } from './options.js';
import { ReturnSignal } from './runtime/return-signal.js';
import { type JinjaContext, RenderState } from './runtime/state.js';
import { parseTemplate } from './syntax/parser.js';
import { TemplateSource } from './syntax/source.js';
import { literalEval } from './text/literal-eval.js';
import { isNumeric } from './values/numbers.js';
import { type HostObject, JINJA } from './values/protocol.js';
import { pyStr } from './values/text.js';

/** A text that says how it is to be read: as text, or as a Python literal of some type. */
class NativeMarker implements HostObject {
  readonly [JINJA.type] = 'str';

  constructor(
    readonly kind: 'text' | 'native' | 'bool' | 'number',
    readonly text: string,
  ) {}

  [JINJA.str](): string {
    return this.text;
  }
}

const NATIVE_REGISTRY = registryWith({
  as_text: (value) => new NativeMarker('text', pyStr(value)),
  as_bool: (value) => new NativeMarker('bool', pyStr(value)),
  as_native: (value) => new NativeMarker('native', pyStr(value)),
  as_number: (value) => new NativeMarker('number', pyStr(value)),
});

/** Compiled templates by text: the same few texts come up in file after file. */
const compiled = new Map<string, { readonly file: string; readonly line: number; readonly run: CompiledFunction }>();
const MAX_COMPILED = 2000;

/**
 * Renders a value of a YAML file as dbt does: a template that is a single expression keeps its type, everything else
 * is a text; `as_bool`, `as_number` and `as_native` read their text as a Python literal. A text without any Jinja
 * comes back as it is, but for one newline at its end, which Jinja drops.
 */
export function renderNativeSync(
  text: string,
  context: JinjaContext,
  options: TemplateOptions & RenderOptions,
): unknown {
  if (!text.includes('{')) return withoutLastNewline(text);
  return joined(run(text, context, options), options);
}

/** {@link renderNativeSync} that waits for each call that gives a promise: a test's arguments when it runs. */
export async function renderNative(
  text: string,
  context: JinjaContext,
  options: TemplateOptions & RenderOptions,
): Promise<unknown> {
  if (!text.includes('{')) return withoutLastNewline(text);
  const source = new TemplateSource(text, options.file, options.firstLine, options.firstColumn);
  const fn = compile(parseTemplate(source), source, { isAsync: true, native: true, registry: NATIVE_REGISTRY });
  try {
    const state = new RenderState(context, options.undefined === 'lenient', GLOBALS);
    return joined((await fn(state, [])) as unknown[], options);
  } catch (error) {
    if (error instanceof ReturnSignal) throw failure("'return' was called outside of a macro", options);
    throw error;
  }
}

function joined(values: readonly unknown[], options: TemplateOptions): unknown {
  if (values.length === 0) return '';
  const [first] = values;
  if (values.length > 1) return values.map(pyStr).join('');
  return first instanceof NativeMarker ? readMarker(first, options) : first;
}

function withoutLastNewline(text: string): string {
  const normal = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return normal.endsWith('\n') ? normal.slice(0, -1) : normal;
}

function run(text: string, context: JinjaContext, options: TemplateOptions & RenderOptions): unknown[] {
  const line = options.firstLine ?? 1;
  let entry = compiled.get(text);
  if (!entry || entry.file !== options.file || entry.line !== line) {
    const source = new TemplateSource(text, options.file, line, options.firstColumn);
    const fn = compile(parseTemplate(source), source, { isAsync: false, native: true, registry: NATIVE_REGISTRY });
    entry = { file: options.file, line, run: fn };
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(text, entry);
  }
  try {
    return entry.run(new RenderState(context, options.undefined === 'lenient', GLOBALS), []) as unknown[];
  } catch (error) {
    if (error instanceof ReturnSignal) throw failure("'return' was called outside of a macro", options);
    throw error;
  }
}

function readMarker(marker: NativeMarker, options: TemplateOptions): unknown {
  if (marker.kind === 'text') return marker.text;
  const literal = literalEval(marker.text);
  const value = literal ? literal.value : marker.text;
  if (marker.kind === 'bool' && typeof value !== 'boolean') {
    throw failure(`Could not convert value '${marker.text}' into type 'bool'`, options);
  }
  if (marker.kind === 'number' && (!isNumeric(value) || typeof value === 'boolean')) {
    throw failure(`Could not convert value '${marker.text}' into type 'number'`, options);
  }
  return value;
}

function failure(message: string, options: TemplateOptions): DbtError {
  const { file, firstLine = 1, firstColumn = 1 } = options;
  return new DbtError('jinja-runtime', message, { span: { file, line: firstLine, column: firstColumn } });
}
