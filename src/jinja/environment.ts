import { DbtError } from '../diagnostics/errors.js';
import { type CompiledFunction, compile } from './compile.js';
import { GLOBALS } from './functions/globals.js';
import { TEXT_REGISTRY } from './functions/registry.js';
import { defineMacro, type MacroDefinition } from './macro.js';
import type { RenderOptions, TemplateOptions } from './options.js';
import { ReturnSignal } from './runtime/return-signal.js';
import { type JinjaContext, RenderState } from './runtime/state.js';
import type { TemplateNode } from './syntax/ast.js';
import { parseTemplate } from './syntax/parser.js';
import { TemplateSource } from './syntax/source.js';

export type { BoundMacro, MacroDefinition, MacroHooks, MacroParameter } from './macro.js';
export { renderNative, renderNativeSync } from './native.js';
export type { RenderOptions, TemplateOptions } from './options.js';
export { callAsync, callSync } from './runtime/call.js';
export { ReturnSignal, returnFunction } from './runtime/return-signal.js';
export type { JinjaContext, Trace } from './runtime/state.js';

/** A parsed template. Its code is generated when it is first rendered, once for each way of rendering. */
export interface Template {
  readonly file: string;
  readonly text: string;
  readonly source: TemplateSource;
  readonly ast: TemplateNode;
  /**
   * The macro, materialization, test, data_test and docs blocks at its top level, in order. A file of macros is better
   * read with `compileMacros`, which as dbt does looks at nothing but the blocks.
   */
  readonly macros: readonly MacroDefinition[];
  /** Renders without I/O: a host function that gives a promise is an InternalError. */
  renderSync(context: JinjaContext, options?: RenderOptions): string;
  /** Renders, waiting for each call that gives a promise. */
  render(context: JinjaContext, options?: RenderOptions): Promise<string>;
}

/** Parses a template. Throws a DbtError `jinja-syntax` or `jinja-unsupported` with the place. */
export function compileTemplate(text: string, options: TemplateOptions): Template {
  const source = new TemplateSource(text, options.file, options.firstLine, options.firstColumn);
  return new ParsedTemplate(text, source, parseTemplate(source));
}

class ParsedTemplate implements Template {
  #macros: readonly MacroDefinition[] | undefined;
  #sync: CompiledFunction | undefined;
  #async: CompiledFunction | undefined;
  #traced: CompiledFunction | undefined;

  constructor(
    readonly text: string,
    readonly source: TemplateSource,
    readonly ast: TemplateNode,
  ) {}

  get file(): string {
    return this.source.file;
  }

  get macros(): readonly MacroDefinition[] {
    this.#macros ??= this.ast.body.flatMap((node) => (node.type === 'macro' ? [defineMacro(node, this.source)] : []));
    return this.#macros;
  }

  renderSync(context: JinjaContext, options: RenderOptions = {}): string {
    this.#sync ??= compile(this.ast, this.source, { isAsync: false, registry: TEXT_REGISTRY });
    try {
      return this.#sync(stateOf(context, options), []) as string;
    } catch (error) {
      throw outsideOfMacro(error, this.file);
    }
  }

  async render(context: JinjaContext, options: RenderOptions = {}): Promise<string> {
    const traced = options.trace !== undefined;
    const compiled = traced ? this.#traced : this.#async;
    const root = compiled ?? compile(this.ast, this.source, { isAsync: true, traced, registry: TEXT_REGISTRY });
    if (traced) this.#traced = root;
    else this.#async = root;
    try {
      return (await root(stateOf(context, options), [])) as string;
    } catch (error) {
      throw outsideOfMacro(error, this.file);
    }
  }
}

function stateOf(context: JinjaContext, options: RenderOptions): RenderState {
  return new RenderState(context, options.undefined === 'lenient', GLOBALS, options.trace);
}

/** `return(x)` outside of a macro has nothing to end. */
function outsideOfMacro(error: unknown, file: string): unknown {
  if (!(error instanceof ReturnSignal)) return error;
  return new DbtError('jinja-runtime', "'return' was called outside of a macro", {
    span: { file, line: 1, column: 1 },
    hint: 'Only a macro can return a value. In a model, print it instead.',
  });
}
