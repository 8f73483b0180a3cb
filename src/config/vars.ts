import type { Json } from '../contracts/common.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import {
  bindArguments,
  type CallArgs,
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  type HostObject,
  hostFunction,
  isDict,
  JINJA,
  pyRepr,
  pyStr,
  toPlain,
  typeName,
} from '../jinja/values.js';
import { SECRET_ENV_PREFIX, scrubSecrets } from './env-var.js';
import { asRecord, readYaml } from './yaml.js';

/** `vars:` or `--vars`: names and values. */
export type Vars = { readonly [name: string]: unknown };

/**
 * Reads `--vars`, a dictionary in YAML. Throws `vars-invalid`; `--vars` is the place that the diagnostic names.
 */
export function parseCliVars(text: string, option = 'vars'): Vars {
  const hint = `Write a YAML dictionary, e.g. --${option} '{"start": "2024-01-01"}'.`;
  let value: unknown;
  try {
    value = readYaml(text, `--${option}`, { strip: false, dates: 'values' }).value;
  } catch (error) {
    if (!isDbtError(error)) throw error;
    const { span } = error.diagnostic;
    throw new DbtError('vars-invalid', `The YAML provided in the --${option} argument is not valid. ${error.message}`, {
      hint,
      sourceText: text,
      ...(span ? { span } : {}),
      cause: error,
    });
  }
  const vars = asRecord(value);
  if (!vars) {
    const type = typeName(value);
    throw new DbtError(
      'vars-invalid',
      `The --${option} argument must be a YAML dictionary, but was of type '${type}'`,
      {
        hint,
        sourceText: text,
        span: { file: `--${option}`, line: 1, column: 1 },
      },
    );
  }
  const odd = isDict(value) ? [...dictKeys(value)].find((key) => typeof key !== 'string') : undefined;
  if (odd !== undefined) {
    throw new DbtError(
      'vars-invalid',
      `The names of --${option} must be text: ${pyRepr(odd)} is not of type 'string'`,
      {
        hint: `Put the name in quotes: '${pyStr(odd)}'.`,
        sourceText: text,
        span: { file: `--${option}`, line: 1, column: 1 },
      },
    );
  }
  return vars;
}

/** Finds variables by dbt's precedence. */
export interface VarLookup {
  has(name: string): boolean;
  /** The value, or undefined when there is none. */
  get(name: string): unknown;
  /** Everything that can be seen, for the message about a missing one. */
  all(): Vars;
}

/** A lookup in dictionaries, the first that has a name wins. */
export function lookupIn(sources: readonly unknown[]): VarLookup {
  const dicts = sources.filter(isDict);
  return {
    has: (name) => dicts.some((dict) => dictHas(dict, name)),
    get: (name) => {
      const dict = dicts.find((candidate) => dictHas(candidate, name));
      return dict === undefined ? undefined : (dictGet(dict, name) ?? null);
    },
    all: () => {
      const all: Record<string, unknown> = {};
      for (const dict of [...dicts].reverse()) for (const [key, value] of dictEntries(dict)) all[pyStr(key)] = value;
      return all;
    },
  };
}

/**
 * Variables as code of a package sees them: `--vars`, then the root project's for that package, then the root
 * project's, then the package's own for itself, then the package's own.
 */
export function createVarLookup(
  config: Pick<RuntimeConfig, 'project' | 'packages' | 'cli_vars'>,
  packageName: string,
): VarLookup {
  const root = config.project;
  const own = packageName === root.project_name ? undefined : config.packages.get(packageName);
  return lookupIn([
    config.cli_vars,
    scoped(root.vars, packageName),
    root.vars,
    ...(own ? [scoped(own.vars, packageName), own.vars] : []),
  ]);
}

function scoped(vars: unknown, packageName: string): unknown {
  return isDict(vars) ? dictGet(vars, packageName) : undefined;
}

export interface VarOptions {
  /** What asks, for the message about a missing variable; dbt's `<Configuration>` without it. */
  readonly asker?: string;
  /** Without a value and a default: an error, or None (as `dbt deps` has it). Default true. */
  readonly required?: boolean;
  /** dbt renders text again that comes from `--vars` while it reads configuration. */
  readonly render?: (text: string) => unknown;
}

/** Jinja's `var(name, default)` with its method `has_var(name)`. */
export function varFunction(lookup: VarLookup, options: VarOptions = {}): HostObject {
  const call = (args: CallArgs): unknown => {
    const [name, fallback] = bindArguments('var', args, ['var_name', { name: 'default', default: MISSING }]);
    const key = typeof name === 'string' ? name : pyStr(name);
    if (lookup.has(key)) {
      const value = lookup.get(key);
      return typeof value === 'string' && options.render ? options.render(value) : value;
    }
    if (fallback !== MISSING) return fallback;
    if (options.required === false) return null;
    throw missingVar(key, lookup.all(), options.asker);
  };
  const hasVar = hostFunction('has_var', (args) => {
    const [name] = bindArguments('has_var', args, ['var_name']);
    return typeof name === 'string' && lookup.has(name);
  });
  return {
    [JINJA.type]: 'Var',
    [JINJA.call]: call,
    [JINJA.attr]: (name) => (name === 'has_var' ? hasVar : undefined),
  };
}

const MISSING = Symbol('missing');

/** dbt's error about a variable that nothing defines. */
export function missingVar(name: string, supplied: Vars, asker = '<Configuration>'): DbtError {
  const secrets = Object.entries(supplied)
    .filter(([key, value]) => key.startsWith(SECRET_ENV_PREFIX) && typeof value === 'string' && value.trim() !== '')
    .map(([, value]) => value as string);
  const sorted = Object.fromEntries(Object.entries(supplied).sort(([a], [b]) => (a < b ? -1 : 1)));
  const shown = scrubSecrets(JSON.stringify(jsonSafe(sorted), undefined, 4), secrets);
  return new DbtError(
    'var-missing',
    `Required var '${name}' not found in config:\nVars supplied to ${asker} = ${shown}`,
    {
      hint:
        asker === '<Configuration>'
          ? `Define it under vars: in vars.yml, give it with --vars, or give a default: var('${name}', …). The vars: of dbt_project.yml are not known yet.`
          : `Define it under vars: in vars.yml or dbt_project.yml, give it with --vars, or give a default: var('${name}', …).`,
    },
  );
}

/** Python's values of `--vars` by their plain form, which `Flags` have. */
const typed = new WeakMap<object, Vars>();

/** Variables in a form that JSON can hold, for `Flags`; `typedVars` gives back what they were. */
export function plainVars(vars: Vars): Vars {
  const plain = jsonSafe(vars) as Vars;
  typed.set(plain, vars);
  return plain;
}

/** The variables with Python's types (floats, dates, big integers) if `plainVars` made them, else the same. */
export function typedVars(vars: Vars): Vars {
  return typed.get(vars) ?? vars;
}

function jsonSafe(value: unknown): unknown {
  return JSON.parse(JSON.stringify(toPlain(value), (_key, item) => (typeof item === 'bigint' ? Number(item) : item)));
}

/** `--vars` as RuntimeConfig has them: the values stay Jinja's. */
export function asCliVars(vars: Vars): { readonly [name: string]: Json } {
  return vars as { readonly [name: string]: Json };
}
