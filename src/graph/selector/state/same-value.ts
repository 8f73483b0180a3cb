import { isDeepStrictEqual } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether two values of manifests are the same. A key that one of them does not have is what an empty one would be: an earlier dbt does not write
 * the fields that came later, and dbt reads them as their defaults.
 */
export function sameValue(now: unknown, before: unknown): boolean {
  if (isFields(now) && isFields(before)) {
    return [...new Set([...Object.keys(now), ...Object.keys(before)])].every((key) => {
      if (!Object.hasOwn(now, key)) return isEmpty(before[key]);
      return Object.hasOwn(before, key) ? sameValue(now[key], before[key]) : isEmpty(now[key]);
    });
  }
  if (Array.isArray(now) && Array.isArray(before)) {
    return now.length === before.length && now.every((item, i) => sameValue(item, before[i]));
  }
  return isDeepStrictEqual(now ?? null, before ?? null);
}

/** Whether these fields of two resources are the same. */
export function sameFields(now: object, before: object, names: readonly string[]): boolean {
  const pick = (resource: object): Fields => {
    const fields = resource as Fields;
    return Object.fromEntries(names.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]));
  };
  return sameValue(pick(now), pick(before));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'object' && Object.values(value).every(isEmpty));
}
