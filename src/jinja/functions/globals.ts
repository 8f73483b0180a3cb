import { PyError, typeError } from '../errors.js';
import { updateDict } from '../methods/dict.js';
import { intArgument } from '../methods/method.js';
import { bindArguments } from '../values/bind.js';
import { dictGet, PyDict } from '../values/dict.js';
import { truthy } from '../values/iterate.js';
import { type CallArgs, type HostObject, hostFunction, hostMethod, JINJA } from '../values/protocol.js';
import { PyRange } from '../values/sequence.js';
import { pyRepr } from '../values/text.js';

const range = hostFunction('range', (args) => {
  const numbers = args.positional.map(intArgument);
  if (args.keyword.size > 0) throw typeError('range() takes no keyword arguments');
  const [first = 0, second, step = 1] = numbers;
  if (numbers.length === 0) throw typeError('range expected at least 1 argument, got 0');
  if (numbers.length > 3) throw typeError(`range expected at most 3 arguments, got ${numbers.length}`);
  if (step === 0) throw new PyError('ValueError', 'range() arg 3 must not be zero');
  return second === undefined ? new PyRange(0, first, 1) : new PyRange(first, second, step);
});

const dict = hostFunction('dict', (args) => {
  const out = new PyDict();
  updateDict(out, args);
  return out;
});

/** What `namespace()` makes: the only object whose attributes a template can set. */
class Namespace implements HostObject {
  readonly [JINJA.type] = 'Namespace';
  readonly #attributes = new PyDict();

  constructor(args: CallArgs) {
    updateDict(this.#attributes, args);
  }

  [JINJA.attr](name: string): unknown {
    return dictGet(this.#attributes, name);
  }

  [JINJA.setAttr](name: string, value: unknown): void {
    this.#attributes.set(name, value);
  }

  [JINJA.str](): string {
    return `<Namespace ${pyRepr(this.#attributes)}>`;
  }
}

/** What `cycler(…)` makes. */
class Cycler implements HostObject {
  readonly [JINJA.type] = 'Cycler';
  #at = 0;
  readonly #items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    if (items.length === 0) throw new PyError('RuntimeError', 'at least one item has to be provided');
    this.#items = items;
  }

  [JINJA.attr](name: string): unknown {
    if (name === 'current') return this.#items[this.#at];
    if (name === 'items') return this.#items;
    if (name === 'pos') return this.#at;
    if (name === 'next') {
      return hostMethod('Cycler', name, () => {
        const item = this.#items[this.#at];
        this.#at = (this.#at + 1) % this.#items.length;
        return item;
      });
    }
    if (name !== 'reset') return undefined;
    return hostMethod('Cycler', name, () => {
      this.#at = 0;
      return null;
    });
  }
}

const joiner = hostFunction('joiner', (args) => {
  const [separator] = bindArguments('Joiner', args, [{ name: 'sep', default: ', ' }]);
  let used = false;
  return hostFunction('joiner', () => {
    if (used) return separator;
    used = true;
    return '';
  });
});

const lipsum = hostFunction('lipsum', (args) => {
  const [count, , least] = bindArguments('generate_lorem_ipsum', args, [
    { name: 'n', default: 5 },
    { name: 'html', default: true },
    { name: 'min', default: 20 },
    { name: 'max', default: 100 },
  ]);
  const words = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor'.split(' ');
  const paragraph = Array.from({ length: Math.min(100, intArgument(least)) }, (_, i) => words[i % words.length]).join(
    ' ',
  );
  const text = `${paragraph.charAt(0).toUpperCase()}${paragraph.slice(1)}.`;
  const html = truthy(args.keyword.get('html') ?? args.positional[1] ?? true);
  const parts = Array.from({ length: Math.min(100, intArgument(count)) }, () => (html ? `<p>${text}</p>` : text));
  return parts.join(html ? '\n' : '\n\n');
});

/** The names that every template has beneath those of its context. */
export const GLOBALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['range', range],
  ['dict', dict],
  ['namespace', hostFunction('namespace', (args) => new Namespace(args))],
  ['cycler', hostFunction('cycler', (args) => new Cycler(args.positional))],
  ['joiner', joiner],
  ['lipsum', lipsum],
]);
