import type { DbtError } from '../../diagnostics/errors.js';
import type { CallExpr, Expr, ForNode, IfNode, MacroKind, MacroNode, Param, Stmt, TemplateNode } from './ast.js';
import { constantItems, ExpressionParser } from './expression-parser.js';
import { tokenize } from './lexer.js';
import type { TemplateSource } from './source.js';
import type { Token } from './token.js';
import { TokenStream } from './token-stream.js';

const MAX_NESTING = 100;

/** Tags that load other templates; dbt has no loader for them. */
const UNSUPPORTED: ReadonlySet<string> = new Set(['include', 'import', 'from', 'extends', 'block']);

/** Parses a template. Throws `jinja-syntax` with the place, or `jinja-unsupported`. */
export function parseTemplate(source: TemplateSource): TemplateNode {
  try {
    return { type: 'template', body: new Parser(source).template() };
  } catch (error) {
    if (error instanceof RangeError) throw source.error('jinja-syntax', 'the template is nested too deeply', 0, 1);
    throw error;
  }
}

class Parser {
  readonly #source: TemplateSource;
  readonly #stream: TokenStream;
  readonly #expressions: ExpressionParser;
  /** The names of the open tags, innermost last. */
  readonly #tags: string[] = [];
  /** The end tags that are looked for, innermost last. */
  readonly #ends: (readonly string[])[] = [];
  readonly #tagTokens: Token[] = [];

  constructor(source: TemplateSource) {
    this.#source = source;
    this.#stream = new TokenStream(source, tokenize(source));
    this.#expressions = new ExpressionParser(this.#stream);
  }

  template(): Stmt[] {
    return this.#body(undefined);
  }

  /** Statements up to one of the end tags, whose `{% name` is then half read: the name is the current token. */
  #body(ends: readonly string[] | undefined): Stmt[] {
    const stream = this.#stream;
    const out: Stmt[] = [];
    if (ends) this.#ends.push(ends);
    if (this.#ends.length > MAX_NESTING) throw stream.fail('blocks are nested too deeply');
    for (;;) {
      const token = stream.current;
      if (token.type === 'data') {
        stream.next();
        out.push({ type: 'data', text: token.value as string, start: token.start, end: token.end });
      } else if (token.type === 'variable_begin') {
        stream.next();
        const expression = this.#expressions.tuple();
        stream.expect('variable_end');
        out.push({ type: 'output', expression, start: token.start, end: stream.lastEnd });
      } else if (token.type === 'block_begin') {
        stream.next();
        const { type, value } = stream.current;
        if (ends && type === 'name' && ends.includes(value as string)) break;
        const nodes = this.#statement(token);
        stream.expect('block_end');
        for (const node of nodes) out.push(node);
      } else break;
    }
    if (ends) this.#ends.pop();
    return out;
  }

