import { PyError } from '../jinja/errors.js';
import {
  bindArguments,
  type CallArgs,
  dictEntries,
  type HostObject,
  hostFunction,
  isDict,
  JINJA,
  PyTuple,
  pyRepr,
} from '../jinja/values.js';

/** A dict of names whose values are made on demand: Jinja's `context`, `builtins` and package namespaces. Only `context` takes new names. */
export class ContextView implements HostObject {
  readonly [JINJA.type] = 'dict';
  readonly [JINJA.mapping] = true;
  readonly #get: (name: string) => unknown;
  readonly #names: () => Iterable<string>;
  readonly #set: ((name: string, value: unknown) => void) | undefined;

  constructor(
    get: (name: string) => unknown,
    names: () => Iterable<string>,
    set?: (name: string, value: unknown) => void,
  ) {
    this.#get = get;
    this.#names = names;
    this.#set = set;
  }

  /** The methods of a dict; names are items, as in Python, so that `package._macro` is not taken for a private attribute. */
  [JINJA.attr](name: string): unknown {
    return this.#method(name);
  }

  [JINJA.item](key: unknown): unknown {
    return typeof key === 'string' ? this.#get(key) : undefined;
  }

  [JINJA.contains](key: unknown): boolean {
    return typeof key === 'string' && this.#get(key) !== undefined;
  }

  [JINJA.iter](): Iterable<unknown> {
    return this.#names();
  }

  [JINJA.len](): number {
    return [...this.#names()].length;
  }

  [JINJA.truthy](): boolean {
    return true;
  }

  [JINJA.str](): string {
    return `{${[...this.#names()].map((n) => `'${n}': …`).join(', ')}}`;
  }

  [JINJA.plain](): unknown {
    return Object.fromEntries([...this.#names()].map((n) => [n, null]));
  }

  /** Adds names for what is rendered later; macros see them, also through `context`. */
  #update({ positional, keyword }: CallArgs): null {
    const pairs = isDict(positional[0]) ? dictEntries(positional[0]) : [];
    for (const [name, value] of [...pairs, ...keyword]) if (typeof name === 'string') this.#set?.(name, value);
    return null;
  }

  /** Takes a name away, for what is rendered later. */
  #pop(args: CallArgs): unknown {
    const [key, fallback] = bindArguments('pop', args, ['key', { name: 'default', default: undefined }]);
    const value = this[JINJA.item](key);
    if (value === undefined && fallback === undefined) throw new PyError('KeyError', pyRepr(key));
    if (value === undefined) return fallback;
    this.#set?.(key as string, undefined);
    return value;
  }

  #method(name: string): unknown {
    switch (name) {
      case 'get':
        return hostFunction('get', (args: CallArgs) => {
          const [key, fallback] = bindArguments('get', args, ['key', { name: 'default', default: null }]);
          return (typeof key === 'string' ? this.#get(key) : undefined) ?? fallback;
        });
      case 'keys':
        return hostFunction('keys', () => [...this.#names()]);
      case 'values':
        return hostFunction('values', () => [...this.#names()].map((n) => this.#get(n)));
      case 'items':
        return hostFunction('items', () => [...this.#names()].map((n) => new PyTuple([n, this.#get(n)])));
      case 'pop':
        return this.#set && hostFunction('pop', (args: CallArgs) => this.#pop(args));
      case 'setdefault':
        return (
          this.#set &&
          hostFunction('setdefault', (args: CallArgs) => {
            const [key, fallback] = bindArguments('setdefault', args, ['key', { name: 'default', default: null }]);
            const known = this[JINJA.item](key);
            if (known !== undefined) return known;
            if (typeof key === 'string') this.#set?.(key, fallback);
            return fallback;
          })
        );
      case 'update':
        return this.#set && hostFunction('update', (args: CallArgs) => this.#update(args));
      default:
        return undefined;
    }
  }
}
