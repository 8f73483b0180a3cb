import { compileTemplate } from '../../jinja/environment.js';
import type { Arguments, CallExpr, Expr } from '../../jinja/syntax/ast.js';
import { pyRepr } from '../../jinja/values.js';

/**
 * The keywords of the first `config(…)` of a template as they are written, unrendered: each as Python prints Jinja2's
 * node of it, which is what dbt keeps to tell whether a configuration was changed. Null without such a call.
 */
export function unrenderedCall(text: string): { readonly [key: string]: string } | null {
  if (!text.includes('config(')) return null;
  const call = firstConfigCall(compileTemplate(text, { file: '' }).ast);
  if (!call) return null;
  return Object.fromEntries(call.args.keyword.map(({ name, value }) => [name, keyword(name, value)]));
}

function firstConfigCall(value: unknown): CallExpr | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const node = value as { readonly type?: string };
  if (node.type === 'call') {
    const call = node as CallExpr;
    if (call.callee.type === 'name' && call.callee.name === 'config') return call;
  }
  for (const child of Object.values(value)) {
    const found = firstConfigCall(child);
    if (found) return found;
  }
  return undefined;
}

const keyword = (name: string, value: Expr): string => `Keyword(key=${pyRepr(name)}, value=${shown(value)})`;
const list = (items: readonly Expr[]): string => `[${items.map(shown).join(', ')}]`;
const optional = (expression: Expr | undefined): string => (expression ? shown(expression) : 'None');

const BINARY = { '+': 'Add', '-': 'Sub', '*': 'Mul', '/': 'Div', '//': 'FloorDiv', '%': 'Mod', '**': 'Pow' } as const;
const UNARY = { '-': 'Neg', '+': 'Pos', not: 'Not' } as const;

function callArguments({ positional, keyword: keywords, star, starStar }: Arguments): string {
  const named = keywords.map(({ name, value }) => keyword(name, value)).join(', ');
  return `args=${list(positional)}, kwargs=[${named}], dyn_args=${optional(star)}, dyn_kwargs=${optional(starStar)}`;
}

/** A node as Python prints Jinja2's. */
function shown(node: Expr): string {
  switch (node.type) {
    case 'const':
      return `Const(value=${pyRepr(node.value)})`;
    case 'name':
      return `Name(name=${pyRepr(node.name)}, ctx='load')`;
    case 'list':
      return `List(items=${list(node.items)})`;
    case 'tuple':
      return `Tuple(items=${list(node.items)}, ctx='load')`;
    case 'dict':
      return `Dict(items=[${node.items.map(({ key, value }) => `Pair(key=${shown(key)}, value=${shown(value)})`).join(', ')}])`;
    case 'attr':
      return `Getattr(node=${shown(node.object)}, attr=${pyRepr(node.name)}, ctx='load')`;
    case 'item':
      return `Getitem(node=${shown(node.object)}, arg=${shown(node.key)}, ctx='load')`;
    case 'slice':
      return `Slice(start=${optional(node.from)}, stop=${optional(node.to)}, step=${optional(node.step)})`;
    case 'call':
      return `Call(node=${shown(node.callee)}, ${callArguments(node.args)})`;
    case 'filter':
      return `Filter(node=${optional(node.input)}, name=${pyRepr(node.name)}, ${callArguments(node.args)})`;
    case 'test':
      return `Test(node=${shown(node.input)}, name=${pyRepr(node.name)}, ${callArguments(node.args)})`;
    case 'unary':
      return `${UNARY[node.operator]}(node=${shown(node.operand)})`;
    case 'binary':
      return `${BINARY[node.operator]}(left=${shown(node.left)}, right=${shown(node.right)})`;
    case 'compare': {
      const ops = node.rest.map(({ operator, operand }) => `Operand(op=${pyRepr(operator)}, expr=${shown(operand)})`);
      return `Compare(expr=${shown(node.first)}, ops=[${ops.join(', ')}])`;
    }
    case 'concat':
      return `Concat(nodes=${list(node.items)})`;
    case 'logical':
      return `${node.operator === 'and' ? 'And' : 'Or'}(left=${shown(node.left)}, right=${shown(node.right)})`;
    case 'conditional':
      return `CondExpr(test=${shown(node.test)}, expr1=${shown(node.yes)}, expr2=${optional(node.otherwise)})`;
  }
}
