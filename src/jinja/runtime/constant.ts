import { DbtError } from '../../diagnostics/errors.js';
import type { Arguments, Expr } from '../syntax/ast.js';
import { pyEquals, pyOrder } from '../values/compare.js';
import { dictEntries, isDict, PyDict } from '../values/dict.js';
import { contains, iterate, truthy } from '../values/iterate.js';
import { isNumeric } from '../values/numbers.js';
import { PyRange } from '../values/sequence.js';
import { pyStr } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { getAttr, getItem, getSlice } from './access.js';
import { add, div, floordiv, mod, mul, neg, pos, pow, sub } from './arithmetic.js';
import { mergeKeywords } from './call.js';
import type { Registry } from './functions.js';
import { DETACHED } from './state.js';

const BINARY = { '+': add, '-': sub, '*': mul, '/': div, '//': floordiv, '%': mod, '**': pow } as const;
const ORDER = { lt: '<', lteq: '<=', gt: '>', gteq: '>=' } as const;

/** Thrown where an expression needs the context. Not an error: a stack would cost more than all the rest. */
const NOT_CONSTANT = Symbol('not constant');

/**
 * The value of an expression that Jinja's optimizer would compute while compiling: no names, no calls, and a result
 * that has a literal, which what `as_bool` and its like mark has not. Undefined when it has no such value, or fails.
 */
export function foldConstant(node: Expr, registry: Registry): { readonly value: unknown } | undefined {
  try {
    const value = evaluate(node, registry);
    return hasLiteral(value) ? { value } : undefined;
  } catch (error) {
    if (error === NOT_CONSTANT || error instanceof DbtError) return undefined;
    throw error;
  }
}

function hasLiteral(value: unknown): boolean {
  if (value === null || typeof value === 'string' || isNumeric(value) || value instanceof PyRange) return true;
  if (Array.isArray(value)) return value.every(hasLiteral);
  if (value instanceof PyTuple) return value.items.every(hasLiteral);
  return isDict(value) && [...dictEntries(value)].every(([key, item]) => hasLiteral(key) && hasLiteral(item));
}

function evaluate(node: Expr, registry: Registry): unknown {
  const go = (child: Expr): unknown => evaluate(child, registry);
  switch (node.type) {
    case 'const':
      return node.value;
    case 'name':
    case 'call':
    case 'slice':
      throw NOT_CONSTANT;
    case 'list':
      return node.items.map(go);
    case 'tuple':
      return new PyTuple(node.items.map(go));
    case 'dict':
      return PyDict.from(node.items.map(({ key, value }): [unknown, unknown] => [go(key), go(value)]));
    case 'attr':
      return getAttr(go(node.object), node.name);
    case 'item':
      if (node.key.type === 'slice') {
        const { from, to, step } = node.key;
        return getSlice(go(node.object), from && go(from), to && go(to), step && go(step));
      }
      return getItem(go(node.object), go(node.key));
    case 'filter': {
      const fn = registry.filters.get(node.name);
      if (!fn || !node.input || CONTEXT_FILTERS.has(node.name)) throw NOT_CONSTANT;
      const { positional, keyword } = argumentsOf(node.args, go);
      return fn(go(node.input), positional, keyword, DETACHED);
    }
    case 'test': {
      const fn = registry.tests.get(node.name);
      if (!fn) throw NOT_CONSTANT;
      const { positional, keyword } = argumentsOf(node.args, go);
      return fn(go(node.input), positional, keyword, DETACHED);
    }
    case 'unary':
      if (node.operator === 'not') return !truthy(go(node.operand));
      return node.operator === '-' ? neg(go(node.operand)) : pos(go(node.operand));
    case 'binary':
      return BINARY[node.operator](go(node.left), go(node.right));
    case 'concat':
      return node.items.map((item) => pyStr(go(item))).join('');
    case 'logical': {
      const left = go(node.left);
      return truthy(left) === (node.operator === 'and') ? go(node.right) : left;
    }
    case 'conditional':
      if (truthy(go(node.test))) return go(node.yes);
      if (!node.otherwise) throw NOT_CONSTANT;
      return go(node.otherwise);
    case 'compare': {
      let left = go(node.first);
      for (const { operator, operand } of node.rest) {
        const right = go(operand);
        let holds: boolean;
        if (operator === 'eq' || operator === 'ne') holds = pyEquals(left, right) === (operator === 'eq');
        else if (operator === 'in' || operator === 'notin') holds = contains(right, left) === (operator === 'in');
        else holds = pyOrder(ORDER[operator], left, right);
        if (!holds) return false;
        left = right;
      }
      return true;
    }
  }
}

/** Filters that get the context: Jinja never computes them beforehand. */
const CONTEXT_FILTERS: ReadonlySet<string> = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr', 'random']);

function argumentsOf(
  args: Arguments,
  go: (node: Expr) => unknown,
): { positional: unknown[]; keyword: Map<string, unknown> } {
  const positional = args.positional.map(go);
  const keyword = new Map(args.keyword.map(({ name, value }): [string, unknown] => [name, go(value)]));
  if (args.star) positional.push(...iterate(go(args.star)));
  if (args.starStar) mergeKeywords(keyword, go(args.starStar));
  return { positional, keyword };
}
