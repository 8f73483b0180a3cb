import { didYouMean } from '../../diagnostics/did-you-mean.js';
import type { Arguments, CallExpr, CompareExpr, Expr, FilterExpr, TestExpr } from '../syntax/ast.js';
import type { Frame, Variable } from './frame.js';
import { stringLiteral, type Unit } from './unit.js';

const BINARY = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '//': 'floordiv', '%': 'mod', '**': 'pow' } as const;
const ORDER = { lt: '<', lteq: '<=', gt: '>', gteq: '>=' } as const;

/** Generates the code of expressions. Every access and operation is a call of the runtime. */
export class ExpressionWriter {
  /** Temporaries of the function being written, to be declared at its top. */
  temporaries: string[] = [];
  /** Whether unknown filters and tests fail only when they are reached: inside of `if`, as in Jinja. */
  soft = false;

  constructor(readonly unit: Unit) {}

  /** Code that reads a variable. */
  load(variable: Variable): string {
    let origin = variable;
    while (origin.outer) origin = origin.outer;
    const { id } = variable;
    const name = stringLiteral(variable.name);
    if (origin.origin === 'resolve') return `(${id}!==undefined?${id}:${id}=S.resolve(${name}))`;
    return `(${id}!==undefined?${id}:S.missing(${name}))`;
  }

  /** Code of an expression's value. */
  value(node: Expr, frame: Frame): string {
    const { unit } = this;
    switch (node.type) {
      case 'const':
        return this.#constant(node.value);
      case 'name':
        return this.load(frame.ref(node.name));
      case 'list':
        return `[${node.items.map((item) => this.value(item, frame)).join(',')}]`;
      case 'tuple':
        return `new Tuple([${node.items.map((item) => this.value(item, frame)).join(',')}])`;
      case 'dict':
        if (node.items.length === 0) return 'new Dict()';
        return `dict([${node.items
          .flatMap(({ key, value }) => [this.value(key, frame), this.value(value, frame)])
          .join(',')}],${unit.place(node.start, node.end)})`;
      case 'attr':
        return `attr(${this.value(node.object, frame)},${stringLiteral(node.name)},S,${unit.place(
          node.end - node.name.length,
          node.end,
        )})`;
      case 'item':
        return this.#item(node.object, node.key, frame, node.end);
      case 'slice':
        return this.#slice(node, frame);
      case 'call':
        return this.call(node, frame);
      case 'filter':
        return this.filter(node, node.input ? this.value(node.input, frame) : "''", frame);
      case 'test':
      case 'compare':
        return this.condition(node, frame);
      case 'unary': {
        if (node.operator === 'not') return `!${this.condition(node.operand, frame)}`;
        const fn = node.operator === '-' ? 'neg' : 'pos';
        return `${fn}(${this.value(node.operand, frame)},${unit.place(node.start, node.end)})`;
      }
      case 'binary': {
        const left = this.value(node.left, frame);
        const right = this.value(node.right, frame);
        return `${BINARY[node.operator]}(${left},${right},${unit.place(node.start, node.end)})`;
      }
      case 'concat':
        return `(${node.items.map((item) => this.text(item, frame)).join('+')})`;
      case 'logical': {
        const left = this.value(node.left, frame);
        const right = this.value(node.right, frame);
        return node.operator === 'and' ? `(truthy(u=${left})?${right}:u)` : `(truthy(u=${left})?u:${right})`;
      }
      case 'conditional': {
        const test = this.condition(node.test, frame);
        const outer = this.soft;
        this.soft = true;
        const yes = this.value(node.yes, frame);
        const no = node.otherwise ? this.value(node.otherwise, frame) : `S.undefinedWith(NO_ELSE)`;
        this.soft = outer;
        return `(${test}?${yes}:${no})`;
      }
    }
  }

  /** Code of an expression as text. */
  text(node: Expr, frame: Frame): string {
    if (node.type === 'const' && typeof node.value === 'string') return stringLiteral(node.value);
    if (node.type === 'concat') return this.value(node, frame);
    return `str(${this.value(node, frame)})`;
  }

  /** Code of an expression's truth, a JavaScript boolean. */
  condition(node: Expr, frame: Frame): string {
    switch (node.type) {
      case 'unary':
        if (node.operator === 'not') return `!${this.condition(node.operand, frame)}`;
        break;
      case 'logical': {
        const operator = node.operator === 'and' ? '&&' : '||';
        return `(${this.condition(node.left, frame)}${operator}${this.condition(node.right, frame)})`;
      }
      case 'compare':
        return this.#compare(node, frame);
      case 'test':
        return this.#test(node, frame);
      default:
    }
    return `truthy(${this.value(node, frame)})`;
  }

