import type { Arguments, Expr, Param, Stmt, Target } from '../syntax/ast.js';

/** A variable of generated code. */
export interface Variable {
  /** Its identifier in the generated code: generated too, never a name of the template. */
  readonly id: string;
  readonly name: string;
  /** Where its value comes from before anything is assigned. */
  readonly origin: 'resolve' | 'undefined' | 'parameter' | 'alias';
  /** The variable that an alias starts from. */
  readonly outer: Variable | undefined;
}

/** What a compilation unit (a template's root, or one macro) shares between its frames. */
export class Names {
  #next = 0;
  /** Free names, looked up at most once in a call however deep in loops they are used. */
  readonly hoisted = new Map<string, Variable>();

  fresh(prefix: string): string {
    return `${prefix}${this.#next++}`;
  }

  hoist(name: string): Variable {
    let variable = this.hoisted.get(name);
    if (!variable) {
      variable = { id: this.fresh('v'), name, origin: 'resolve', outer: undefined };
      this.hoisted.set(name, variable);
    }
    return variable;
  }
}

/**
 * The names of one scope by Jinja's rules: a `for`, a macro, a block of `call`, `filter`, `set` or `with` opens one,
 * `if` does not. A name that is set anywhere in a scope belongs to it in the whole scope and starts as the outer one.
 */
export class Frame {
  readonly #refs = new Map<string, Variable>();
  readonly #stores = new Set<string>();

  constructor(
    readonly names: Names,
    readonly parent: Frame | undefined,
  ) {}

  /** The variables that are declared where the frame begins: its own but the parameters. */
  *declared(): Iterable<Variable> {
    for (const variable of this.#refs.values()) {
      if (variable.origin !== 'parameter' && this.names.hoisted.get(variable.name) !== variable) yield variable;
    }
  }

  find(name: string): Variable | undefined {
    return this.#refs.get(name) ?? this.parent?.find(name);
  }

  /** The variable of a name that the analysis has seen. */
  ref(name: string): Variable {
    return this.find(name) ?? this.load(name);
  }

  #define(name: string, origin: Variable['origin'], outer?: Variable): Variable {
    const variable = { id: this.names.fresh('v'), name, origin, outer };
    this.#refs.set(name, variable);
    return variable;
  }

  parameter(name: string): Variable {
    this.#stores.add(name);
    return this.#define(name, 'parameter');
  }

  load(name: string): Variable {
    const found = this.find(name);
    if (found) return found;
    const variable = this.names.hoist(name);
    this.#refs.set(name, variable);
    return variable;
  }

  store(name: string): void {
    this.#stores.add(name);
    const own = this.#refs.get(name);
    if (own) {
      // A free name that is set after all: from here on it is a variable of the frame.
      if (this.names.hoisted.get(name) === own) this.#define(name, 'alias', own);
      return;
    }
    const outer = this.parent?.find(name);
    if (outer) this.#define(name, 'alias', outer);
    else this.#define(name, 'undefined');
  }

  /** Sees the statements of the frame's own scope. */
  visitAll(nodes: readonly Stmt[]): void {
    for (const node of nodes) this.visit(node);
  }

  visit(node: Stmt): void {
    switch (node.type) {
      case 'data':
      case 'break':
      case 'continue':
        return;
      case 'output':
      case 'do':
        this.visitExpr(node.expression);
        return;
      case 'set':
        this.visitExpr(node.value);
        this.visitTarget(node.target);
        return;
      case 'setblock':
        if (node.filter) this.visitArgs(node.filter);
        this.visitTarget(node.target);
        return;
      case 'if':
        this.#visitIf(node.branches, node.otherwise);
        return;
      case 'for':
        this.visitExpr(node.iterable);
        return;
      case 'macro':
        this.store(node.variable);
        return;
      case 'callblock':
        this.visitExpr(node.call);
        return;
      case 'filterblock':
        this.visitExpr(node.filter);
        return;
      case 'with':
        for (const { value } of node.items) this.visitExpr(value);
        return;
    }
  }

  #visitIf(branches: readonly { test: Expr; body: readonly Stmt[] }[], otherwise: readonly Stmt[]): void {
    const [first, ...rest] = branches;
    if (!first) return;
    this.visitExpr(first.test);
    const before = new Set(this.#stores);
    this.visitAll(first.body);
    if (rest.length > 0) this.#visitIf(rest, []);
    this.visitAll(otherwise);
    // What only a branch sets keeps its outer or the host's value when the branch is not taken.
    for (const name of this.#stores) {
      const own = this.#refs.get(name);
      if (before.has(name) || !own || own.origin !== 'undefined') continue;
      this.#refs.set(name, { ...own, origin: 'resolve' });
    }
  }

  /** Names in a target are set; a namespace's is read. */
  visitTarget(target: Target): void {
    if (target.type === 'name') this.store(target.name);
    else if (target.type === 'nsref') this.load(target.name);
    else for (const item of target.items) this.visitTarget(item);
  }

  /** Names in a target become parameters: loop variables, the targets of `with`. */
  declareTarget(target: Target): void {
    if (target.type === 'name') this.parameter(target.name);
    else if (target.type === 'nsref') this.load(target.name);
    else for (const item of target.items) this.declareTarget(item);
  }

  visitParams(params: readonly Param[]): void {
    for (const { name } of params) this.parameter(name);
    for (const { default: value } of params) if (value) this.visitExpr(value);
  }

  visitArgs(node: { readonly args: Arguments }): void {
    for (const value of argumentExprs(node.args)) this.visitExpr(value);
  }

  visitExpr(node: Expr): void {
    if (node.type === 'name') this.load(node.name);
    else for (const child of children(node)) this.visitExpr(child);
  }
}

