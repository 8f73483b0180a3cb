import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { metadataEnvs, targetOf } from '../../context/base-context.js';
import { FlagsView } from '../../context/flags-view.js';
import type { Invocation } from '../../context/invocation.js';
import { invocationArgs } from '../../context/invocation-args.js';
import { type LoadedMacro, PackageMacros } from '../../context/macro-namespace.js';
import type { MacroTable } from '../../context/macro-table.js';
import { macroClosure } from '../../context/test-namespace.js';
import { varLookup } from '../../context/vars.js';
import { JINJA, pyRepr } from '../../jinja/values.js';
import { readParts } from './unit.js';

/** The fixture files of unit tests, by name. */
interface Fixtures {
  get(name: string): { readonly hash: string } | undefined;
}

const NONE = '-';

/** Looks up what templates have read, to see whether it is still the same. */
export class ReadValues {
  readonly #invocation: Invocation;
  readonly #macros: MacroTable;
  readonly #fixtures: Fixtures;
  readonly #salt: string;
  readonly #flags: FlagsView;
  readonly #prints = new Map<LoadedMacro, string>();

  /** Values are kept as hashes with `salt`: what is in the environment does not get into the file. */
  constructor(invocation: Invocation, macros: MacroTable, fixtures: Fixtures, salt: string) {
    this.#invocation = invocation;
    this.#macros = macros;
    this.#fixtures = fixtures;
    this.#salt = salt;
    this.#flags = new FlagsView(invocation.config);
  }

  /** The fingerprint of what a read gives now. */
  print(key: string): string {
    const macros = this.#macros;
    const { config } = this.#invocation;
    const [kind, scope, name] = readParts(key);
    switch (kind) {
      case 'visible':
        return this.#macro(macros.namespaceFor(scope).get(name));
      case 'package': {
        const own = this.#macro(macros.packages.get(scope)?.get(name));
        return scope === 'dbt' ? `${own} ${this.#macro(macros.internal.get(name))}` : own;
      }
      case 'resolved':
        return this.#macro(macros.resolve(scope, name));
      case 'flat':
        return this.#macro(macros.flat.get(name));
      case 'id':
        return this.#macro(macros.byId(name));
      case 'generate':
        return this.#macro(macros.findGenerateName(name as 'schema', scope === '' ? null : scope));
      case 'closure': {
        const found = [...macroClosure(macros, name === '' ? undefined : macros.byId(name))];
        return this.#hash(found.map((macro) => this.#macro(macro)).join(' '));
      }
      case 'var': {
        const lookup = varLookup(config, scope);
        return lookup.has(name) ? this.#hash(pyRepr(lookup.get(name))) : NONE;
      }
      case 'env': {
        const value = config.env[name];
        return value === undefined ? NONE : this.#hash(value);
      }
      case 'flag':
        return this.#hash(pyRepr(this.#flags[JINJA.attr](name)));
      case 'member':
        return this.#hash(pyRepr(this.#member(name)));
      case 'fixture':
        return this.#fixtures.get(name)?.hash ?? NONE;
      case 'file':
        return this.#file(name);
    }
  }

  #file(path: string): string {
    try {
      return this.#hash(readFileSync(path, 'latin1'));
    } catch {
      return NONE;
    }
  }

  #member(name: string): unknown {
    const { config } = this.#invocation;
    switch (name) {
      case 'target':
        return targetOf(this.#invocation);
      case 'invocation_args_dict':
        return invocationArgs(config);
      case 'dbt_metadata_envs':
        return metadataEnvs(config.env);
      default:
        return undefined;
    }
  }

  #macro(found: LoadedMacro | PackageMacros | undefined): string {
    if (found === undefined) return NONE;
    if (found instanceof PackageMacros) return `package ${found.name}`;
    let print = this.#prints.get(found);
    if (print === undefined) {
      const { unique_id: id, macro_sql: sql } = found.macro;
      print = this.#hash(`${id}\0${sql}`);
      this.#prints.set(found, print);
    }
    return print;
  }

  #hash(text: string): string {
    return createHash('sha1').update(this.#salt).update(text).digest('base64').slice(0, 16);
  }
}
