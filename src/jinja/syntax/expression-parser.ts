import type { Arguments, BinaryOp, CallExpr, CompareOp, Expr, FilterExpr, Target } from './ast.js';
import { describeToken, type TokenType } from './token.js';
import type { TokenStream } from './token-stream.js';

/** Expressions nested deeper than this are refused before they exhaust the stack. */
const MAX_NESTING = 200;

const COMPARISONS: ReadonlySet<TokenType> = new Set(['eq', 'ne', 'lt', 'lteq', 'gt', 'gteq']);
const FACTORS: ReadonlyMap<TokenType, BinaryOp> = new Map([
  ['mul', '*'],
  ['div', '/'],
  ['floordiv', '//'],
  ['mod', '%'],
]);
const TEST_ARGUMENT: ReadonlySet<TokenType> = new Set([
  'name',
  'string',
  'integer',
  'float',
  'lparen',
  'lbracket',
  'lbrace',
]);

/** How far a tuple without parentheses may go, and what its items are. */
interface TupleOptions {
  /** Names and literals only, as the targets of `for` and `set`. */
  readonly simplified?: boolean;
  readonly withCondition?: boolean;
  readonly parenthesized?: boolean;
  readonly withNamespace?: boolean;
}

/** The most operators, filters or accesses in one chain: each is a level of the tree that is walked later. */
const MAX_CHAIN = 500;

/** A parsed target in primary position, before it is known to be one. */
type Primary = Expr | (Target & { type: 'nsref' });

/** Parses expressions by Jinja's grammar and precedences. */
export class ExpressionParser {
  #depth = 0;

  constructor(readonly stream: TokenStream) {}

