import { pyRepr, pyStr } from '../../jinja/values.js';

/** A value that dbt does not take. */
export interface Refusal {
  readonly message: string;
}

/** Looks at a value that is not null; gives the value as dbt keeps it, or why it is refused. */
export type Check = (value: unknown) => { readonly value: unknown } | Refusal;

/** Whether a check refused. */
export function refused(result: { readonly value: unknown } | Refusal): result is Refusal {
  return 'message' in result;
}

const ok = (value: unknown): { readonly value: unknown } => ({ value });
const notType = (value: unknown, type: string): Refusal => ({ message: `${pyRepr(value)} is not of type '${type}'` });

export const BOOLEAN: Check = (value) => (typeof value === 'boolean' ? ok(value) : notType(value, 'boolean'));
export const STRING: Check = (value) => (typeof value === 'string' ? ok(value) : notType(value, 'string'));
export const NUMBER: Check = (value) =>
  typeof value === 'number' || typeof value === 'bigint' ? ok(value) : notType(value, 'integer');
export const DICT: Check = (value) => (isObject(value) ? ok(value) : notType(value, 'object'));

export const STRINGS: Check = (value) => {
  if (typeof value === 'string') return ok([value]);
  if (!Array.isArray(value)) return notType(value, 'array');
  const wrong = value.find((item) => typeof item !== 'string');
  return wrong === undefined ? ok(value) : notType(wrong, 'string');
};

export const STRING_OR_STRINGS: Check = (value) => {
  if (typeof value === 'string') return ok(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return ok(value);
  return { message: `${pyRepr(value)} is not valid under any of the given schemas` };
};

/** One of a few words. */
export const ENUM =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string) ? ok(value) : { message: `${pyRepr(value)} is not one of ${pyRepr([...words])}` };

export const ACCESS: Check = ENUM('private', 'protected', 'public');

export const SEVERITY: Check = (value) =>
  typeof value === 'string' && /^(?:warn|error)$/i.test(value)
    ? ok(value)
    : { message: `Severity must be either 'warn' or 'error'. Got '${pyStr(value)}'` };

/** `off` and `on` are booleans in YAML. */
export const STATIC_ANALYSIS: Check = (value) =>
  typeof value === 'boolean' ? ok(value ? 'on' : 'off') : STRING(value);

export const DOCS: Check = (value) => {
  if (!isObject(value)) return notType(value, 'object');
  const { show = true, node_color: color = null } = value;
  if (typeof show !== 'boolean') return notType(show, 'boolean');
  if (color !== null && typeof color !== 'string') return notType(color, 'string');
  if (color !== null && !/^(?:#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?|[a-zA-Z]+)$/.test(color)) {
    return {
      message: `Invalid color name for docs.node_color: ${color}. It is neither a valid HTML color name nor a valid HEX code.`,
    };
  }
  return ok({ show, node_color: color });
};

export const CONTRACT: Check = (value) => {
  if (!isObject(value)) return notType(value, 'object');
  const { enforced = false, alias_types = true } = value;
  if (typeof enforced !== 'boolean') return notType(enforced, 'boolean');
  if (typeof alias_types !== 'boolean') return notType(alias_types, 'boolean');
  return ok({ enforced, alias_types });
};

export const HOOKS: Check = (value) => {
  const hooks: unknown[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    const hook = hookOf(item);
    if (!isObject(hook) || typeof hook['sql'] !== 'string') return { message: `${pyRepr(item)} is not a hook` };
    hooks.push({ sql: hook['sql'], transaction: hook['transaction'] ?? true, index: hook['index'] ?? null });
  }
  return ok(hooks);
};

/** A hook may be a text, a dictionary, or a dictionary written as JSON. */
function hookOf(item: unknown): unknown {
  if (typeof item !== 'string') return item;
  if (!/^\s*\{/.test(item)) return { sql: item };
  try {
    return JSON.parse(item) as unknown;
  } catch {
    return { sql: item };
  }
}

export const SNAPSHOT_NAMES: Check = (value) => {
  if (!isObject(value)) return notType(value, 'object');
  const names = ['dbt_valid_to', 'dbt_valid_from', 'dbt_scd_id', 'dbt_updated_at', 'dbt_is_deleted'];
  return ok(Object.fromEntries(names.map((name) => [name, value[name] ?? null])));
};

/** A model's `freshness.build_after`. */
export const FRESHNESS: Check = (value) => {
  if (!isObject(value)) return notType(value, 'object');
  const after = value['build_after'];
  if (after === undefined) return ok(null);
  if (!isObject(after)) return notType(after, 'object');
  const { count = null, period = null, updates_on = 'any' } = after;
  if ((count === null) !== (period === null)) {
    const [has, lacks] = count === null ? ['period', 'count'] : ['count', 'period'];
    return { message: `\`freshness.build_after\` must have a value for \`${lacks}\` if a \`${has}\` is provided` };
  }
  return ok({ ...value, build_after: { ...after, count, period, updates_on } });
};

/** A source's `freshness`. */
export const SOURCE_FRESHNESS: Check = (value) => {
  if (!isObject(value)) return notType(value, 'object');
  const times: { [key: string]: unknown } = {};
  for (const key of ['warn_after', 'error_after']) {
    const time = Object.hasOwn(value, key) ? value[key] : {};
    if (time === null) times[key] = null;
    else if (!isObject(time)) return notType(time, 'object');
    else {
      const { count = null, period = null } = time;
      if (count !== null && typeof count !== 'number') return notType(count, 'integer');
      if (period !== null && !['minute', 'hour', 'day'].includes(period as string)) {
        return { message: `${pyRepr(period)} is not one of ['minute', 'hour', 'day']` };
      }
      times[key] = { count, period };
    }
  }
  const filter = value['filter'] ?? null;
  if (filter !== null && typeof filter !== 'string') return notType(filter, 'string');
  return ok({ warn_after: times['warn_after'], error_after: times['error_after'], filter });
};

/** Whether a value is a plain dictionary. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
