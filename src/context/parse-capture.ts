import type { RefArgs } from '../contracts/common.js';

/** What rendering a node while parsing found out about it. */
export class ParseCapture {
  readonly refs: RefArgs[] = [];
  readonly sources: (readonly [string, string])[] = [];
  readonly metrics: (readonly string[])[] = [];
  readonly functions: (readonly string[])[] = [];
  /** `unique_id`s of the macros that the template itself called, in the order of the first calls. */
  readonly macros: string[] = [];
  /** All `config(…)` calls in one dictionary, merged as dbt does. Null without a call. */
  config: { [key: string]: unknown } | null = null;

  /** Notes a macro once. */
  addMacro(uniqueId: string): void {
    if (!this.macros.includes(uniqueId)) this.macros.push(uniqueId);
  }

  /** Adds the options of one `config(…)` call. */
  addConfig(options: { readonly [key: string]: unknown }): void {
    if (this.config === null) this.config = { ...options };
    else mergeConfigCall(this.config, options);
  }
}

const APPEND = new Set(['pre-hook', 'pre_hook', 'post-hook', 'post_hook', 'tags', 'packages']);
const UPDATE = new Set(['quoting', 'column_types', 'meta', 'docs', 'contract']);

type Dict = { [key: string]: unknown };

/** dbt's `merge_config_dicts`: adds a later call's options to those of earlier ones, in place. */
function mergeConfigCall(target: Dict, options: Readonly<Dict>): void {
  for (const [key, value] of Object.entries(options)) {
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (APPEND.has(key)) target[key] = known === undefined ? listify(value) : [...listify(known), ...listify(value)];
    else if (UPDATE.has(key) && isObject(value)) target[key] = isObject(known) ? { ...known, ...value } : value;
    else if (key === 'grants' && isObject(value)) target[key] = mergeGrants(known, value);
    else if (key === 'snapshot_meta_column_names' && isObject(value)) {
      target[key] = isObject(known) ? { ...known, ...value } : { ...value };
    } else target[key] = value;
  }
}

/** Grants replace what is there for a privilege; `+privilege` adds to it. The plus is kept for later layers. */
function mergeGrants(known: unknown, value: Readonly<Dict>): Dict {
  const result: Dict = {};
  if (isObject(known)) for (const [name, grantees] of Object.entries(known)) result[name] = listify(grantees);
  for (const [name, grantees] of Object.entries(value)) {
    const before = result[name];
    result[name] =
      name.startsWith('+') && Array.isArray(before) ? [...before, ...listify(grantees)] : listify(grantees);
  }
  return result;
}

function listify(value: unknown): unknown[] {
  return Array.isArray(value) ? [...value] : [value];
}

function isObject(value: unknown): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