  #constant(value: unknown): string {
    if (typeof value === 'string') return stringLiteral(value);
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return String(value);
    if (typeof value === 'boolean' || value === null) return String(value);
    return this.unit.constant(value);
  }

  #item(object: Expr, key: Expr, frame: Frame, end: number): string {
    const target = this.value(object, frame);
    if (key.type === 'slice') {
      const part = (bound: Expr | undefined): string => (bound ? this.value(bound, frame) : 'null');
      const bounds = `${part(key.from)},${part(key.to)},${part(key.step)}`;
      return `slice(${target},${bounds},${this.unit.place(key.start, end)})`;
    }
    return `item(${target},${this.value(key, frame)},S,${this.unit.place(key.start, end)})`;
  }

  #slice(node: Extract<Expr, { type: 'slice' }>, frame: Frame): string {
    const part = (bound: Expr | undefined): string => (bound ? this.value(bound, frame) : 'null');
    return `new Slice(${part(node.from)},${part(node.to)},${part(node.step)})`;
  }

  /** Code of positional and keyword arguments. `extra` is one more keyword argument, already code. */
  args(args: Arguments, frame: Frame, extra?: { name: string; code: string }): { positional: string; keyword: string } {
    const list = args.positional.map((arg) => this.value(arg, frame));
    const keywords = args.keyword.map(({ name, value }) => `.set(${stringLiteral(name)},${this.value(value, frame)})`);
    if (extra) keywords.push(`.set(${stringLiteral(extra.name)},${extra.code})`);
    if (args.star)
      list.push(`...star(${this.value(args.star, frame)},${this.unit.place(args.star.start, args.star.end)})`);
    let keyword = keywords.length > 0 ? `new Map()${keywords.join('')}` : 'NK';
    if (args.starStar) {
      const place = this.unit.place(args.starStar.start, args.starStar.end);
      keyword = `merge(${keywords.length > 0 ? keyword : 'new Map()'},${this.value(args.starStar, frame)},${place})`;
    }
    return { positional: `[${list.join(',')}]`, keyword };
  }

  /** Code of a call. In asynchronous code a promise is awaited, anything else goes on at once. */
  call(node: CallExpr, frame: Frame, extra?: { name: string; code: string }): string {
    const { callee, args } = node;
    let code: string;
    if (callee.type === 'attr') {
      const object = this.value(callee.object, frame);
      const { positional, keyword } = this.args(args, frame, extra);
      const place = this.unit.place(node.start, node.end);
      code = `method(${object},${stringLiteral(callee.name)},${positional},${keyword},S,${place})`;
    } else {
      const fn = this.value(callee, frame);
      const { positional, keyword } = this.args(args, frame, extra);
      code = `call(${fn},${positional},${keyword},${this.unit.place(node.start, node.end)})`;
    }
    return this.unit.isAsync ? `((t=${code})instanceof Promise?await t:t)` : code;
  }

  /** Code of a filter applied to `input`, which is code. */
  filter(node: FilterExpr, input: string, frame: Frame): string {
    const place = this.unit.place(node.nameStart, node.end);
    const fn = this.unit.registry.filters.get(node.name);
    const { positional, keyword } = this.args(node.args, frame);
    if (!fn) return this.#unknown(node, 'filter');
    return `${this.unit.filter(fn)}(${input},${positional},${keyword},S,${place})`;
  }

  #test(node: TestExpr, frame: Frame): string {
    const input = this.value(node.input, frame);
    if (node.args.positional.length === 0) {
      if (node.name === 'none') return `(${input}===null)`;
      if (node.name === 'defined') return `!undef(${input})`;
      if (node.name === 'undefined') return `undef(${input})`;
    }
    const fn = this.unit.registry.tests.get(node.name);
    if (!fn) return this.#unknown(node, 'test');
    const place = this.unit.place(node.nameStart, node.end);
    const { positional, keyword } = this.args(node.args, frame);
    return `${this.unit.test(fn)}(${input},${positional},${keyword},S,${place})`;
  }

  #unknown(node: FilterExpr | TestExpr, kind: 'filter' | 'test'): string {
    const { source, registry } = this.unit;
    const known = kind === 'filter' ? registry.filters : registry.tests;
    if (!this.soft) throw unknownFunction(source, node, kind, known.keys());
    return `unknown(${stringLiteral(kind)},${stringLiteral(node.name)},${this.unit.place(node.nameStart, node.nameStart + node.name.length)})`;
  }

  #compare(node: CompareExpr, frame: Frame): string {
    let left = this.value(node.first, frame);
    const parts: string[] = [];
    node.rest.forEach(({ operator, operand }, i) => {
      let right = this.value(operand, frame);
      let next = right;
      if (i < node.rest.length - 1) {
        next = this.unit.names.fresh('x');
        this.temporaries.push(next);
        right = `${next}=${right}`;
      }
      const place = this.unit.place(node.start, node.end);
      if (operator === 'eq') parts.push(`eq(${left},${right})`);
      else if (operator === 'ne') parts.push(`!eq(${left},${right})`);
      else if (operator === 'in') parts.push(`within(${left},${right},${place})`);
      else if (operator === 'notin') parts.push(`!within(${left},${right},${place})`);
      else parts.push(`order(${stringLiteral(ORDER[operator])},${left},${right},${place})`);
      left = next;
    });
    return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join('&&')})`;
  }
}

function unknownFunction(
  source: Unit['source'],
  node: FilterExpr | TestExpr,
  kind: 'filter' | 'test',
  known: Iterable<string>,
): Error {
  const end = node.nameStart + node.name.length;
  const hint = didYouMean(node.name, known);
  return source.error('jinja-filter-unknown', `No ${kind} named '${node.name}'.`, node.nameStart, end, hint);
}
