import { dictEntries, isDict, pyStr } from '../../jinja/values.js';

/** A value inside a single-quoted SQL text. */
export function escapeSqlString(value: unknown): string {
  return pyStr(value).replaceAll("'", "''");
}

/** Settings whose values are words, not texts. */
const BARE = new Set(['type', 'provider', 'extra_http_headers']);

/** `CREATE SECRET` for one entry of the profile's `secrets`; `number` counts from 1 and names the nameless. */
export function secretSql(entry: { readonly [key: string]: unknown }, number: number): string {
  const { name = `_dbt_secret_${number}`, persistent, scope, ...settings } = entry;
  const lines: string[] = [];
  for (const [key, value] of Object.entries(settings)) {
    if (value !== null && value !== undefined) lines.push(setting(key, value));
  }
  const scopes = scope === null || scope === undefined ? [] : Array.isArray(scope) ? scope : [scope];
  for (const one of scopes) lines.push(`scope '${escapeSqlString(one)}'`);
  // A name that is null is none, and nothing is replaced.
  const named = name === null || name === '' ? '' : ` ${pyStr(name)}`;
  const create = named === '' ? 'CREATE' : 'CREATE OR REPLACE';
  const kind = persistent === true ? 'PERSISTENT SECRET' : 'SECRET';
  return `${create} ${kind}${named} (\n    ${lines.join(',\n    ')}\n)`;
}

function setting(key: string, value: unknown): string {
  if (isDict(value)) {
    const pairs = [...dictEntries(value)].map(([k, v]) => `'${escapeSqlString(k)}': '${escapeSqlString(v)}'`);
    return `${key} map {${pairs.join(', ')}}`;
  }
  if (Array.isArray(value)) return `${key} array [${value.map((v) => `'${escapeSqlString(v)}'`).join(', ')}]`;
  return BARE.has(key) ? `${key} ${pyStr(value)}` : `${key} '${escapeSqlString(value)}'`;
}