  /** Refuses chains so long that what is made of them would exhaust the stack. */
  #link(length: number): void {
    if (length > MAX_CHAIN) throw this.stream.fail('the expression is nested too deeply');
  }

  expression(withCondition = true): Expr {
    if (++this.#depth > MAX_NESTING) throw this.stream.fail('the expression is nested too deeply');
    const node = withCondition ? this.#conditional() : this.#or();
    this.#depth -= 1;
    return node;
  }

  #conditional(): Expr {
    const start = this.stream.current.start;
    let node = this.#or();
    for (let length = 0; this.stream.skipName('if'); length++) {
      this.#link(length);
      const test = this.#or();
      const otherwise = this.stream.skipName('else') ? this.expression() : undefined;
      node = { type: 'conditional', test, yes: node, otherwise, start, end: this.stream.lastEnd };
    }
    return node;
  }

  #or(): Expr {
    let left = this.#and();
    for (let length = 0; this.stream.skipName('or'); length++) {
      this.#link(length);
      const right = this.#and();
      left = { type: 'logical', operator: 'or', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #and(): Expr {
    let left = this.#not();
    for (let length = 0; this.stream.skipName('and'); length++) {
      this.#link(length);
      const right = this.#not();
      left = { type: 'logical', operator: 'and', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #not(): Expr {
    if (!this.stream.isName('not')) return this.#compare();
    if (++this.#depth > MAX_NESTING) throw this.stream.fail('the expression is nested too deeply');
    const { start } = this.stream.next();
    const operand = this.#not();
    this.#depth -= 1;
    return { type: 'unary', operator: 'not', operand, start, end: operand.end };
  }

  #compare(): Expr {
    const first = this.#sum();
    const rest: { operator: CompareOp; operand: Expr }[] = [];
    for (;;) {
      const { type } = this.stream.current;
      if (COMPARISONS.has(type)) {
        this.stream.next();
        rest.push({ operator: type as CompareOp, operand: this.#sum() });
      } else if (type !== 'name') break;
      else if (this.stream.skipName('in')) rest.push({ operator: 'in', operand: this.#sum() });
      else if (this.stream.isName('not') && this.stream.look().type === 'name' && this.stream.look().value === 'in') {
        this.stream.next();
        this.stream.next();
        rest.push({ operator: 'notin', operand: this.#sum() });
      } else break;
    }
    if (rest.length === 0) return first;
    return { type: 'compare', first, rest, start: first.start, end: this.stream.lastEnd };
  }

  #sum(): Expr {
    let left = this.#concat();
    for (let length = 0; this.stream.is('add') || this.stream.is('sub'); length++) {
      this.#link(length);
      const operator = this.stream.next().type === 'add' ? '+' : '-';
      const right = this.#concat();
      left = { type: 'binary', operator, left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #concat(): Expr {
    const first = this.#product();
    if (!this.stream.is('tilde')) return first;
    const items = [first];
    while (this.stream.skip('tilde')) items.push(this.#product());
    return { type: 'concat', items, start: first.start, end: this.stream.lastEnd };
  }

  #product(): Expr {
    let left = this.#power();
    for (let length = 0; ; length++) {
      this.#link(length);
      const operator = FACTORS.get(this.stream.current.type);
      if (operator === undefined) return left;
      this.stream.next();
      const right = this.#power();
      left = { type: 'binary', operator, left, right, start: left.start, end: right.end };
    }
  }

  #power(): Expr {
    let left = this.unary();
    for (let length = 0; this.stream.skip('pow'); length++) {
      this.#link(length);
      const right = this.unary();
      left = { type: 'binary', operator: '**', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  unary(withFilter = true): Expr {
    const token = this.stream.current;
    let node: Expr;
    if (token.type === 'sub' || token.type === 'add') {
      if (++this.#depth > MAX_NESTING) throw this.stream.fail('the expression is nested too deeply');
      this.stream.next();
      const operand = this.unary(false);
      this.#depth -= 1;
      node = {
        type: 'unary',
        operator: token.type === 'sub' ? '-' : '+',
        operand,
        start: token.start,
        end: operand.end,
      };
    } else node = this.#primary(false) as Expr;
    node = this.#postfix(node);
    return withFilter ? this.#filters(node) : node;
  }

  #primary(withNamespace: boolean): Primary {
    const { stream } = this;
    const token = stream.current;
    const { start, end } = token;
    switch (token.type) {
      case 'name': {
        stream.next();
        const name = token.value as string;
        if (name === 'true' || name === 'True') return { type: 'const', value: true, start, end };
        if (name === 'false' || name === 'False') return { type: 'const', value: false, start, end };
        if (name === 'none' || name === 'None') return { type: 'const', value: null, start, end };
        if (withNamespace && stream.is('dot')) {
          stream.next();
          const attr = stream.expect('name');
          return { type: 'nsref', name, attr: attr.value as string, start, end: attr.end };
        }
        return { type: 'name', name, start, end };
      }
      case 'string': {
        stream.next();
        let value = token.value as string;
        while (stream.is('string')) value += stream.next().value as string;
        return { type: 'const', value, start, end: stream.lastEnd };
      }
      case 'integer':
      case 'float':
        stream.next();
        return { type: 'const', value: token.value, start, end };
      case 'lparen': {
        stream.next();
        if (++this.#depth > MAX_NESTING) throw stream.fail('the expression is nested too deeply');
        const node = this.tuple({ parenthesized: true });
        this.#depth -= 1;
        stream.expect('rparen');
        return node;
      }
      case 'lbracket':
        return this.#list();
      case 'lbrace':
        return this.#dict();
      default:
        throw stream.fail(
          token.type === 'eof' ? "unexpected 'end of template'" : `unexpected '${describeToken(token)}'`,
          token,
        );
    }
  }

  /** A tuple, or the one expression when there is no comma. */
  tuple(options: TupleOptions = {}): Expr {
    const { stream } = this;
    const start = stream.current.start;
    const items: Expr[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) stream.expect('comma');
      if (this.#tupleEnds()) break;
      items.push(
        options.simplified
          ? (this.#primary(options.withNamespace ?? false) as Expr)
          : this.expression(options.withCondition ?? true),
      );
      if (!stream.is('comma')) break;
      isTuple = true;
    }
    if (!isTuple) {
      const only = items[0];
      if (only !== undefined) return only;
      if (!options.parenthesized) throw stream.fail(`Expected an expression, got '${describeToken(stream.current)}'`);
    }
    return { type: 'tuple', items, start, end: stream.lastEnd };
  }

  #tupleEnds(): boolean {
    const { type } = this.stream.current;
    return type === 'variable_end' || type === 'block_end' || type === 'rparen';
  }

  #list(): Expr {
    const { stream } = this;
    const { start } = stream.expect('lbracket');
    const items: Expr[] = [];
    while (!stream.is('rbracket')) {
      if (items.length > 0) stream.expect('comma');
      if (stream.is('rbracket')) break;
      items.push(this.expression());
    }
    stream.expect('rbracket');
    return { type: 'list', items, start, end: stream.lastEnd };
  }

  #dict(): Expr {
    const { stream } = this;
    const { start } = stream.expect('lbrace');
    const items: { key: Expr; value: Expr }[] = [];
    while (!stream.is('rbrace')) {
      if (items.length > 0) stream.expect('comma');
      if (stream.is('rbrace')) break;
      const key = this.expression();
      stream.expect('colon');
      items.push({ key, value: this.expression() });
    }
    stream.expect('rbrace');
    return { type: 'dict', items, start, end: stream.lastEnd };
  }

  #postfix(first: Expr): Expr {
    let node = first;
    for (let length = 0; ; length++) {
      this.#link(length);
      const { type } = this.stream.current;
      if (type === 'dot' || type === 'lbracket') node = this.#subscript(node);
      else if (type === 'lparen') node = this.#call(node);
      else return node;
    }
  }

  #filters(first: Expr): Expr {
    let node = first;
    for (let length = 0; ; length++) {
      this.#link(length);
      const { type } = this.stream.current;
      if (type === 'pipe') node = this.filter(node) as FilterExpr;
      else if (type === 'name' && this.stream.isName('is')) node = this.#test(node);
      else if (type === 'lparen') node = this.#call(node);
      else return node;
    }
  }

  #subscript(object: Expr): Expr {
    const { stream } = this;
    const { start } = object;
    if (stream.skip('dot')) {
      const token = stream.next();
      if (token.type === 'name') return { type: 'attr', object, name: token.value as string, start, end: token.end };
      if (token.type !== 'integer') throw stream.fail('expected name or number', token);
      const key: Expr = { type: 'const', value: token.value, start: token.start, end: token.end };
      return { type: 'item', object, key, start, end: token.end };
    }
    const { start: bracket } = stream.expect('lbracket');
    const keys: Expr[] = [];
    while (!stream.is('rbracket')) {
      if (keys.length > 0) stream.expect('comma');
      keys.push(this.#subscribed());
    }
    stream.expect('rbracket');
    const end = stream.lastEnd;
    const key: Expr = keys.length === 1 && keys[0] ? keys[0] : { type: 'tuple', items: keys, start: bracket, end };
    return { type: 'item', object, key, start, end };
  }

  #subscribed(): Expr {
    const { stream } = this;
    const start = stream.current.start;
    let from: Expr | undefined;
    if (!stream.is('colon')) {
      from = this.expression();
      if (!stream.is('colon')) return from;
    }
    stream.expect('colon');
    const bound = (): Expr | undefined =>
      stream.is('rbracket') || stream.is('comma') || stream.is('colon') ? undefined : this.expression();
    const to = bound();
    const step = stream.skip('colon') ? bound() : undefined;
    return { type: 'slice', from, to, step, start, end: stream.lastEnd };
  }

  args(): Arguments {
    const { stream } = this;
    const open = stream.expect('lparen');
    const positional: Expr[] = [];
    const keyword: { name: string; value: Expr }[] = [];
    const names = new Set<string>();
    let star: Expr | undefined;
    let starStar: Expr | undefined;
    const ensure = (valid: boolean): void => {
      if (!valid) throw stream.fail('invalid syntax for function call expression', open);
    };
    for (let first = true; !stream.is('rparen'); first = false) {
      if (!first) {
        stream.expect('comma');
        if (stream.is('rparen')) break;
      }
      if (stream.is('mul')) {
        ensure(star === undefined && starStar === undefined);
        stream.next();
        star = this.expression();
      } else if (stream.is('pow')) {
        ensure(starStar === undefined);
        stream.next();
        starStar = this.expression();
      } else if (stream.is('name') && stream.look().type === 'assign') {
        ensure(starStar === undefined);
        const token = stream.next();
        const name = token.value as string;
        if (names.has(name)) throw stream.fail(`keyword argument repeated: ${name}`, token);
        names.add(name);
        stream.next();
        keyword.push({ name, value: this.expression() });
      } else {
        ensure(star === undefined && starStar === undefined && keyword.length === 0);
        positional.push(this.expression());
      }
    }
    stream.expect('rparen');
    return { positional, keyword, star, starStar };
  }

  #call(callee: Expr): CallExpr {
    const args = this.args();
    return { type: 'call', callee, args, start: callee.start, end: this.stream.lastEnd };
  }

  #dottedName(): { name: string; start: number } {
    const { stream } = this;
    const token = stream.expect('name');
    let name = token.value as string;
    while (stream.skip('dot')) name += `.${stream.expect('name').value as string}`;
    return { name, start: token.start };
  }

  /** One or more filters; without input when they stand alone in a tag. */
  filter(first: Expr | undefined, inline = false): FilterExpr | undefined {
    let node: Expr | undefined = first;
    let started = inline;
    for (let length = 0; started || this.stream.is('pipe'); length++) {
      this.#link(length);
      if (!started) this.stream.next();
      started = false;
      const { name, start } = this.#dottedName();
      const args = this.stream.is('lparen') ? this.args() : NO_ARGUMENTS;
      node = {
        type: 'filter',
        input: node,
        name,
        nameStart: start,
        args,
        start: node?.start ?? start,
        end: this.stream.lastEnd,
      };
    }
    return node as FilterExpr | undefined;
  }

  #test(input: Expr): Expr {
    const { stream } = this;
    stream.next();
    const negated = stream.skipName('not');
    const { name, start: nameStart } = this.#dottedName();
    let args = NO_ARGUMENTS;
    if (stream.is('lparen')) args = this.args();
    else if (
      TEST_ARGUMENT.has(stream.current.type) &&
      !stream.isName('else') &&
      !stream.isName('or') &&
      !stream.isName('and')
    ) {
      if (stream.isName('is')) throw stream.fail('You cannot chain multiple tests with is');
      const argument = this.#postfix(this.#primary(false) as Expr);
      args = { ...NO_ARGUMENTS, positional: [argument] };
    }
    const { start } = input;
    const end = stream.lastEnd;
    const node: Expr = { type: 'test', input, name, nameStart, args, start, end };
    return negated ? { type: 'unary', operator: 'not', operand: node, start, end } : node;
  }

  /** What `set`, `for` and `with` assign to. */
  target(options: { readonly withNamespace?: boolean } = {}): Target {
    const node = this.tuple({ simplified: true, ...options });
    return this.#asTarget(node);
  }

  #asTarget(node: Primary): Target {
    if (node.type === 'name' || node.type === 'nsref') return node;
    if (node.type === 'tuple') {
      return {
        type: 'targets',
        items: node.items.map((item) => this.#asTarget(item)),
        start: node.start,
        end: node.end,
      };
    }
    const kind = node.type === 'const' ? 'const' : node.type;
    throw this.stream.fail(`can't assign to '${kind}'`, node);
  }

  /** A plain name to assign to: a macro's, a parameter's. */
  targetName(): { name: string; start: number; end: number } {
    const token = this.stream.expect('name');
    const name = token.value as string;
    if (RESERVED.has(name)) throw this.stream.fail("can't assign to 'name'", token);
    return { name, start: token.start, end: token.end };
  }
}

const RESERVED: ReadonlySet<string> = new Set(['true', 'false', 'none', 'True', 'False', 'None']);
const NO_ARGUMENTS: Arguments = { positional: [], keyword: [], star: undefined, starStar: undefined };

/** The value of a constant tuple or list expression, for declarations; undefined when it is not constant. */
export function constantItems(node: Expr): readonly unknown[] | undefined {
  if (node.type !== 'list' && node.type !== 'tuple') return undefined;
  const values: unknown[] = [];
  for (const item of node.items) {
    if (item.type !== 'const') return undefined;
    values.push(item.value);
  }
  return values;
}
