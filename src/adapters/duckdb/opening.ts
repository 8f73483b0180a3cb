import { isAbsolute, resolve } from 'node:path';
import { type Attachment, attachSql, schemeOf } from './attachment.js';
import type { DuckDbCredentials } from './credentials.js';
import { escapeSqlString, secretSql } from './secrets.js';

/** An extension to load, and the statement that installs it where it is not there yet. */
export interface ExtensionStep {
  readonly name: string;
  readonly install: string;
}

/** A database to attach. */
export interface AttachStep {
  readonly sql: string;
  /** Null when it is no file of DuckDB's. */
  readonly file: string | null;
  readonly readOnly: boolean;
}

/**
 * What a database is prepared with when it is opened, in dbt-duckdb's order: extensions, then statements that make
 * secrets, then those that attach other databases. With `cwd` their files are looked for in that directory.
 */
export function openingSteps(
  credentials: DuckDbCredentials,
  cwd?: string,
): readonly (ExtensionStep | AttachStep | string)[] {
  const { extensions, secrets, attach } = credentials;
  return [
    ...extensions.map((extension) =>
      typeof extension === 'string'
        ? { name: extension, install: `INSTALL ${extension}` }
        : { name: extension.name, install: `INSTALL ${extension.name} FROM ${extension.repo}` },
    ),
    ...secrets.map((secret, i) => secretSql(secret, i + 1)),
    ...attach.map((given) => {
      const attachment = cwd === undefined ? given : within(given, cwd);
      const { path, type, options, read_only: readOnly } = attachment;
      const isFile =
        path !== ':memory:' && schemeOf(path) === '' && /^(duckdb)?$/i.test(String(type ?? options?.['type'] ?? ''));
      return {
        sql: attachSql(attachment),
        file: isFile ? path : null,
        readOnly: readOnly === true || options?.['read_only'] === true,
      };
    }),
  ];
}

function within(attachment: Attachment, cwd: string): Attachment {
  const { path } = attachment;
  if (path === ':memory:' || schemeOf(path) !== '' || isAbsolute(path)) return attachment;
  const isFile = !attachment.type || /^(duckdb|sqlite)$/i.test(attachment.type);
  return isFile ? { ...attachment, path: resolve(cwd, path) } : attachment;
}

/** The statements that each session begins with: the profile's `settings`. */
export function sessionStatements({ settings }: DuckDbCredentials): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `SET ${name} = '${escapeSqlString(value)}'`);
}