/** The expressions in arguments, in the order in which they are evaluated. */
export function argumentExprs(args: Arguments): Expr[] {
  const out = [...args.positional];
  for (const { value } of args.keyword) out.push(value);
  if (args.star) out.push(args.star);
  if (args.starStar) out.push(args.starStar);
  return out;
}

/** The direct sub-expressions of an expression. */
export function children(node: Expr): readonly Expr[] {
  switch (node.type) {
    case 'const':
    case 'name':
      return [];
    case 'tuple':
    case 'list':
    case 'concat':
      return node.items;
    case 'dict':
      return node.items.flatMap(({ key, value }) => [key, value]);
    case 'attr':
      return [node.object];
    case 'item':
      return [node.object, node.key];
    case 'slice':
      return [node.from, node.to, node.step].filter((part) => part !== undefined);
    case 'call':
      return [node.callee, ...argumentExprs(node.args)];
    case 'filter':
      return node.input ? [node.input, ...argumentExprs(node.args)] : argumentExprs(node.args);
    case 'test':
      return [node.input, ...argumentExprs(node.args)];
    case 'unary':
      return [node.operand];
    case 'binary':
    case 'logical':
      return [node.left, node.right];
    case 'compare':
      return [node.first, ...node.rest.map(({ operand }) => operand)];
    case 'conditional':
      return node.otherwise ? [node.test, node.yes, node.otherwise] : [node.test, node.yes];
  }
}

/** The statements directly inside a statement, all branches together. */
export function bodies(node: Stmt): readonly Stmt[] {
  switch (node.type) {
    case 'if':
      return [...node.branches.flatMap(({ body }) => body), ...node.otherwise];
    case 'for':
      return [...node.body, ...node.otherwise];
    case 'setblock':
    case 'macro':
    case 'callblock':
    case 'filterblock':
    case 'with':
      return node.body;
    default:
      return [];
  }
}

/** The expressions directly in a statement, without those of the statements inside it. */
export function expressionsOf(node: Stmt): readonly Expr[] {
  switch (node.type) {
    case 'output':
    case 'do':
      return [node.expression];
    case 'set':
      return [node.value];
    case 'setblock':
      return node.filter ? [node.filter] : [];
    case 'if':
      return node.branches.map(({ test }) => test);
    case 'for':
      return node.test ? [node.iterable, node.test] : [node.iterable];
    case 'macro':
      return node.params.flatMap((param) => (param.default ? [param.default] : []));
    case 'callblock':
      return [...node.params.flatMap((param) => (param.default ? [param.default] : [])), node.call];
    case 'filterblock':
      return [node.filter];
    case 'with':
      return node.items.map(({ value }) => value);
    default:
      return [];
  }
}

/** Whether a name is read anywhere in statements, however deep, nested macros included. */
export function usesName(nodes: readonly Stmt[], name: string): boolean {
  const inExpr = (node: Expr): boolean => (node.type === 'name' ? node.name === name : children(node).some(inExpr));
  return nodes.some((node) => expressionsOf(node).some(inExpr) || usesName(bodies(node), name));
}

/** Whether a name is assigned anywhere in statements: the loop variable may not be. */
export function findStore(nodes: readonly Stmt[], name: string): { start: number; end: number } | undefined {
  const inTarget = (target: Target): { start: number; end: number } | undefined => {
    if (target.type === 'name') return target.name === name ? target : undefined;
    return target.type === 'targets' ? target.items.map(inTarget).find((found) => found) : undefined;
  };
  for (const node of nodes) {
    const own =
      node.type === 'set' || node.type === 'setblock' || node.type === 'for' ? inTarget(node.target) : undefined;
    const found = own ?? findStore(bodies(node), name);
    if (found) return found;
  }
  return undefined;
}
