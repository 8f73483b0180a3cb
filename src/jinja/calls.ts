import type { SourceSpan } from '../diagnostics/span.js';
import { argumentExprs } from './codegen/frame.js';
import { TEXT_REGISTRY } from './functions/registry.js';
import { foldConstant } from './runtime/constant.js';
import type { Arguments, CallExpr, Expr, FilterExpr, MacroNode, Stmt, TemplateNode } from './syntax/ast.js';
import type { TemplateSource } from './syntax/source.js';

/** A call that can be named without running the template: `ref(…)`, `dbt_utils.star(…)`, `adapter.dispatch(…)`. */
export interface StaticCall {
  readonly name: string;
  /** The values of the positional arguments; JavaScript's undefined for one that is not constant. */
  readonly positional: readonly unknown[];
  /** The values of the keyword arguments; JavaScript's undefined for one that is not constant. */
  readonly keyword: ReadonlyMap<string, unknown>;
  /** Whether `*args` or `**kwargs` bring more that can't be known. */
  readonly dynamic: boolean;
  readonly node: CallExpr;
  readonly span: SourceSpan;
}

/** What can be searched: a template, or one macro's definition. */
export type Searchable = { readonly source: TemplateSource } & (
  | { readonly ast: TemplateNode }
  | { readonly node: MacroNode }
);

function statementsOf(where: Searchable): readonly Stmt[] {
  return 'ast' in where ? where.ast.body : [where.node];
}

/**
 * All calls of a name or of an attribute of a name, outer before inner, in the order of the text as Jinja's own
 * `find_all` gives them.
 */
export function findCalls(where: Searchable): readonly StaticCall[] {
  const { source } = where;
  const found: StaticCall[] = [];
  for (const node of expressions(statementsOf(where))) {
    if (node.type !== 'call') continue;
    const name = calledName(node.callee);
    if (name === undefined) continue;
    const { args } = node;
    found.push({
      name,
      positional: args.positional.map((arg) => safeEvalConst(arg)?.value),
      keyword: new Map(args.keyword.map((arg) => [arg.name, safeEvalConst(arg.value)?.value])),
      dynamic: args.star !== undefined || args.starStar !== undefined,
      node,
      get span() {
        return source.span(node.start, node.end);
      },
    });
  }
  return found;
}

function calledName(callee: Expr): string | undefined {
  if (callee.type === 'name') return callee.name;
  if (callee.type === 'attr' && callee.object.type === 'name') return `${callee.object.name}.${callee.name}`;
  return undefined;
}

/** The value of an expression of literals and operators; undefined when it needs the context or a call. */
export function safeEvalConst(node: Expr): { readonly value: unknown } | undefined {
  return foldConstant(node, TEXT_REGISTRY);
}

/** Whether a template reads a name anywhere, in nested macros too. */
export function readsName(where: Searchable, name: string): boolean {
  for (const node of expressions(statementsOf(where))) if (node.type === 'name' && node.name === name) return true;
  return false;
}

/** Every expression of the statements, parents first. */
function* expressions(nodes: readonly Stmt[]): Generator<Expr> {
  for (const node of nodes) yield* inStatement(node);
}

function* inStatement(node: Stmt): Generator<Expr> {
  switch (node.type) {
    case 'output':
    case 'do':
      return yield* inExpr(node.expression);
    case 'set':
      return yield* inExpr(node.value);
    case 'setblock':
      if (node.filter) yield* inExpr(node.filter);
      return yield* expressions(node.body);
    case 'if':
      for (const branch of node.branches) {
        yield* inExpr(branch.test);
        yield* expressions(branch.body);
      }
      return yield* expressions(node.otherwise);
    case 'for':
      yield* inExpr(node.iterable);
      yield* expressions(node.body);
      yield* expressions(node.otherwise);
      if (node.test) yield* inExpr(node.test);
      return;
    case 'macro':
      for (const param of node.params) if (param.default) yield* inExpr(param.default);
      return yield* expressions(node.body);
    case 'callblock':
      yield* inExpr(node.call);
      for (const param of node.params) if (param.default) yield* inExpr(param.default);
      return yield* expressions(node.body);
    case 'filterblock':
      yield* expressions(node.body);
      return yield* inExpr(node.filter);
    case 'with':
      for (const { value } of node.items) yield* inExpr(value);
      return yield* expressions(node.body);
    default:
  }
}

function* inArguments(args: Arguments): Generator<Expr> {
  for (const arg of argumentExprs(args)) yield* inExpr(arg);
}

function* inExpr(node: Expr | FilterExpr): Generator<Expr> {
  yield node;
  switch (node.type) {
    case 'const':
    case 'name':
      return;
    case 'tuple':
    case 'list':
    case 'concat':
      for (const item of node.items) yield* inExpr(item);
      return;
    case 'dict':
      for (const { key, value } of node.items) {
        yield* inExpr(key);
        yield* inExpr(value);
      }
      return;
    case 'attr':
      return yield* inExpr(node.object);
    case 'item':
      yield* inExpr(node.object);
      return yield* inExpr(node.key);
    case 'slice':
      for (const part of [node.from, node.to, node.step]) if (part) yield* inExpr(part);
      return;
    case 'call':
      yield* inExpr(node.callee);
      return yield* inArguments(node.args);
    case 'filter':
      if (node.input) yield* inExpr(node.input);
      return yield* inArguments(node.args);
    case 'test':
      yield* inExpr(node.input);
      return yield* inArguments(node.args);
    case 'unary':
      return yield* inExpr(node.operand);
    case 'binary':
    case 'logical':
      yield* inExpr(node.left);
      return yield* inExpr(node.right);
    case 'compare':
      yield* inExpr(node.first);
      for (const { operand } of node.rest) yield* inExpr(operand);
      return;
    case 'conditional':
      yield* inExpr(node.test);
      yield* inExpr(node.yes);
      if (node.otherwise) yield* inExpr(node.otherwise);
      return;
  }
}
