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

/** Settings of a secret that say nothing secret. */
const OPEN = new Set(['type', 'name', 'provider', 'scope', 'persistent', 'region', 'endpoint', 'chain']);

/** A text without the values of the profile's `secrets`: DuckDB's syntax errors quote the line that they are in. */
export function withoutSecrets(text: string, secrets: readonly { readonly [key: string]: unknown }[]): string {
  let clean = text;
  for (const secret of secrets) {
    for (const [key, value] of Object.entries(secret)) {
      if (OPEN.has(key)) continue;
      const parts = isDict(value) ? [...dictEntries(value)].map(([, v]) => v) : Array.isArray(value) ? value : [value];
      for (const part of parts) {
        if (typeof part === 'string' && part !== '') clean = clean.replaceAll(escapeSqlString(part), '*****');
      }
    }
  }
  return clean;
}
