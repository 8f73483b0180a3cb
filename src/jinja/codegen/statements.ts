import { foldConstant } from '../runtime/constant.js';
import { TAKES_CALLER, TAKES_KWARGS, TAKES_VARARGS } from '../runtime/macro-call.js';
import type {
  CallBlockNode,
  Expr,
  FilterBlockNode,
  ForNode,
  IfNode,
  MacroNode,
  OutputNode,
  Param,
  SetBlockNode,
  Stmt,
  Target,
  WithNode,
} from '../syntax/ast.js';
import { pyStr } from '../values/text.js';
import { ExpressionWriter } from './expressions.js';
import { Frame, findStore, usesName } from './frame.js';
import { stringLiteral, type Unit } from './unit.js';

/** What the statements being written are in. */
interface Place {
  readonly frame: Frame;
  /** The variable that output is added to. */
  readonly buffer: string;
  /** Whether the buffer is the list of native values. */
  readonly native: boolean;
  /** The label of the innermost loop of the same function. */
  readonly loop: string | undefined;
  /** Whether `return x` of JavaScript ends the macro: in its own function, not in closures inside it. */
  readonly returns: boolean;
  /** Whether what is added to the buffer is reported with the place that it comes from. */
  readonly traced?: boolean;
}

/** The part of the template that a piece of output comes from; `verbatim` when it is that text itself. */
interface Origin {
  readonly start: number;
  readonly end: number;
  readonly verbatim: boolean;
}

/** Generates the code of statements. */
export class StatementWriter {
  readonly #expressions: ExpressionWriter;
  readonly #async: string;
  readonly #await: string;

  constructor(readonly unit: Unit) {
    this.#expressions = new ExpressionWriter(unit);
    this.#async = unit.isAsync ? 'async ' : '';
    this.#await = unit.isAsync ? 'await ' : '';
  }

  /** The function of a template's root: `(S) => text`, or `(S) => values` for native rendering. */
  root(body: readonly Stmt[]): string {
    const frame = new Frame(this.unit.names, undefined);
    frame.visitAll(body);
    const { native } = this.unit;
    const traced = this.unit.traced && !native;
    const code = this.#statements(body, { frame, buffer: 'o', native, loop: undefined, returns: false, traced });
    return this.#function('S', frame, code, native ? '[]' : "''", 'null', true);
  }

  /** The function of a macro: `(S, a) => text or returned value`. */
  macro(node: MacroNode): string {
    const { code, frame } = this.#macroBody(node.params, node.body, undefined, true);
    const fullName = node.variable.replace(/^dbt_(?:macro|docs)__/, '');
    return this.#function('S,a', frame, code, "''", stringLiteral(fullName), true, true);
  }

