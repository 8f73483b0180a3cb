import { DbtError } from '../diagnostics/errors.js';
import {
  bindArguments,
  type CallArgs,
  dictEntries,
  type HostObject,
  hostFunction,
  isDict,
  isUndefined,
  JINJA,
  PyDate,
  PyDateTime,
  pyStr,
  toPlain,
} from '../jinja/values.js';
import type { ParseCapture } from './parse-capture.js';

/** Jinja's `config` while parsing: calls are noted, reads give nothing. */
export class ParseConfigView implements HostObject {
  readonly [JINJA.type] = 'ParseConfigObject';
  readonly #capture: ParseCapture;
  readonly #model: () => unknown;

  constructor(capture: ParseCapture, model: () => unknown) {
    this.#capture = capture;
    this.#model = model;
  }

  [JINJA.call](args: CallArgs): string {
    this.#capture.addConfig(configOptions(args));
    return '';
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'set':
        return hostFunction('set', (args) => {
          const [key, value] = bindArguments('set', args, ['name', 'value']);
          this.#capture.addConfig(checked([[pyStr(key), value]]));
          return '';
        });
      case 'get':
      case 'meta_get':
        return hostFunction(name, (args) => {
          bindArguments(name, args, ['name', optional('default'), optional('validator')]);
          return '';
        });
      case 'require':
      case 'meta_require':
        return hostFunction(name, (args) => {
          bindArguments(name, args, ['name', optional('validator')]);
          return '';
        });
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return hostFunction(name, (args) => {
          bindArguments(name, args, []);
          return false;
        });
      case 'model':
        return this.#model();
      default:
        return undefined;
    }
  }
}

const optional = (name: string): { name: string; default: unknown } => ({ name, default: null });

/** The options of a `config(…)` call: keywords, or one dictionary. `pre_hook` and `post_hook` get their hyphen. */
export function configOptions({ positional, keyword }: CallArgs): { [key: string]: unknown } {
  if (positional.length === 1 && keyword.size === 0 && isDict(positional[0])) {
    return checked([...dictEntries(positional[0])].map(([key, value]): [string, unknown] => [pyStr(key), value]));
  }
  if (positional.length > 0 || keyword.size === 0) {
    throw new DbtError('config-call', 'Invalid inline model config', {
      hint: "Give options by name, e.g. config(materialized='table'), or one dictionary.",
    });
  }
  return checked(keyword);
}

function checked(entries: Iterable<readonly [string, unknown]>): { [key: string]: unknown } {
  const options: { [key: string]: unknown } = {};
  for (const [key, value] of entries) {
    if (isUndefined(value)) {
      const name = (value as { name?: unknown } | undefined)?.name ?? 'value';
      throw new DbtError('jinja-undefined', `'${pyStr(name)}' is undefined: it can't be the config '${key}'`);
    }
    // As dbt writes them into the manifest.
    options[key] = value instanceof PyDateTime || value instanceof PyDate ? value.isoformat() : toPlain(value);
  }
  for (const [old, now] of [
    ['pre_hook', 'pre-hook'],
    ['post_hook', 'post-hook'],
  ] as const) {
    if (!Object.hasOwn(options, old)) continue;
    if (Object.hasOwn(options, now)) {
      throw new DbtError('config-call', `Invalid config, has conflicting keys "${old}" and "${now}"`, {
        hint: `Use only '${old}'.`,
      });
    }
    options[now] = options[old];
    delete options[old];
  }
  return options;
}