  /** The body of a block tag: the rest of its opening tag is only its end. */
  #block(ends: readonly string[], drop: boolean): Stmt[] {
    const stream = this.#stream;
    stream.skip('colon');
    stream.expect('block_end');
    const body = this.#body(ends);
    if (stream.is('eof')) throw this.#unclosed(ends);
    if (drop) stream.next();
    return body;
  }

  #statement(open: Token): Stmt[] {
    const stream = this.#stream;
    const token = stream.current;
    if (token.type !== 'name') throw stream.fail('tag name expected');
    const tag = token.value as string;
    const parse = this.#parserOf(tag);
    if (!parse) throw this.#unknownTag(tag, token);
    this.#tags.push(tag);
    this.#tagTokens.push(token);
    stream.next();
    const nodes = parse(open, token);
    this.#tags.pop();
    this.#tagTokens.pop();
    return nodes;
  }

  #parserOf(tag: string): ((open: Token, token: Token) => Stmt[]) | undefined {
    switch (tag) {
      case 'if':
        return (open) => [this.#if(open)];
      case 'for':
        return (open) => [this.#for(open)];
      case 'set':
        return (open) => [this.#set(open)];
      case 'do':
        return (open) => {
          const expression = this.#expressions.tuple();
          return [{ type: 'do', expression, start: open.start, end: this.#stream.lastEnd }];
        };
      case 'print':
        return (open) => this.#print(open);
      case 'macro':
      case 'test':
      case 'data_test':
        return (open) => [this.#macro(open, tag)];
      case 'materialization':
        return (open) => [this.#materialization(open)];
      case 'docs':
        return (open) => [this.#docs(open)];
      case 'call':
        return (open, token) => [this.#call(open, token)];
      case 'filter':
        return (open) => [this.#filterBlock(open)];
      case 'with':
        return (open) => [this.#with(open)];
      case 'autoescape':
        return (_open, token) => this.#autoescape(token);
      case 'break':
      case 'continue':
        return (open) => [{ type: tag, start: open.start, end: this.#stream.lastEnd }];
      default:
        if (!UNSUPPORTED.has(tag)) return undefined;
        return (_open, token) => {
          throw this.#source.error(
            'jinja-unsupported',
            `'{% ${tag} %}' is not supported`,
            token.start,
            token.end,
            'dbt has no template loader. Share SQL through macros, models and packages instead.',
          );
        };
    }
  }

  #if(open: Token): IfNode {
    const stream = this.#stream;
    const branches: { test: Expr; body: Stmt[] }[] = [];
    let otherwise: Stmt[] = [];
    for (;;) {
      const test = this.#expressions.tuple({ withCondition: false });
      const body = this.#block(['elif', 'else', 'endif'], false);
      branches.push({ test, body });
      const end = stream.next().value;
      if (end === 'elif') continue;
      if (end === 'else') otherwise = this.#block(['endif'], true);
      return { type: 'if', branches, otherwise, start: open.start, end: stream.lastEnd };
    }
  }

  #for(open: Token): ForNode {
    const stream = this.#stream;
    const target = this.#expressions.target();
    stream.expectName('in');
    const iterable = this.#expressions.tuple({ withCondition: false });
    const test = stream.skipName('if') ? this.#expressions.expression() : undefined;
    const recursive = stream.skipName('recursive');
    const body = this.#block(['endfor', 'else'], false);
    const otherwise = stream.next().value === 'endfor' ? [] : this.#block(['endfor'], true);
    return { type: 'for', target, iterable, test, recursive, body, otherwise, start: open.start, end: stream.lastEnd };
  }

  #set(open: Token): Stmt {
    const stream = this.#stream;
    const { start } = open;
    const target = this.#expressions.target({ withNamespace: true });
    if (stream.skip('assign')) {
      const value = this.#expressions.tuple();
      return { type: 'set', target, value, start, end: stream.lastEnd };
    }
    const filter = this.#expressions.filter(undefined);
    const body = this.#block(['endset'], true);
    return { type: 'setblock', target, filter, body, start, end: stream.lastEnd };
  }

  #print(open: Token): Stmt[] {
    const out: Stmt[] = [];
    while (!this.#stream.is('block_end')) {
      if (out.length > 0) this.#stream.expect('comma');
      const expression = this.#expressions.expression();
      out.push({ type: 'output', expression, start: open.start, end: this.#stream.lastEnd });
    }
    return out;
  }

  #signature(): Param[] {
    const stream = this.#stream;
    const params: Param[] = [];
    stream.expect('lparen');
    while (!stream.is('rparen')) {
      if (params.length > 0) stream.expect('comma');
      const { name, start, end } = this.#expressions.targetName();
      if (stream.skip('colon')) this.#typeName();
      let value: Expr | undefined;
      if (stream.skip('assign')) value = this.#expressions.expression();
      else if (params.at(-1)?.default !== undefined) throw stream.fail('non-default argument follows default argument');
      params.push({ name, default: value, start, end });
    }
    stream.expect('rparen');
    return params;
  }

  /** A parameter's type, which dbt reads and ignores: `str`, `list[str]`, `dict[str, any]`. */
  #typeName(): void {
    const stream = this.#stream;
    stream.expect('name');
    if (!stream.skip('lbracket')) return;
    for (let first = true; !stream.is('rbracket'); first = false) {
      if (!first) stream.expect('comma');
      this.#typeName();
    }
    stream.expect('rbracket');
  }

  #macro(open: Token, kind: 'macro' | 'test' | 'data_test'): MacroNode {
    const { name } = this.#expressions.targetName();
    const params = this.#signature();
    const body = this.#block([`end${kind}`], true);
    const variable = kind === 'macro' ? `dbt_macro__${name}` : `dbt_macro__test_${name}`;
    return this.#macroNode(open, kind, name, variable, params, body);
  }

  #macroNode(
    open: Token,
    kind: MacroKind,
    name: string,
    variable: string,
    params: readonly Param[],
    body: Stmt[],
    more: { adapter?: string; languages?: readonly string[] } = {},
  ): MacroNode {
    const { adapter, languages } = more;
    // The closing tag's end is the current token: it belongs to the macro's own text.
    const end = this.#stream.is('block_end') ? this.#stream.current.end : this.#stream.lastEnd;
    return { type: 'macro', kind, name, variable, adapter, languages, params, body, start: open.start, end };
  }

  #materialization(open: Token): MacroNode {
    const stream = this.#stream;
    const { name } = this.#expressions.targetName();
    let adapter = 'default';
    let languages: Expr | undefined;
    let place = stream.current;
    while (stream.skip('comma')) {
      const argument = this.#expressions.targetName();
      if (argument.name === 'default') continue;
      if (argument.name === 'adapter') {
        stream.expect('assign');
        const value = this.#expressions.expression();
        if (value.type !== 'const') throw stream.fail('the adapter of a materialization must be a string', value);
        adapter = String(value.value);
      } else if (argument.name === 'supported_languages') {
        stream.expect('assign');
        place = stream.current;
        languages = this.#expressions.expression();
      } else {
        throw stream.fail(`materialization '${name}' received unknown argument '${argument.name}'.`, argument);
      }
    }
    const values = languages ? constantItems(languages) : ['sql'];
    if (!values) throw stream.fail('supported_languages must be a list of strings', place);
    const fallback: Expr = {
      type: 'list',
      items: [{ type: 'const', value: 'sql', start: open.start, end: open.end }],
      start: open.start,
      end: open.end,
    };
    const params: Param[] = [
      { name: 'supported_languages', default: languages ?? fallback, start: open.start, end: open.end },
    ];
    const body = this.#block(['endmaterialization'], true);
    const variable = `dbt_macro__materialization_${name}_${adapter}`;
    const more = { adapter, languages: values.map(String) };
    return this.#macroNode(open, 'materialization', name, variable, params, body, more);
  }

  #docs(open: Token): MacroNode {
    const { name } = this.#expressions.targetName();
    const body = this.#block(['enddocs'], true);
    return this.#macroNode(open, 'docs', name, `dbt_docs__${name}`, [], body);
  }

  #call(open: Token, token: Token): Stmt {
    const stream = this.#stream;
    const params = stream.is('lparen') ? this.#signature() : [];
    const call = this.#expressions.expression();
    if (call.type !== 'call') throw stream.fail('expected call', token);
    const body = this.#block(['endcall'], true);
    return { type: 'callblock', call: call satisfies CallExpr, params, body, start: open.start, end: stream.lastEnd };
  }

  #filterBlock(open: Token): Stmt {
    const filter = this.#expressions.filter(undefined, true);
    if (!filter) throw this.#stream.fail('expected a filter');
    const body = this.#block(['endfilter'], true);
    return { type: 'filterblock', filter, body, start: open.start, end: this.#stream.lastEnd };
  }

  #with(open: Token): Stmt {
    const stream = this.#stream;
    const items: { target: ReturnType<ExpressionParser['target']>; value: Expr }[] = [];
    while (!stream.is('block_end')) {
      if (items.length > 0) stream.expect('comma');
      const target = this.#expressions.target();
      stream.expect('assign');
      items.push({ target, value: this.#expressions.expression() });
    }
    const body = this.#block(['endwith'], true);
    return { type: 'with', items, body, start: open.start, end: stream.lastEnd };
  }

  #autoescape(token: Token): Stmt[] {
    const value = this.#expressions.expression();
    if (value.type !== 'const' || value.value !== false) {
      throw this.#source.error('jinja-unsupported', 'autoescaping is not supported', token.start, token.end);
    }
    return this.#block(['endautoescape'], true);
  }

  #unknownTag(tag: string, token: Token): DbtError {
    const looking = this.#ends.at(-1);
    let message = `Encountered unknown tag '${tag}'.`;
    if (looking) {
      const wanted = looking.map((name) => `'${name}'`).join(' or ');
      const nested = this.#ends.some((names) => names.includes(tag));
      message += nested
        ? ` You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${wanted}.`
        : ` Jinja was looking for the following tags: ${wanted}.`;
    }
    return this.#stream.fail(message + this.#innermost(), token, this.#openedAt());
  }

  #unclosed(ends: readonly string[]): DbtError {
    const wanted = ends.map((name) => `'${name}'`).join(' or ');
    const message = `Unexpected end of template. Jinja was looking for the following tags: ${wanted}.`;
    return this.#stream.fail(message + this.#innermost(), this.#stream.current, this.#openedAt());
  }

  #innermost(): string {
    const tag = this.#tags.at(-1);
    return tag === undefined ? '' : ` The innermost block that needs to be closed is '${tag}'.`;
  }

  #openedAt(): string | undefined {
    const token = this.#tagTokens.at(-1);
    if (!token) return undefined;
    const { line, column } = this.#source.span(token.start, token.end);
    return `The '${String(token.value)}' block that is open here begins at line ${line}, column ${column}.`;
  }
}
