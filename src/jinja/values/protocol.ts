const ATTR: unique symbol = Symbol('jinja.attr');
const ITEM: unique symbol = Symbol('jinja.item');
const CALL: unique symbol = Symbol('jinja.call');
const STR: unique symbol = Symbol('jinja.str');
const REPR: unique symbol = Symbol('jinja.repr');
const ITER: unique symbol = Symbol('jinja.iter');
const LEN: unique symbol = Symbol('jinja.len');
const EQ: unique symbol = Symbol('jinja.eq');
const HASH: unique symbol = Symbol('jinja.hash');
const TRUTHY: unique symbol = Symbol('jinja.truthy');
const CONTAINS: unique symbol = Symbol('jinja.contains');
const COMPARE: unique symbol = Symbol('jinja.compare');
const BINARY: unique symbol = Symbol('jinja.binary');
const UNARY: unique symbol = Symbol('jinja.unary');
const SET_ATTR: unique symbol = Symbol('jinja.setAttr');
const TYPE: unique symbol = Symbol('jinja.type');
const PLAIN: unique symbol = Symbol('jinja.plain');
const MAPPING: unique symbol = Symbol('jinja.mapping');
const FORMAT: unique symbol = Symbol('jinja.format');

interface JinjaSymbols {
  /** `x.name`: the value, or `undefined` when there is none. */
  readonly attr: typeof ATTR;
  /** `x[key]`: the value, or `undefined` when there is none. */
  readonly item: typeof ITEM;
  /** `x(…)`. */
  readonly call: typeof CALL;
  /** `{{ x }}`, Python's `str`. */
  readonly str: typeof STR;
  /** The form inside a list or dict, Python's `repr`. */
  readonly repr: typeof REPR;
  /** `{% for y in x %}`. */
  readonly iter: typeof ITER;
  /** `x | length`. */
  readonly len: typeof LEN;
  /** `x == y`. */
  readonly eq: typeof EQ;
  /** The key under which a dict finds it: equal objects give equal keys; a number equals that int. */
  readonly hash: typeof HASH;
  /** `{% if x %}`. */
  readonly truthy: typeof TRUTHY;
  /** `y in x`. */
  readonly contains: typeof CONTAINS;
  /** `x < y`: negative, zero, positive, or `undefined` when they can't be compared. */
  readonly compare: typeof COMPARE;
  /** `x + y` and the like; `undefined` when the operator does not apply. */
  readonly binary: typeof BINARY;
  /** `-x`, `+x`, `abs(x)`. */
  readonly unary: typeof UNARY;
  /** `{% set x.name = value %}`. */
  readonly setAttr: typeof SET_ATTR;
  /** The name of its Python type, for messages. */
  readonly type: typeof TYPE;
  /** Its JSON-safe form for `toPlain`. */
  readonly plain: typeof PLAIN;
  /** Marks a dict-like object (`is mapping`). */
  readonly mapping: typeof MAPPING;
  /** Python's `format(x, spec)`. */
  readonly format: typeof FORMAT;
}

/**
 * The symbols by which a host object tells the engine how it behaves. Symbols, not names: no text of a template can
 * spell one, so a template sees exactly what the object offers and nothing of JavaScript.
 */
export const JINJA: JinjaSymbols = {
  attr: ATTR,
  item: ITEM,
  call: CALL,
  str: STR,
  repr: REPR,
  iter: ITER,
  len: LEN,
  eq: EQ,
  hash: HASH,
  truthy: TRUTHY,
  contains: CONTAINS,
  compare: COMPARE,
  binary: BINARY,
  unary: UNARY,
  setAttr: SET_ATTR,
  type: TYPE,
  plain: PLAIN,
  mapping: MAPPING,
  format: FORMAT,
};

/** A binary operator as the host protocol sees it. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** The arguments of a call in a template. */
export interface CallArgs {
  readonly positional: readonly unknown[];
  readonly keyword: ReadonlyMap<string, unknown>;
}

/** No keyword arguments; shared, so that a call without any allocates no map. */
export const NO_KEYWORDS: ReadonlyMap<string, unknown> = new Map();

/** An object of the host that templates can use. Every member is optional: what is missing is not supported. */
export interface HostObject {
  [JINJA.attr]?(name: string): unknown;
  [JINJA.item]?(key: unknown): unknown;
  [JINJA.call]?(args: CallArgs): unknown;
  [JINJA.str]?(): string;
  [JINJA.repr]?(): string;
  [JINJA.iter]?(): Iterable<unknown>;
  [JINJA.len]?(): number;
  [JINJA.eq]?(other: unknown): boolean;
  [JINJA.hash]?(): string | number | bigint;
  [JINJA.truthy]?(): boolean;
  [JINJA.contains]?(value: unknown): boolean;
  [JINJA.compare]?(other: unknown): number | undefined;
  [JINJA.binary]?(operator: BinaryOperator, other: unknown, reversed: boolean): unknown;
  [JINJA.unary]?(operator: '-' | '+' | 'abs'): unknown;
  [JINJA.setAttr]?(name: string, value: unknown): void;
  readonly [JINJA.type]?: string;
  [JINJA.plain]?(): unknown;
  readonly [JINJA.mapping]?: boolean;
  [JINJA.format]?(spec: string): string;
}

/** Narrows to something that may carry the protocol's symbols: any object that is not an array or a function. */
export function asHost(value: unknown): HostObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as HostObject) : undefined;
}

class HostFunction implements HostObject {
  readonly [JINJA.type] = 'function';
  readonly name: string;
  readonly #fn: (args: CallArgs) => unknown;

  constructor(name: string, fn: (args: CallArgs) => unknown) {
    this.name = name;
    this.#fn = fn;
  }

  [JINJA.call](args: CallArgs): unknown {
    return this.#fn(args);
  }

  [JINJA.str](): string {
    return `<function ${this.name}>`;
  }
}

/**
 * Makes a function of the host callable from templates. It may return a promise: then it can be called from
 * asynchronous rendering only, a synchronous one fails with an InternalError.
 */
export function hostFunction(name: string, fn: (args: CallArgs) => unknown): HostObject {
  return new HostFunction(name, fn);
}

/** Makes a method callable from templates; prints as Python's bound methods do. */
export function hostMethod(typeName: string, name: string, fn: (args: CallArgs) => unknown): HostObject {
  return new HostMethod(typeName, name, fn);
}

class HostMethod extends HostFunction {
  readonly #owner: string;

  constructor(owner: string, name: string, fn: (args: CallArgs) => unknown) {
    super(name, fn);
    this.#owner = owner;
  }

  override [JINJA.str](): string {
    return `<built-in method ${this.name} of ${this.#owner} object>`;
  }
}
