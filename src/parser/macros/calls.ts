import type { CallExpr, Expr } from '../../jinja/syntax/ast.js';

/** A call that may be one of a macro: by its name, by `package.name`, or dispatched. */
export type MacroCall =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'qualified'; readonly packageName: string; readonly name: string }
  | { readonly kind: 'dispatch'; readonly name: string | null; readonly namespace: string | null };

/** Every call in a part of a syntax tree that could be one of a macro, outer ones before those within. */
export function macroCalls(node: unknown): MacroCall[] {
  const found: MacroCall[] = [];
  visit(node, found);
  return found;
}

function visit(value: unknown, found: MacroCall[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
    return;
  }
  const node = value as { readonly type?: string };
  if (node.type === 'data' || node.type === 'const') return;
  if (node.type === 'call') {
    const call = toMacroCall(node as CallExpr);
    if (call) found.push(call);
  }
  for (const key in node) {
    const child = (node as Record<string, unknown>)[key];
    if (typeof child === 'object' && child !== null) visit(child, found);
  }
}

function toMacroCall({ callee, args }: CallExpr): MacroCall | undefined {
  if (callee.type === 'name') return { kind: 'named', name: callee.name };
  if (callee.type !== 'attr' || callee.object.type !== 'name') return undefined;
  const owner = callee.object.name;
  if (owner !== 'adapter') return { kind: 'qualified', packageName: owner, name: callee.name };
  if (callee.name !== 'dispatch') return undefined;
  const keyword = (name: string): Expr | undefined => args.keyword.find((k) => k.name === name)?.value;
  return {
    kind: 'dispatch',
    name: textOf(args.positional[0] ?? keyword('macro_name')),
    namespace: textOf(args.positional[1] ?? keyword('macro_namespace')),
  };
}

function textOf(expression: Expr | undefined): string | null {
  return expression?.type === 'const' && typeof expression.value === 'string' ? expression.value : null;
}
