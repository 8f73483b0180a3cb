import { typeError } from '../../jinja/errors.js';
import {
  asHost,
  bindArguments,
  type CallArgs,
  type HostObject,
  hostFunction,
  JINJA,
  NO_KEYWORDS,
  type Parameter,
  PyIterator,
  PyTuple,
  pyStr,
  toArray,
  typeName,
} from '../../jinja/values.js';
import { pythonClass } from './python-class.js';
import { compilePattern, RE_FLAGS } from './re-pattern.js';

const FLAGS: Parameter = { name: 'flags', default: 0 };

/** Python's `re` module as far as templates use it. */
export function reModule(): { readonly [name: string]: unknown } {
  const members: { [name: string]: unknown } = { ...RE_FLAGS };
  for (const name of ['match', 'fullmatch', 'search', 'findall', 'finditer'] as const) {
    members[name] = fn(name, ['pattern', 'string', FLAGS], ([pattern, text, flags]) =>
      toPattern(pattern, flags)[name](textOf(text)),
    );
  }
  members['compile'] = fn('compile', ['pattern', FLAGS], ([pattern, flags]) => toPattern(pattern, flags));
  members['sub'] = fn(
    'sub',
    ['pattern', 'repl', 'string', { name: 'count', default: 0 }, FLAGS],
    ([pattern, repl, text, count, flags]) => toPattern(pattern, flags).sub(repl, textOf(text), Number(count))[0],
  );
  members['subn'] = fn(
    'subn',
    ['pattern', 'repl', 'string', { name: 'count', default: 0 }, FLAGS],
    ([pattern, repl, text, count, flags]) =>
      new PyTuple(toPattern(pattern, flags).sub(repl, textOf(text), Number(count))),
  );
  members['split'] = fn(
    'split',
    ['pattern', 'string', { name: 'maxsplit', default: 0 }, FLAGS],
    ([pattern, text, most, flags]) => toPattern(pattern, flags).split(textOf(text), Number(most)),
  );
  members['escape'] = fn('escape', ['pattern'], ([text]) => textOf(text).replace(/[\s()[\]{}?*+\-|^$\\.&~#]/g, '\\$&'));
  members['template'] = members['compile'];
  for (const name of ['error', 'Match', 'Pattern', 'RegexFlag']) members[name] = pythonClass(`re.${name}`);
  members['purge'] = fn('purge', [], () => null);
  return members;
}

function fn(name: string, parameters: readonly Parameter[], body: (values: unknown[]) => unknown): HostObject {
  return hostFunction(name, (args) => body(bindArguments(name, args, parameters)));
}

function toPattern(pattern: unknown, flags: unknown): RePattern {
  return pattern instanceof RePattern ? pattern : new RePattern(textOf(pattern), Number(flags));
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw typeError(`expected string or bytes-like object, got '${typeName(value)}'`);
  return value;
}

class RePattern implements HostObject {
  readonly [JINJA.type] = 're.Pattern';
  readonly #source: string;
  readonly #flags: number;

  constructor(source: string, flags: number) {
    this.#source = source;
    this.#flags = flags;
    this.#regex();
  }

  #regex(): RegExp {
    return compilePattern(this.#source, this.#flags);
  }

  *#all(text: string): IterableIterator<RegExpExecArray> {
    yield* [...text.matchAll(this.#regex())];
  }

  search(text: string): ReMatch | null {
    const match = this.#regex().exec(text);
    return match && new ReMatch(match, this.#regex());
  }

  match(text: string): ReMatch | null {
    const regex = new RegExp(this.#regex().source, this.#regex().flags.replace('g', 'y'));
    const match = regex.exec(text);
    return match && new ReMatch(match, regex);
  }

  fullmatch(text: string): ReMatch | null {
    const { source, flags } = this.#regex();
    // `$` is the end of a line as well when lines count. A look ahead keeps V8 from its engine without backtracking.
    const end = flags.includes('m') ? '(?![\\s\\S])' : '$';
    const regex = new RegExp(`(?:${source})${end}`, flags.replace('g', 'y'));
    const match = regex.exec(text);
    return match && new ReMatch(match, regex);
  }

  findall(text: string): unknown[] {
    return [...this.#all(text)].map((match) => {
      if (match.length === 1) return match[0];
      if (match.length === 2) return match[1] ?? '';
      return new PyTuple(match.slice(1).map((group) => group ?? ''));
    });
  }

  finditer(text: string): PyIterator {
    return new PyIterator(
      [...this.#all(text)].map((match) => new ReMatch(match, this.#regex())),
      'callable_iterator',
    );
  }

  split(text: string, most: number): unknown[] {
    const parts: unknown[] = [];
    let at = 0;
    for (const match of this.#all(text)) {
      if (most > 0 && parts.length >= most * match.length) break;
      parts.push(text.slice(at, match.index), ...match.slice(1).map((group) => group ?? null));
      at = match.index + match[0].length;
    }
    parts.push(text.slice(at));
    return parts;
  }

  sub(replacement: unknown, text: string, most: number): [string, number] {
    const call = typeof replacement === 'string' ? undefined : asHost(replacement)?.[JINJA.call];
    let result = '';
    let at = 0;
    let count = 0;
    for (const match of this.#all(text)) {
      if (most > 0 && count >= most) break;
      count += 1;
      const value = call
        ? pyStr(
            call.call(replacement as HostObject, {
              positional: [new ReMatch(match, this.#regex())],
              keyword: NO_KEYWORDS,
            }),
          )
        : expand(textOf(replacement), match);
      result += text.slice(at, match.index) + value;
      at = match.index + match[0].length;
    }
    return [result + text.slice(at), count];
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'pattern':
        return this.#source;
      case 'flags':
        return this.#flags | 32;
      case 'search':
      case 'match':
      case 'fullmatch':
      case 'findall':
      case 'finditer':
        return fn(name, ['string'], ([text]) => this[name](textOf(text)));
      case 'split':
        return fn(name, ['string', { name: 'maxsplit', default: 0 }], ([text, most]) =>
          this.split(textOf(text), Number(most)),
        );
      case 'sub':
        return fn(
          name,
          ['repl', 'string', { name: 'count', default: 0 }],
          ([repl, text, most]) => this.sub(repl, textOf(text), Number(most))[0],
        );
      default:
        return undefined;
    }
  }
}

/** `\1`, `\g<1>`, `\g<name>` and `\n` in a replacement. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replace(
    /\\(?:g<([^>]+)>|(\d{1,2})|([\s\S]))/g,
    (_, named?: string, numbered?: string, char?: string) => {
      if (char !== undefined) return char === 'n' ? '\n' : char === 't' ? '\t' : char === '\\' ? '\\' : `\\${char}`;
      const key = named ?? numbered ?? '0';
      return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? '';
    },
  );
}

class ReMatch implements HostObject {
  readonly [JINJA.type] = 're.Match';
  readonly #match: RegExpExecArray;
  readonly #regex: RegExp;

  constructor(match: RegExpExecArray, regex: RegExp) {
    this.#match = match;
    this.#regex = regex;
  }

  #group(key: unknown): unknown {
    const match = this.#match;
    if (typeof key === 'string') return match.groups?.[key] ?? null;
    return match[Number(key)] ?? null;
  }

  #span(key: unknown): [number, number] {
    const { index, input } = this.#match;
    if (Number(key) === 0) return [index, index + this.#match[0].length];
    // The places of groups are rarely asked for, and with them V8 has no way out of endless backtracking.
    const placed = new RegExp(this.#regex.source, `${this.#regex.flags.replace(/[gy]/g, '')}dy`);
    placed.lastIndex = index;
    const { indices } = placed.exec(input) ?? {};
    return indices?.[Number(key)] ?? [-1, -1];
  }

  [JINJA.item](key: unknown): unknown {
    return this.#group(key);
  }

  [JINJA.truthy](): boolean {
    return true;
  }

  [JINJA.str](): string {
    const [start, end] = this.#span(0);
    return `<re.Match object; span=(${start}, ${end}), match='${this.#match[0]}'>`;
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'group':
        return hostFunction('group', ({ positional }: CallArgs) => {
          if (positional.length <= 1) return this.#group(positional[0] ?? 0);
          return new PyTuple(positional.map((key) => this.#group(key)));
        });
      case 'groups':
        return fn(
          'groups',
          [{ name: 'default', default: null }],
          ([fallback]) => new PyTuple(this.#match.slice(1).map((g) => g ?? fallback)),
        );
      case 'groupdict':
        return fn('groupdict', [{ name: 'default', default: null }], ([fallback]) =>
          Object.fromEntries(Object.entries(this.#match.groups ?? {}).map(([key, value]) => [key, value ?? fallback])),
        );
      case 'start':
      case 'end':
        return fn(name, [{ name: 'group', default: 0 }], ([key]) => this.#span(key)[name === 'start' ? 0 : 1]);
      case 'span':
        return fn('span', [{ name: 'group', default: 0 }], ([key]) => new PyTuple(this.#span(key)));
      case 'string':
        return this.#match.input;
      case 'lastindex': {
        const last = toArray(this.#match).findLastIndex((group) => group !== undefined);
        return last > 0 ? last : null;
      }
      default:
        return undefined;
    }
  }
}
