import { DbtError } from '../../diagnostics/errors.js';
import { pyStr } from '../../jinja/values.js';
import { escapeSqlString } from './secrets.js';

/** One entry of the profile's `attach`. */
export interface Attachment {
  readonly path: string;
  readonly type?: string | null;
  readonly alias?: string | null;
  readonly secret?: string | null;
  readonly read_only?: boolean | null;
  readonly options?: { readonly [key: string]: unknown } | null;
  readonly is_ducklake?: boolean | null;
}

/** The scheme of a path that is a URL, in lower case: 'md', 'ducklake', 's3' …; '' for files. */
export function schemeOf(path: string): string {
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(path)?.[1]?.toLowerCase() ?? '';
}

export function isMotherDuck(path: string): boolean {
  return schemeOf(path) === 'md' || schemeOf(path) === 'motherduck';
}

/** The name under which DuckDB knows a database file: what comes before the first dot of its file name. */
export function databaseNameOf(path: string | null): string {
  if (path === null || path === ':memory:') return 'memory';
  const scheme = schemeOf(path);
  const rest = scheme === '' ? path : path.slice(scheme.length + 1);
  const base = (rest.split('?')[0] ?? '').split(/[/\\]/).at(-1) ?? '';
  if (isMotherDuck(path)) return base.replace(/\.[^.]*$/, '') || 'my_db';
  if (scheme === 'ducklake') return base.replace(/(?!^)\.[^.]*$/, '').replace(/^[A-Za-z][A-Za-z0-9+.-]*:/, '');
  return base.replace(/^\.+/, '').split('.')[0] ?? '';
}

/** The `ATTACH` statement. Options that are set both as a field and under `options` are an error. */
export function attachSql(attachment: Attachment): string {
  const { options } = attachment;
  const path = isMotherDuck(attachment.path) ? (attachment.path.split('?')[0] ?? '') : attachment.path;
  const twice = (['type', 'secret', 'read_only'] as const).filter(
    (key) => attachment[key] && options && key in options,
  );
  if (twice.length > 0) {
    throw new DbtError(
      'credentials-invalid',
      `Attachment option(s) [${twice.map((key) => `'${key}'`).join(', ')}] specified in both direct fields and options dict. ` +
        'Please specify each option in only one location.',
    );
  }
  const words: string[] = [];
  const type = attachment.type ?? options?.['type'];
  if (type) words.push(`TYPE ${pyStr(type)}`);
  const secret = attachment.secret ?? options?.['secret'];
  if (secret) words.push(`SECRET ${pyStr(secret)}`);
  if (attachment.read_only || options?.['read_only']) words.push('READ_ONLY');
  for (const [key, value] of Object.entries(options ?? {})) {
    if (!['type', 'secret', 'read_only'].includes(key)) words.push(...option(key.toUpperCase(), value));
  }
  const alias = attachment.alias ? ` AS ${attachment.alias}` : '';
  return `ATTACH IF NOT EXISTS '${escapeSqlString(path)}'${alias}${words.length > 0 ? ` (${words.join(', ')})` : ''}`;
}

function option(key: string, value: unknown): string[] {
  if (value === null || value === undefined || value === false) return [];
  if (value === true) return [key];
  if (typeof value !== 'string') return [`${key} ${pyStr(value)}`];
  const text = value.trim();
  const quoted = text.length >= 2 && /^(['"]).*\1$/s.test(text);
  return [quoted ? `${key} ${value}` : `${key} '${escapeSqlString(value)}'`];
}
