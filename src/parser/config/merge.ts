import { pyStr } from '../../jinja/values.js';
import { isObject, refused } from './checks.js';
import type { ConfigClass, ConfigField } from './fields.js';

/** A configuration: the known keys in dbt's order, then the user's own. */
export type Config = { readonly [key: string]: unknown };

/** A key whose value dbt does not take. */
export class ConfigRefused extends Error {
  readonly key: string;

  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
}

/** Lays a layer over a configuration. The result shares what did not change. */
export function mergeLayer(cls: ConfigClass, base: Config, layer: Config): Config {
  const keys = Object.keys(layer);
  if (keys.length === 0) return base;
  const result: { [key: string]: unknown } = { ...base };
  for (const written of keys) {
    const key = written === 'pre_hook' ? 'pre-hook' : written === 'post_hook' ? 'post-hook' : written;
    const value = layer[written];
    const known = cls.byName.get(key);
    result[key] = known ? merged(known, base[key], value) : value;
  }
  return result;
}

function merged(field: ConfigField, before: unknown, value: unknown): unknown {
  switch (field.merge) {
    case 'append':
      return checked(field, [...listify(before), ...listify(value)]);
    case 'update':
      if (!isObject(value)) throw new ConfigRefused(field.name, `expected dict, got ${pyStr(value)}`);
      return checked(field, { ...(isObject(before) ? before : {}), ...value });
    case 'dict-key-append':
      if (!isObject(value)) throw new ConfigRefused(field.name, `expected dict, got ${pyStr(value)}`);
      return grants(isObject(before) ? before : {}, value);
    default:
      return checked(field, value);
  }
}

function checked(field: ConfigField, value: unknown): unknown {
  if (value === null || value === undefined || !field.check) return value ?? null;
  const result = field.check(value);
  if (refused(result)) throw new ConfigRefused(field.name, result.message);
  return result.value;
}

/** Grants of a privilege replace earlier ones; `+privilege` adds to them. */
function grants(before: Config, value: Config): Config {
  const result: { [key: string]: unknown[] } = {};
  for (const [name, grantees] of Object.entries(before)) result[name] = listify(grantees);
  for (const [written, grantees] of Object.entries(value)) {
    const name = written.replace(/^\++/, '');
    const known = result[name];
    result[name] = written.startsWith('+') && known ? [...known, ...listify(grantees)] : listify(grantees);
  }
  return result;
}

function listify(value: unknown): unknown[] {
  if (value === null || value === undefined) return [value ?? null].filter((v) => v !== null);
  return Array.isArray(value) ? [...value] : [value];
}

const trimmed = new WeakMap<Config, Config>();

/** A configuration without the keys that are None. The same object again for the same configuration. */
export function withoutNulls(cls: ConfigClass, config: Config): Config {
  let result = trimmed.get(config);
  if (!result) {
    result = Object.fromEntries(
      Object.entries(config).filter(([key, value]) => value !== null || !cls.byName.has(key)),
    );
    trimmed.set(config, result);
  }
  return result;
}
