import type { SourceSpan } from '../diagnostics/span.js';
import { bodies, children, expressionsOf } from './codegen/frame.js';
import { TEXT_REGISTRY } from './functions/registry.js';
import { foldConstant } from './runtime/constant.js';
import type { CallExpr, Expr, MacroNode, Stmt, TemplateNode } from './syntax/ast.js';
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
  visitStatements(statementsOf(where), (node) => {
    if (node.type !== 'call') return;
    const name = calledName(node.callee);
    if (name === undefined) return;
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
  });
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
  let found = false;
  visitStatements(statementsOf(where), (node) => {
    if (node.type === 'name' && node.name === name) found = true;
  });
  return found;
}

type Visit = (node: Expr) => void;

/** Visits every expression of the statements, parents first, in the order in which Jinja's `find_all` goes. */
function visitStatements(nodes: readonly Stmt[], visit: Visit): void {
  for (const node of nodes) visitStatement(node, visit);
}

function visitStatement(node: Stmt, visit: Visit): void {
  switch (node.type) {
    case 'if':
      for (const branch of node.branches) {
        visitExpr(branch.test, visit);
        visitStatements(branch.body, visit);
      }
      visitStatements(node.otherwise, visit);
      return;
    case 'for':
      visitExpr(node.iterable, visit);
      visitStatements(node.body, visit);
      visitStatements(node.otherwise, visit);
      if (node.test) visitExpr(node.test, visit);
      return;
    case 'callblock':
      visitExpr(node.call, visit);
      for (const param of node.params) if (param.default) visitExpr(param.default, visit);
      visitStatements(node.body, visit);
      return;
    case 'filterblock':
      visitStatements(node.body, visit);
      visitExpr(node.filter, visit);
      return;
    default:
      for (const expression of expressionsOf(node)) visitExpr(expression, visit);
      visitStatements(bodies(node), visit);
  }
}

function visitExpr(node: Expr, visit: Visit): void {
  visit(node);
  if (node.type === 'const' || node.type === 'name') return;
  for (const child of children(node)) visitExpr(child, visit);
}
