import type { SourceSpan } from '../diagnostics/span.js';
import { implicitNames, macroFlags } from './codegen/statements.js';
import { type CompiledFunction, compile } from './compile.js';
import { GLOBALS } from './functions/globals.js';
import { TEXT_REGISTRY } from './functions/registry.js';
import type { DualCallable } from './runtime/call.js';
import { bindMacroArguments, type Signature, TAKES_CALLER, TAKES_KWARGS, TAKES_VARARGS } from './runtime/macro-call.js';
import { MODE } from './runtime/mode.js';
import { type JinjaContext, RenderState } from './runtime/state.js';
import type { MacroKind, MacroNode } from './syntax/ast.js';
import type { TemplateSource } from './syntax/source.js';
import { type CallArgs, type HostObject, JINJA } from './values/protocol.js';
import { PyTuple } from './values/tuple.js';

/** What runs before and after each call of a bound macro. `exit` runs after a failed one too. */
export interface MacroHooks {
  enter?(): void;
  exit?(): void;
}

/** A parameter as it is written in a macro's head. */
export interface MacroParameter {
  readonly name: string;
  readonly hasDefault: boolean;
}

/** A macro, materialization, test or docs block of a file; knows its code, not yet the names around it. */
export interface MacroDefinition {
  readonly kind: MacroKind;
  /** The name as written. */
  readonly name: string;
  /** dbt's name: `test_x` for a test, `materialization_x_<adapter>` for a materialization. */
  readonly fullName: string;
  /** For a materialization: its adapter, `default` when none is given. */
  readonly adapter: string | undefined;
  /** For a materialization: the languages of models that it takes. */
  readonly supportedLanguages: readonly string[] | undefined;
  readonly file: string;
  readonly span: SourceSpan;
  /** The block's own text in the file, with the whitespace that its outer tags strip: dbt's `macro_sql`. */
  readonly sourceText: string;
  readonly parameters: readonly MacroParameter[];
  readonly source: TemplateSource;
  readonly node: MacroNode;
  /** Gives the macro the names that its free ones resolve in: dbt uses those of the node that is being rendered. */
  bind(context: JinjaContext, hooks?: MacroHooks): BoundMacro;
}

/** A macro that can be called, by templates and by the host. */
export interface BoundMacro extends HostObject {
  readonly name: string;
  readonly definition: MacroDefinition;
  /** Calls it without I/O: a host function that gives a promise is an InternalError. */
  callSync(args: CallArgs): unknown;
  callAsync(args: CallArgs): Promise<unknown>;
}

/** Makes the definition of a parsed macro. Its code is generated when it is first called. */
export function defineMacro(node: MacroNode, source: TemplateSource): MacroDefinition {
  return new Definition(node, source);
}

class Definition implements MacroDefinition {
  readonly parameters: readonly MacroParameter[];
  #signature: Signature | undefined;
  #sync: CompiledFunction | undefined;
  #async: CompiledFunction | undefined;

  constructor(
    readonly node: MacroNode,
    readonly source: TemplateSource,
  ) {
    this.parameters = node.params.map((param) => ({ name: param.name, hasDefault: param.default !== undefined }));
  }

  get kind(): MacroKind {
    return this.node.kind;
  }

  get name(): string {
    return this.node.name;
  }

  get fullName(): string {
    return this.node.variable.replace(/^dbt_(?:macro|docs)__/, '');
  }

  get adapter(): string | undefined {
    return this.node.adapter;
  }

  get supportedLanguages(): readonly string[] | undefined {
    return this.node.languages;
  }

  get file(): string {
    return this.source.file;
  }

  get span(): SourceSpan {
    return this.source.span(this.node.start, this.node.end);
  }

  get sourceText(): string {
    const { text } = this.source;
    const { start, end } = this.node;
    // The lexer drops a newline at the very end; to dbt's search for blocks a last `-%}` has stripped it.
    const last = end === text.length - 1 && text.endsWith('\n') && /-%\}\s*$/.test(text.slice(start, end));
    return this.source.slice(start, last ? text.length : end);
  }

  get signature(): Signature {
    if (!this.#signature) {
      const { params, body, variable } = this.node;
      const flags = macroFlags(implicitNames(params, body));
      this.#signature = { name: variable, parameters: params.map((param) => param.name), flags };
    }
    return this.#signature;
  }

  compiled(isAsync: boolean): CompiledFunction {
    const registry = TEXT_REGISTRY;
    if (isAsync) {
      this.#async ??= compile(this.node, this.source, { isAsync, registry });
      return this.#async;
    }
    this.#sync ??= compile(this.node, this.source, { isAsync, registry });
    return this.#sync;
  }

  bind(context: JinjaContext, hooks?: MacroHooks): BoundMacro {
    return new Bound(this, new RenderState(context, false, GLOBALS), hooks);
  }
}

class Bound implements BoundMacro, DualCallable {
  readonly [JINJA.type] = 'MacroGenerator';
  readonly #state: RenderState;
  readonly #hooks: MacroHooks | undefined;

  constructor(
    readonly definition: Definition,
    state: RenderState,
    hooks: MacroHooks | undefined,
  ) {
    this.#state = state;
    this.#hooks = hooks;
  }

  get name(): string {
    return this.definition.fullName;
  }

  callSync(args: CallArgs): unknown {
    const { definition } = this;
    const hooks = this.#hooks;
    if (!hooks) return definition.compiled(false)(this.#state, bindMacroArguments(definition.signature, args));
    hooks.enter?.();
    try {
      return definition.compiled(false)(this.#state, bindMacroArguments(definition.signature, args));
    } finally {
      hooks.exit?.();
    }
  }

  callAsync(args: CallArgs): Promise<unknown> {
    const { definition } = this;
    if (this.#hooks) return this.#callHooked(this.#hooks, args);
    try {
      const compiled = definition.compiled(true);
      return compiled(this.#state, bindMacroArguments(definition.signature, args)) as Promise<unknown>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async #callHooked(hooks: MacroHooks, args: CallArgs): Promise<unknown> {
    const { definition } = this;
    hooks.enter?.();
    try {
      return await definition.compiled(true)(this.#state, bindMacroArguments(definition.signature, args));
    } finally {
      hooks.exit?.();
    }
  }

  [MODE.sync](args: CallArgs): unknown {
    return this.callSync(args);
  }

  [MODE.async](args: CallArgs): unknown {
    return this.callAsync(args);
  }

  [JINJA.call](args: CallArgs): unknown {
    return this.callSync(args);
  }

  [JINJA.attr](name: string): unknown {
    const { signature } = this.definition;
    if (name === 'name') return this.name;
    if (name === 'arguments') return new PyTuple(signature.parameters);
    if (name === 'catch_kwargs') return (signature.flags & TAKES_KWARGS) !== 0;
    if (name === 'catch_varargs') return (signature.flags & TAKES_VARARGS) !== 0;
    if (name === 'caller') return (signature.flags & TAKES_CALLER) !== 0;
    return undefined;
  }

  [JINJA.str](): string {
    return `<macro ${this.name}>`;
  }
}