  /** A function around generated code. A macro's own also ends `return` and counts how deep macros are nested. */
  #function(
    params: string,
    frame: Frame,
    code: string,
    buffer: string,
    name: string,
    root: boolean,
    macro = false,
  ): string {
    const hoisted = root ? [...this.unit.names.hoisted.values()].map(({ id }) => id) : [];
    const names = [...hoisted, ...this.#expressions.temporaries];
    this.#expressions.temporaries = [];
    const locals = ['p=0', 't', 'u', `o=${buffer}`, ...names].join(',');
    const enter = macro ? 'const D=S.depth;if(D.count>=MAX_DEPTH)throw tooDeep();D.count++;' : '';
    const caught = macro ? 'if(e instanceof Signal)return e.value;' : '';
    const leave = macro ? 'finally{D.count--}' : '';
    return (
      `${this.#async}(${params})=>{let ${locals};${this.#declare(frame)}${enter}` +
      `try{${code}return o}catch(e){${caught}throw fail(e,p,${name})}${leave}}`
    );
  }

  /** Declares the frame's variables. */
  #declare(frame: Frame): string {
    const names = [...frame.declared()].map((variable) =>
      variable.outer ? `${variable.id}=${variable.outer.id}` : variable.id,
    );
    return names.length === 0 ? '' : `let ${names.join(',')};`;
  }

  #statements(nodes: readonly Stmt[], place: Place): string {
    let out = '';
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as Stmt;
      if (node.type === 'data' || node.type === 'output') {
        let end = i + 1;
        while (nodes[end]?.type === 'data' || nodes[end]?.type === 'output') end += 1;
        out += this.#outputs(nodes.slice(i, end) as (OutputNode | (Stmt & { type: 'data' }))[], place);
        i = end - 1;
      } else out += this.#statement(node, place);
    }
    return out;
  }

  #outputs(nodes: readonly (OutputNode | (Stmt & { type: 'data' }))[], place: Place): string {
    let out = '';
    let pending: string | undefined;
    const flush = (): void => {
      if (pending !== undefined && (pending !== '' || place.native)) out += this.#emit(stringLiteral(pending), place);
      pending = undefined;
    };
    for (const node of nodes) {
      if (node.type === 'data') {
        if (place.traced) out += this.#emit(stringLiteral(node.text), place, this.#dataOrigin(node));
        else pending = (pending ?? '') + node.text;
        continue;
      }
      const constant = this.#constantText(node.expression, place);
      if (constant !== undefined) {
        if (place.traced) out += this.#emit(stringLiteral(constant), place, { ...node, verbatim: false });
        else pending = (pending ?? '') + constant;
        continue;
      }
      flush();
      const returned = this.#returned(node.expression, place);
      if (returned !== undefined) out += returned;
      else {
        const { frame } = place;
        const { expression } = node;
        const code = place.native
          ? this.#expressions.value(expression, frame)
          : this.#expressions.text(expression, frame);
        out += this.#emit(code, place, { ...node, verbatim: false });
      }
    }
    flush();
    return out;
  }

  #emit(code: string, place: Place, origin?: Origin): string {
    if (place.native) return `${place.buffer}.push(${code});`;
    const emit = `${place.buffer}+=${code};`;
    if (!place.traced || place.buffer !== 'o') return emit;
    const { start, end, verbatim } = origin ?? { start: -1, end: -1, verbatim: false };
    return `${emit}S.trace(o.length,${start},${end},${verbatim});`;
  }

  /** Where a text stands in the template: its token without the white space that was stripped. */
  #dataOrigin(node: Stmt & { type: 'data' }): Origin {
    const start = this.unit.source.text.indexOf(node.text, node.start);
    if (start === -1 || start + node.text.length > node.end) return { ...node, verbatim: false };
    return { start, end: start + node.text.length, verbatim: true };
  }

  #constantText(node: Expr, place: Place): string | undefined {
    if (!place.native) return node.type === 'const' && typeof node.value === 'string' ? node.value : undefined;
    const folded = foldConstant(node, this.unit.registry);
    return folded ? pyStr(folded.value) : undefined;
  }

  /** `{{ return(x) }}` and `{% do return(x) %}` end the function directly when `return` is dbt's. */
  #returned(node: Expr, place: Place): string | undefined {
    if (!place.returns || node.type !== 'call' || node.callee.type !== 'name' || node.callee.name !== 'return') {
      return undefined;
    }
    const { positional, keyword, star, starStar } = node.args;
    const [only] = positional;
    if (positional.length !== 1 || !only || keyword.length > 0 || star || starStar) return undefined;
    const { frame } = place;
    const fn = this.unit.names.fresh('r');
    const value = this.unit.names.fresh('r');
    const call = `call(${fn},[${value}],NK,${this.unit.place(node.start, node.end)})`;
    const result = this.unit.isAsync ? `((t=${call})instanceof Promise?await t:t)` : call;
    return (
      `{const ${fn}=${this.#expressions.load(frame.ref('return'))},${value}=${this.#expressions.value(only, frame)};` +
      `if(${fn}===RETURN)return ${value};${this.#emit(`str(${result})`, place)}}`
    );
  }

  #statement(node: Stmt, place: Place): string {
    switch (node.type) {
      case 'data':
      case 'output':
        return this.#outputs([node], place);
      case 'do':
        return this.#returned(node.expression, place) ?? `${this.#expressions.value(node.expression, place.frame)};`;
      case 'set': {
        if (node.target.type === 'name') {
          return `${place.frame.ref(node.target.name).id}=${this.#expressions.value(node.value, place.frame)};`;
        }
        const value = this.unit.names.fresh('y');
        const code = `const ${value}=${this.#expressions.value(node.value, place.frame)};`;
        return `{${code}${this.#assign(node.target, value, place.frame)}}`;
      }
      case 'setblock':
        return this.#setBlock(node, place);
      case 'if':
        return this.#if(node, place);
      case 'for':
        return this.#for(node, place);
      case 'macro':
        return `${place.frame.ref(node.variable).id}=${this.#closure(node.variable, node.params, node.body, place.frame)};`;
      case 'callblock':
        return this.#callBlock(node, place);
      case 'filterblock':
        return this.#filterBlock(node, place);
      case 'with':
        return this.#with(node, place);
      case 'break':
      case 'continue': {
        if (place.loop === undefined) {
          const message = node.type === 'break' ? "'break' outside loop" : "'continue' not properly in loop";
          throw this.unit.source.error('jinja-syntax', message, node.start, node.end);
        }
        return `${node.type} ${place.loop};`;
      }
    }
  }

  /** Assigns a value, the name of a constant of the generated code, to a target. */
  #assign(target: Target, value: string, frame: Frame): string {
    if (target.type === 'name') return `${frame.ref(target.name).id}=${value};`;
    const place = this.unit.place(target.start, target.end);
    if (target.type === 'nsref') {
      return `set(${this.#expressions.load(frame.ref(target.name))},${stringLiteral(target.attr)},${value},${place});`;
    }
    const items = this.unit.names.fresh('y');
    const parts = target.items.map((item, i) => this.#assign(item, `${items}[${i}]`, frame));
    return `const ${items}=unpack(${value},${target.items.length},${place});${parts.join('')}`;
  }

  #if(node: IfNode, place: Place): string {
    const outer = this.#expressions.soft;
    let out = '';
    let close = '';
    node.branches.forEach(({ test, body }, i) => {
      this.#expressions.soft = true;
      const condition = this.#expressions.condition(test, place.frame);
      out += `${i === 0 ? '' : 'else{'}if(${condition}){${this.#statements(body, place)}}`;
      if (i > 0) close += '}';
    });
    if (node.otherwise.length > 0) out += `else{${this.#statements(node.otherwise, place)}}`;
    this.#expressions.soft = outer;
    return out + close;
  }

  #for(node: ForNode, place: Place): string {
    const { names } = this.unit;
    const forbidden = findStore([node], 'loop');
    if (forbidden) {
      const message = "Can't assign to special loop variable in for-loop target";
      throw this.unit.source.error('jinja-syntax', message, forbidden.start, forbidden.end);
    }
    const extended = node.recursive || usesName(node.body, 'loop');
    const frame = new Frame(names, place.frame);
    const loopVariable = extended ? frame.parameter('loop') : undefined;
    frame.declareTarget(node.target);
    frame.visitAll(node.body);
    const label = names.fresh('L');
    const item = names.fresh('i');
    const flag = node.otherwise.length > 0 ? names.fresh('f') : undefined;
    const buffer = node.recursive ? names.fresh('o') : place.buffer;
    const inner: Place = {
      ...place,
      frame,
      buffer,
      loop: label,
      ...(node.recursive ? { native: false, returns: false } : {}),
    };
    const source = names.fresh('s');
    const body =
      `${this.#targets(node.target, item, frame)}${this.#declare(frame)}${this.#statements(node.body, inner)}` +
      (flag ? `${flag}=false;` : '');
    let otherwise = '';
    if (flag) {
      const elseFrame = new Frame(names, place.frame);
      elseFrame.visitAll(node.otherwise);
      const elsePlace = { ...inner, frame: elseFrame, loop: place.loop };
      otherwise = `if(${flag}){${this.#declare(elseFrame)}${this.#statements(node.otherwise, elsePlace)}}`;
    }
    const start = flag ? `let ${flag}=true;` : '';
    const pace = this.unit.isAsync ? 'if(--PACE.left<0)await PACE.breathe(S);' : '';
    const where = this.unit.place(node.iterable.start, node.iterable.end);
    const iterable = this.#expressions.value(node.iterable, place.frame);
    let loop: string;
    if (loopVariable) {
      const filtered = node.test ? this.#filtered(node, node.test, source, place) : '';
      const recurse = node.recursive ? `,${label}f,d` : '';
      loop =
        `${filtered}const ${item}l=new Loop(${source},S,${where}${recurse});` +
        `${label}:while(${item}l.advance()){const ${item}=${item}l.current,${loopVariable.id}=${item}l;${pace}${body}}`;
    } else {
      const test = node.test ? this.#test(node, node.test, item, place) : '';
      loop = `${label}:for(const ${item} of iter(${source},${where})){${pace}${test}${body}}`;
    }
    if (!node.recursive) return `{${start}let ${source}=${iterable};${loop}${otherwise}}`;
    const recursive = `const ${label}f=${this.#async}(${source},d)=>{let t,u,${buffer}='';${start}${loop}${otherwise}return ${buffer}};`;
    return `{${recursive}${this.#emit(`${this.#await}${label}f(${iterable},0)`, place)}}`;
  }

  /** Declares a loop's targets and assigns the item to them. */
  #targets(target: Target, item: string, frame: Frame): string {
    const ids: string[] = [];
    const collect = (part: Target): void => {
      if (part.type === 'name') ids.push(frame.ref(part.name).id);
      else if (part.type === 'targets') part.items.forEach(collect);
    };
    collect(target);
    const unique = [...new Set(ids)];
    const declared = unique.length > 0 ? `let ${unique.join(',')};` : '';
    return declared + this.#assign(target, item, frame);
  }

  #testFrame(node: ForNode, test: Expr, place: Place): Frame {
    const frame = new Frame(this.unit.names, place.frame);
    frame.declareTarget(node.target);
    frame.visitExpr(test);
    return frame;
  }

  #test(node: ForNode, test: Expr, item: string, place: Place): string {
    const frame = this.#testFrame(node, test, place);
    const targets = this.#targets(node.target, item, frame);
    return `${targets}${this.#declare(frame)}if(!${this.#expressions.condition(test, frame)})continue;`;
  }

  /** A loop that knows its length and neighbours needs the filtered items beforehand. */
  #filtered(node: ForNode, test: Expr, source: string, place: Place): string {
    const frame = this.#testFrame(node, test, place);
    const item = this.unit.names.fresh('i');
    const kept = this.unit.names.fresh('y');
    const where = this.unit.place(node.iterable.start, node.iterable.end);
    const targets = this.#targets(node.target, item, frame);
    const condition = this.#expressions.condition(test, frame);
    const assign = node.recursive ? `${source}=${kept};` : '';
    const loop =
      `const ${kept}=[];for(const ${item} of iter(${source},${where})){${targets}${this.#declare(frame)}` +
      `if(${condition})${kept}.push(${item});}`;
    return node.recursive ? loop + assign : `${loop}${source}=${kept};`;
  }

  #setBlock(node: SetBlockNode, place: Place): string {
    const frame = new Frame(this.unit.names, place.frame);
    frame.visitAll(node.body);
    const buffer = this.unit.names.fresh('o');
    const body = this.#statements(node.body, { ...place, frame, buffer, native: false });
    const value = this.unit.names.fresh('y');
    const result = node.filter ? this.#chain(node.filter, buffer, place.frame) : buffer;
    const assign = this.#assign(node.target, value, place.frame);
    return `{let ${buffer}='';{${this.#declare(frame)}${body}}const ${value}=${result};${assign}}`;
  }

  /** Applies a chain of filters that has no input of its own. */
  #chain(node: Extract<Expr, { type: 'filter' }>, input: string, frame: Frame): string {
    const inner = node.input?.type === 'filter' ? this.#chain(node.input, input, frame) : input;
    return this.#expressions.filter(node, inner, frame);
  }

  #filterBlock(node: FilterBlockNode, place: Place): string {
    const frame = new Frame(this.unit.names, place.frame);
    frame.visitAll(node.body);
    const buffer = this.unit.names.fresh('o');
    const body = this.#statements(node.body, { ...place, frame, buffer, native: false });
    const result = this.#emit(`str(${this.#chain(node.filter, buffer, place.frame)})`, place);
    return `{let ${buffer}='';{${this.#declare(frame)}${body}}${result}}`;
  }

  #with(node: WithNode, place: Place): string {
    const frame = new Frame(this.unit.names, place.frame);
    for (const { target } of node.items) frame.declareTarget(target);
    frame.visitAll(node.body);
    let values = '';
    let targets = '';
    for (const { target, value } of node.items) {
      const id = this.unit.names.fresh('y');
      values += `const ${id}=${this.#expressions.value(value, place.frame)};`;
      targets += this.#targets(target, id, frame);
    }
    return `{${values}{${targets}${this.#declare(frame)}${this.#statements(node.body, { ...place, frame })}}}`;
  }

  #callBlock(node: CallBlockNode, place: Place): string {
    const caller = this.unit.names.fresh('c');
    const closure = this.#closure('caller', node.params, node.body, place.frame);
    const call = this.#expressions.call(node.call, place.frame, { name: 'caller', code: caller });
    return `{const ${caller}=${closure};${this.#emit(`str(${call})`, place)}}`;
  }

  /** A macro inside of a template, and the body of a `call` block: a closure over the scope around it. */
  #closure(name: string, params: readonly Param[], body: readonly Stmt[], parent: Frame): string {
    const outer = this.#expressions.temporaries;
    this.#expressions.temporaries = [];
    const { code, frame, flags } = this.#macroBody(params, body, parent, false);
    const fn = this.#function('a', frame, code, "''", stringLiteral(name), false);
    this.#expressions.temporaries = outer;
    const list = params.map((param) => stringLiteral(param.name)).join(',');
    return `macro(${stringLiteral(name)},[${list}],${flags},${fn})`;
  }

  #macroBody(
    params: readonly Param[],
    body: readonly Stmt[],
    parent: Frame | undefined,
    returns: boolean,
  ): { code: string; frame: Frame; flags: number } {
    const frame = new Frame(this.unit.names, parent);
    const explicit = params.find((param) => param.name === 'caller' && !param.default);
    if (explicit) {
      const message =
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.';
      throw this.unit.source.error('jinja-syntax', message, explicit.start, explicit.end);
    }
    const twice = params.find((param, i) => params.findIndex((other) => other.name === param.name) < i);
    if (twice) {
      const message = `duplicate argument '${twice.name}' in the definition of a macro or call block`;
      throw this.unit.source.error('jinja-syntax', message, twice.start, twice.end);
    }
    frame.visitParams(params);
    const implicit = implicitNames(params, body);
    for (const name of implicit) frame.parameter(name);
    frame.visitAll(body);
    const all = [...params.map((param) => param.name), ...implicit];
    let code = '';
    const ids = all.map((name) => frame.ref(name).id);
    if (ids.length > 0) code += `let ${ids.map((id, i) => `${id}=a[${i}]`).join(',')};`;
    params.forEach((param) => {
      const { id } = frame.ref(param.name);
      const value = param.default
        ? this.#expressions.value(param.default, frame)
        : `S.undefinedWith(${stringLiteral(`parameter '${param.name}' was not provided`)},${stringLiteral(param.name)})`;
      code += `if(${id}===undefined)${id}=${value};`;
    });
    code += this.#statements(body, { frame, buffer: 'o', native: false, loop: undefined, returns });
    return { code, frame, flags: macroFlags(implicit) };
  }
}

/** The special names that a macro's body uses, in the order of its function's parameters. */
export function implicitNames(params: readonly Param[], body: readonly Stmt[]): string[] {
  return ['caller', 'kwargs', 'varargs'].filter(
    (name) => !params.some((param) => param.name === name) && usesName(body, name),
  );
}

/** The flags of the special names that a macro takes. */
export function macroFlags(implicit: readonly string[]): number {
  let flags = 0;
  if (implicit.includes('caller')) flags |= TAKES_CALLER;
  if (implicit.includes('kwargs')) flags |= TAKES_KWARGS;
  if (implicit.includes('varargs')) flags |= TAKES_VARARGS;
  return flags;
}
