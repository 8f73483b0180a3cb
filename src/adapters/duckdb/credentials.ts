import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError, DbtErrors } from '../../diagnostics/errors.js';
import { pyRepr } from '../../jinja/values.js';
import type { CredentialsPlace } from '../base/adapter.js';
import { type Attachment, attachSql, databaseNameOf, isMotherDuck } from './attachment.js';

/** An extension to load: by name, or by name and the repository that it is installed from. */
export type Extension = string | { readonly name: string; readonly repo: string };

/** An output of profiles.yml for DuckDB, checked, with dbt's defaults. */
export interface DuckDbCredentials {
  readonly [key: string]: unknown;
  /** What Jinja's `target` shows: of dbt-duckdb's connection keys, null for what is not given and has no default. */
  readonly shown: { readonly [key: string]: unknown };
  readonly path: string;
  readonly database: string;
  readonly schema: string;
  readonly threads: number;
  readonly extensions: readonly Extension[];
  readonly settings: { readonly [name: string]: unknown };
  readonly config_options: { readonly [name: string]: unknown };
  readonly secrets: readonly { readonly [key: string]: unknown }[];
  readonly attach: readonly Attachment[];
  readonly external_root: string;
  readonly disable_transactions: boolean;
  readonly keep_open: boolean;
  /** Our own: seconds to wait for a file that another process has open. */
  readonly lock_timeout: number;
  readonly retries: {
    readonly connect_attempts: number;
    readonly query_attempts: number;
    readonly exceptions: readonly string[];
  };
}

/** dbt-duckdb's connection keys, in its order. */
const CONNECTION_KEYS = [
  'database',
  'schema',
  'path',
  'config_options',
  'extensions',
  'settings',
  'external_root',
  'use_credential_provider',
  'attach',
  'filesystems',
  'remote',
  'plugins',
  'disable_transactions',
] as const;

type Kind = 'string' | 'integer' | 'boolean' | 'mapping' | 'list';

/** The settings that are known, and what they must be. Others are kept and ignored, as in dbt. */
const KNOWN: { readonly [key: string]: Kind } = {
  attach: 'list',
  config_options: 'mapping',
  database: 'string',
  disable_transactions: 'boolean',
  extensions: 'list',
  external_root: 'string',
  is_ducklake: 'boolean',
  keep_open: 'boolean',
  lock_timeout: 'integer',
  motherduck_token: 'string',
  path: 'string',
  retries: 'mapping',
  schema: 'string',
  secrets: 'list',
  settings: 'mapping',
  threads: 'integer',
  use_credential_provider: 'string',
};

/** Settings that only Python can fulfil, or that lead to a service; why, and what there is in their place. */
const REFUSED: { readonly [key: string]: string } = {
  filesystems:
    'fsspec filesystems are Python; DuckDB reads s3, gcs, azure and http itself with an extension and a secret',
  flights: 'MotherDuck Flights run Python models',
  module_paths: 'Python modules can not be loaded by tsdbt',
  plugins:
    "plugins of dbt-duckdb are Python; read the data with DuckDB's own extensions (excel, postgres, sqlite, delta, iceberg)",
  remote: 'Buena Vista servers are not supported',
};

/**
 * Checks an output of profiles.yml and fills dbt's defaults.
 *
 * @throws DbtError `credentials-invalid` with dbt's message.
 */
export function parseCredentials(
  output: { readonly [key: string]: unknown },
  place: CredentialsPlace,
): DuckDbCredentials {
  let at: string | undefined;
  const fail = (message: string, hint?: string): DbtError =>
    new DbtError(
      'credentials-invalid',
      `Credentials in profile "${place.profile}", target "${place.target}" invalid: ${message}`,
      { ...(at === undefined ? {} : place.at?.(at)), ...(hint === undefined ? {} : { hint }) },
    );
  const refused = Object.keys(output).flatMap((key) => {
    if (output[key] === null || !Object.hasOwn(REFUSED, key)) return [];
    at = key;
    return [fail(`'${key}' is not supported`, REFUSED[key])];
  });
  if (refused.length > 0) throw refused.length === 1 ? refused[0] : new DbtErrors(refused);
  for (const [key, value] of Object.entries(output)) {
    at = key;
    const kind = KNOWN[key];
    const nullable = kind === 'list' || kind === 'mapping' || key.startsWith('use_') || key.startsWith('motherduck');
    if (kind && !(value === null && nullable) && !isKind(value, kind)) {
      throw wrongKind(value, kind, key, fail);
    }
  }
  at = 'path';
  const path = (output['path'] as string | undefined) ?? ':memory:';
  if (isMotherDuck(path)) throw noMotherDuck(fail);
  at = 'attach';
  const attach = attachments(output['attach'], fail);
  at = undefined;
  const database = databaseOf(output['database'] as string | undefined, path, attach, fail);
  const defaults = {
    path,
    database,
    schema: (output['schema'] as string | undefined) ?? 'main',
    settings: settings(output, fail),
    external_root: (output['external_root'] as string | undefined) ?? '.',
    disable_transactions: output['disable_transactions'] === true,
  };
  const known: { readonly [key: string]: unknown } = { ...output, ...defaults };
  return {
    ...output,
    ...defaults,
    shown: Object.fromEntries(CONNECTION_KEYS.map((key) => [key, known[key] ?? null])),
    attach,
    threads: (output['threads'] as number | undefined) ?? 1,
    extensions: extensions(output['extensions'], fail),
    config_options: (output['config_options'] as { [name: string]: unknown } | null | undefined) ?? {},
    secrets: secrets(output, fail),
    keep_open: output['keep_open'] !== false,
    lock_timeout: (output['lock_timeout'] as number | undefined) ?? 0,
    retries: retries(output['retries'], fail),
  };
}

