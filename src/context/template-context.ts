import type { BoundMacro, JinjaContext } from '../jinja/environment.js';
import { ContextView } from './context-view.js';
import { type LoadedMacro, PackageMacros, type VisibleMacros } from './macro-namespace.js';
import { PackageView } from './package-view.js';
import type { ReadObserver } from './reads.js';

/** Makes the value of a name on its first use in a context. */
export type Member<C extends TemplateContext = TemplateContext> = (context: C) => unknown;

/** The names of one phase. Names are looked up as they are written in templates. */
export type Members<C extends TemplateContext = TemplateContext> = ReadonlyMap<string, Member<C>>;

/** One layer of names over another: the upper one wins. */
export function layer<C extends TemplateContext>(
  lower: Members<C>,
  upper: Iterable<readonly [string, Member<C>]>,
): Members<C> {
  const merged = new Map(lower);
  for (const [name, member] of upper) merged.set(name, member);
  return merged;
}

/** The node or macro whose template it is. */
export interface ContextOwner {
  readonly name: string;
  readonly unique_id: string;
  readonly package_name: string;
  readonly resource_type: string;
}

export interface TemplateContextOptions<C extends TemplateContext> {
  /** Null for templates of YAML files and of dbt_project.yml. */
  readonly owner: ContextOwner | null;
  readonly members: Members<C>;
  /** The macros that the template's package sees; null for contexts without macros (YAML files). */
  readonly macros: VisibleMacros | null;
  /** Called with each macro that the template itself calls, not with those that macros call. */
  readonly onMacro?: (uniqueId: string) => void;
  readonly reads?: ReadObserver | undefined;
}

/**
 * The names that the template of one node sees: macros first, then the members of the phase. Nothing is made before
 * it is used; what is made is kept for the life of the context.
 */
export class TemplateContext implements JinjaContext {
  readonly macros: VisibleMacros | null;
  readonly owner: ContextOwner | null;
  /** The `unique_id`s of the macros that run, outermost first. */
  readonly macroStack: string[] = [];
  readonly #members: Members;
  readonly #values = new Map<string, unknown>();
  readonly #onMacro: ((uniqueId: string) => void) | undefined;
  readonly #reads: ReadObserver | undefined;
  /** The names that `context.update` has put in. */
  #added: Set<string> | undefined;
  /** Those that `context.pop` has taken away. */
  #removed: Set<string> | undefined;
  #bound: Map<LoadedMacro, BoundMacro> | undefined;

  constructor(options: TemplateContextOptions<never>) {
    this.#members = options.members as unknown as Members;
    this.macros = options.macros;
    this.owner = options.owner;
    this.#onMacro = options.onMacro;
    this.#reads = options.reads;
  }

  /** The value of a name, or undefined. */
  get(name: string): unknown {
    if (this.#removed?.has(name)) return undefined;
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const found = this.macros?.get(name);
    if (found !== undefined) {
      const value = found instanceof PackageMacros ? new PackageView(found, (m) => this.bind(m)) : this.bind(found);
      this.#values.set(name, value);
      return value;
    }
    return this.builtin(name);
  }

  /** The value of a member, even where a macro hides it: what `builtins.<name>` gives. */
  builtin(name: string): unknown {
    const key = `builtins.${name}`;
    if (this.#values.has(key)) return this.#values.get(key);
    const member = this.#members.get(name);
    if (member === undefined) {
      if (name === 'context')
        return this.#keep(
          'context',
          new ContextView(
            (n) => this.get(n),
            () => this.names(),
            (n, value) => this.#put(n, value),
          ),
        );
      if (name === 'builtins') {
        return this.#keep(
          'builtins',
          new ContextView(
            (n) => this.builtin(n),
            () => this.#members.keys(),
          ),
        );
      }
      return undefined;
    }
    const value = member(this);
    this.#values.set(key, value);
    if (!this.macros?.get(name)) this.#values.set(name, value);
    return value;
  }

  /** Whether a name has a value. */
  has(name: string): boolean {
    if (this.#removed?.has(name)) return false;
    return (
      this.macros?.get(name) !== undefined ||
      this.#members.has(name) ||
      name === 'context' ||
      name === 'builtins' ||
      this.#added?.has(name) === true
    );
  }

  /** Every name, for `context.keys()` and "did you mean". */
  *names(): IterableIterator<string> {
    const seen = new Set<string>();
    for (const source of [
      ['context', 'builtins'],
      this.#members.keys(),
      this.macros?.names() ?? [],
      this.#added ?? [],
    ]) {
      for (const name of source) {
        if (seen.has(name) || this.#removed?.has(name)) continue;
        seen.add(name);
        yield name;
      }
    }
  }

  onChance(): void {
    this.#reads?.readUnrepeatable();
  }

  /** The macro as a callable of this context; calling it keeps the stack of macros. */
  bind(macro: LoadedMacro): BoundMacro {
    this.#bound ??= new Map();
    let bound = this.#bound.get(macro);
    if (!bound) {
      const id = macro.macro.unique_id;
      bound = macro.definition.bind(this, { enter: () => this.#enter(id), exit: () => this.macroStack.pop() });
      this.#bound.set(macro, bound);
    }
    return bound;
  }

  #enter(uniqueId: string): void {
    if (this.macroStack.length === 0) this.#onMacro?.(uniqueId);
    this.macroStack.push(uniqueId);
  }

  /** Without a value the name is taken away. */
  #put(name: string, value: unknown): void {
    if (value === undefined) {
      this.#values.delete(name);
      this.#added?.delete(name);
      this.#removed ??= new Set();
      this.#removed.add(name);
      return;
    }
    this.#removed?.delete(name);
    this.#values.set(name, value);
    this.#added ??= new Set();
    this.#added.add(name);
  }

  #keep(name: string, value: unknown): unknown {
    this.#values.set(name, value);
    return value;
  }
}
