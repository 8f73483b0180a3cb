import { DbtError } from '../diagnostics/errors.js';
import { type CompiledFunction, compile } from './compile.js';
import { GLOBALS } from './functions/globals.js';
import { registryWith } from './functions/registry.js';
import type { RenderOptions, TemplateOptions } from './options.js';
import { getAttr, getItem } from './runtime/access.js';
import { add, mod, mul } from './runtime/arithmetic.js';
import type { FilterFunction, Registry, TestFunction } from './runtime/functions.js';
import { ReturnSignal } from './runtime/return-signal.js';
import { type JinjaContext, RenderState } from './runtime/state.js';
import { parseTemplate } from './syntax/parser.js';
import { TemplateSource } from './syntax/source.js';
import { literalEval } from './text/literal-eval.js';
import { compareText, pyEquals } from './values/compare.js';
import { contains, iterate, pyLength } from './values/iterate.js';
import { isNumeric } from './values/numbers.js';
import { type BinaryOperator, type HostObject, JINJA } from './values/protocol.js';
import { pyRepr, pyStr } from './values/text.js';
import { PyTuple } from './values/tuple.js';

/**
 * A text that says how it is to be read: as text, or as a Python literal of some type. In an expression it is its text, as in
 * `target.name in ['dev', 'ci'] | as_bool`, where the filter belongs to the list.
 */
class NativeMarker implements HostObject {
  readonly [JINJA.type] = 'str';

  constructor(
    readonly kind: 'text' | 'native' | 'bool' | 'number',
    readonly text: string,
  ) {}

  [JINJA.str](): string {
    return this.text;
  }

  [JINJA.repr](): string {
    return pyRepr(this.text);
  }

  [JINJA.eq](other: unknown): boolean {
    return pyEquals(this.text, textOf(other));
  }

  [JINJA.compare](other: unknown): number | undefined {
    const text = textOf(other);
    return typeof text === 'string' ? compareText(this.text, text) : undefined;
  }

  [JINJA.contains](value: unknown): boolean {
    return contains(this.text, textOf(value));
  }

  [JINJA.iter](): Iterable<unknown> {
    return iterate(this.text);
  }

  [JINJA.len](): number {
    return pyLength(this.text);
  }

  [JINJA.attr](name: string): unknown {
    return getAttr(this.text, name);
  }

  [JINJA.item](key: unknown): unknown {
    return getItem(this.text, key);
  }

  [JINJA.binary](operator: BinaryOperator, other: unknown, reversed: boolean): unknown {
    const [a, b] = reversed ? [textOf(other), this.text] : [this.text, textOf(other)];
    if (operator === '+') return add(a, b);
    if (operator === '*') return mul(a, b);
    return operator === '%' ? mod(a, b) : undefined;
  }
}

function textOf(value: unknown): unknown {
  return value instanceof NativeMarker ? value.text : value;
}

const NATIVE_REGISTRY = reading(
  registryWith({
    as_text: (value) => new NativeMarker('text', pyStr(value)),
    as_bool: (value) => new NativeMarker('bool', pyStr(value)),
    as_native: (value) => new NativeMarker('native', pyStr(value)),
    as_number: (value) => new NativeMarker('number', pyStr(value)),
  }),
);

/** Filters and tests that get a marker's text where a marker is their input. */
function reading({ filters, tests }: Registry): Registry {
  return {
    filters: new Map(
      [...filters].map(([name, filter]): [string, FilterFunction] => [
        name,
        (value, ...rest) => filter(textOf(value), ...rest),
      ]),
    ),
    tests: new Map(
      [...tests].map(([name, test]): [string, TestFunction] => [
        name,
        (value, ...rest) => test(textOf(value), ...rest),
      ]),
    ),
  };
}

/** Compiled templates by text: the same few texts come up in file after file. */
const compiled = new Map<string, Compiled>();
const MAX_COMPILED = 2000;

interface Compiled {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly run: CompiledFunction;
}

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
  if (values.length > 1) {
    try {
      return values.map(pyStr).join('');
    } catch (error) {
      // What has no text, e.g. because it is nested too deeply.
      const { file, firstLine = 1, firstColumn = 1 } = options;
      throw error instanceof DbtError ? error.with({ span: { file, line: firstLine, column: firstColumn } }) : error;
    }
  }
  return first instanceof NativeMarker ? readMarker(first, options) : withoutMarkers(first);
}

/** A list or tuple with the texts of its markers. */
function withoutMarkers(value: unknown): unknown {
  if (Array.isArray(value)) return value.some((item) => item instanceof NativeMarker) ? value.map(textOf) : value;
  return value instanceof PyTuple && value.items.some((item) => item instanceof NativeMarker)
    ? new PyTuple(value.items.map(textOf))
    : value;
}

function withoutLastNewline(text: string): string {
  const normal = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return normal.endsWith('\n') ? normal.slice(0, -1) : normal;
}

function run(text: string, context: JinjaContext, options: TemplateOptions & RenderOptions): unknown[] {
  const { file, firstLine: line = 1, firstColumn: column = 1 } = options;
  let entry = compiled.get(text);
  if (!entry || entry.file !== file || entry.line !== line || entry.column !== column) {
    const source = new TemplateSource(text, file, line, column);
    const fn = compile(parseTemplate(source), source, { isAsync: false, native: true, registry: NATIVE_REGISTRY });
    entry = { file, line, column, run: fn };
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
