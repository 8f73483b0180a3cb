import { createVarLookup, type VarLookup, varFunction } from '../config/vars.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { type CallArgs, type HostObject, JINJA } from '../jinja/values.js';
import type { ReadObserver } from './reads.js';

export interface VarsOptions {
  readonly config: RuntimeConfig;
  /** The package whose `vars:` count beside the root's. */
  readonly packageName: string;
  /** Renders a value that is a template itself; strings without Jinja never get here. */
  readonly render: (text: string) => unknown;
  /** A missing variable is None while parsing, an error when executing. */
  readonly required: boolean;
  /** For the message: the node that asks. */
  readonly nodeName: string | null;
  readonly reads?: ReadObserver | undefined;
}

const JINJA_CHARS = /[{][{%#]|[#}%][}]/;

/** Jinja's `var` for the templates of a package. Values that are templates themselves are rendered when asked for. */
export class VarsView implements HostObject {
  readonly [JINJA.type] = 'Var';
  readonly #var: HostObject;

  constructor({ config, packageName, render, required, nodeName, reads }: VarsOptions) {
    const lookup = varLookup(config, packageName);
    this.#var = varFunction(reads ? observed(lookup, packageName, reads) : lookup, {
      required,
      render: (text) => (JINJA_CHARS.test(text) ? render(text) : text),
      ...(nodeName === null ? {} : { asker: nodeName }),
    });
  }

  [JINJA.call](args: CallArgs): unknown {
    return this.#var[JINJA.call]?.(args);
  }

  [JINJA.attr](name: string): unknown {
    return this.#var[JINJA.attr]?.(name);
  }
}

const cache = new WeakMap<RuntimeConfig, Map<string, VarLookup>>();

function observed(lookup: VarLookup, packageName: string, reads: ReadObserver): VarLookup {
  return {
    has: (name) => {
      reads.read('var', packageName, name);
      return lookup.has(name);
    },
    get: (name) => lookup.get(name),
    all: () => lookup.all(),
  };
}

/** The variables as code of a package sees them. */
export function varLookup(config: RuntimeConfig, packageName: string): VarLookup {
  const byPackage = cache.get(config) ?? new Map<string, VarLookup>();
  cache.set(config, byPackage);
  const lookup = byPackage.get(packageName) ?? createVarLookup(config, packageName);
  byPackage.set(packageName, lookup);
  return lookup;
}