type Fail = (message: string, hint?: string) => DbtError;

function isKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'list':
      return Array.isArray(value);
    case 'mapping':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === kind;
  }
}

function databaseOf(given: string | undefined, path: string, attach: readonly Attachment[], fail: Fail): string {
  const own = databaseNameOf(path);
  if (own === '') throw fail("Unable to determine target database name from 'path' field in profile");
  if (given === undefined || given === own || attach.some((a) => a.alias === given)) return given ?? own;
  throw fail(
    "Inconsistency detected between 'path' and 'database' fields in profile; " +
      `the 'database' property must be set to '${own}' to match the 'path'`,
    `Leave 'database' out, or give an attached database the alias '${given}'.`,
  );
}

/** The fields of an entry, and what they must be where they are not null. */
type Fields = { readonly [key: string]: Kind };

const ATTACHMENT: Fields = {
  path: 'string',
  type: 'string',
  alias: 'string',
  secret: 'string',
  read_only: 'boolean',
  options: 'mapping',
  is_ducklake: 'boolean',
};
const RETRIES: Fields = { connect_attempts: 'integer', query_attempts: 'integer', retryable_exceptions: 'list' };

function checkFields(entry: object, fields: Fields, owner: string, fail: Fail, hint: string): void {
  for (const [key, value] of Object.entries(entry)) {
    const kind = fields[key];
    if (kind === undefined)
      throw fail(`'${key}' is no setting of '${owner}'`, didYouMean(key, Object.keys(fields)) ?? hint);
    if (value !== null && !isKind(value, kind)) throw wrongKind(value, kind, `${owner}.${key}`, fail);
  }
}

function wrongKind(value: unknown, kind: Kind, key: string, fail: Fail): DbtError {
  const name = kind === 'mapping' ? 'object' : kind === 'list' ? 'array' : kind;
  return fail(`${pyRepr(value)} is not of type '${name}'`, `It is the value of '${key}'.`);
}

function noMotherDuck(fail: Fail): DbtError {
  return fail('MotherDuck (md:) is not supported', 'Take a file of DuckDB as path.');
}

function attachments(value: unknown, fail: Fail): Attachment[] {
  return ((value as unknown[] | null | undefined) ?? []).map((entry) => {
    if (!isKind(entry, 'mapping')) throw fail(`${pyRepr(entry)} is no entry of 'attach'`, 'Each has at least a path.');
    const attachment = entry as Attachment;
    if (typeof attachment.path !== 'string') throw fail(`an entry of 'attach' has no path: ${pyRepr(entry)}`);
    checkFields(attachment, ATTACHMENT, 'attach', fail, 'Further options of ATTACH go below `options`.');
    if (isMotherDuck(attachment.path)) throw noMotherDuck(fail);
    if (attachment.options?.['type'] === '') throw fail("the 'type' of an entry of 'attach' is empty", 'Leave it out.');
    attachSql(attachment);
    return attachment;
  });
}

function extensions(value: unknown, fail: Fail): Extension[] {
  return ((value as unknown[] | null | undefined) ?? []).map((entry) => {
    if (typeof entry === 'string') return entry;
    const { name, repo, ...rest } = (isKind(entry, 'mapping') ? entry : {}) as { [key: string]: unknown };
    if (typeof name === 'string' && typeof repo === 'string' && Object.keys(rest).length === 0) return { name, repo };
    throw fail(`Failed to parse extension: ${pyRepr(entry)}`, 'An extension is a name, or a name and a repo.');
  });
}

function settings(output: { readonly [key: string]: unknown }, fail: Fail): { [name: string]: unknown } {
  const own = { ...((output['settings'] as object | null | undefined) ?? {}) } as { [name: string]: unknown };
  const token = output['motherduck_token'];
  if (typeof token !== 'string') return own;
  if (own['motherduck_token'] !== undefined && own['motherduck_token'] !== token) {
    throw fail('Conflicting values for motherduck_token found in the profile; please set it in only one place');
  }
  return { ...own, motherduck_token: token };
}

function secrets(output: { readonly [key: string]: unknown }, fail: Fail): { readonly [key: string]: unknown }[] {
  const own = ((output['secrets'] as unknown[] | null | undefined) ?? []).map((entry) => {
    const secret = (isKind(entry, 'mapping') ? entry : {}) as { readonly [key: string]: unknown };
    if (typeof secret['type'] !== 'string') throw fail("an entry of 'secrets' has no type", 'E.g. `type: s3`.');
    return secret;
  });
  const provider = output['use_credential_provider'];
  if (provider === null || provider === undefined) return own;
  if (provider !== 'aws') throw fail(`Unsupported value for use_credential_provider: ${pyRepr(provider)}`);
  return [...own, { type: 's3', provider: 'credential_chain' }];
}

function retries(value: unknown, fail: Fail): DuckDbCredentials['retries'] {
  const given = (value ?? {}) as {
    readonly connect_attempts?: number | null;
    readonly query_attempts?: number | null;
    readonly retryable_exceptions?: readonly string[] | null;
  };
  checkFields(given, RETRIES, 'retries', fail, 'It takes connect_attempts, query_attempts and retryable_exceptions.');
  return {
    connect_attempts: given.connect_attempts ?? 1,
    query_attempts: given.query_attempts ?? 1,
    exceptions: given.retryable_exceptions ?? ['IOException'],
  };
}
