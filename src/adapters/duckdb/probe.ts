import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { pyStr } from '../../jinja/values.js';
import type { AdapterHooks, Connection, EngineFact } from '../base/adapter.js';
import { schemeOf } from './attachment.js';
import type { DuckDbCredentials } from './credentials.js';
import { Database } from './database.js';

/** What `debug` does with DuckDB: opens the database as a run does, asks for an answer, and says what is in force. */
export async function probe(
  credentials: DuckDbCredentials,
  cwd: string,
  hooks: AdapterHooks = {},
): Promise<readonly EngineFact[]> {
  const database = await Database.open(credentials, cwd, hooks);
  try {
    const session = await database.session('debug');
    await session.execute('select 1 as id');
    return await facts(session, credentials, cwd);
  } finally {
    database.close();
  }
}

async function facts(session: Connection, { path }: DuckDbCredentials, cwd: string): Promise<readonly EngineFact[]> {
  const settings = new Map<string, string>();
  const rows = async (sql: string): Promise<readonly (readonly unknown[])[]> =>
    (await session.execute(sql, { fetch: true })).rows;
  for (const [name, value] of await rows('select name, value from duckdb_settings()')) {
    settings.set(pyStr(name), pyStr(value ?? ''));
  }
  const [[version, platform] = []] = await rows('select version(), (select platform from pragma_platform())');
  const loaded = await rows('select extension_name from duckdb_extensions() where loaded order by all');
  const setting = (name: string): string => settings.get(name) ?? '';
  const home = setting('home_directory') || homedir();
  const folder = join(home, '.duckdb', 'extensions', pyStr(version), pyStr(platform));
  return [
    { name: 'version', value: `${pyStr(version)} (${pyStr(platform)})` },
    { name: 'threads', value: setting('threads') },
    { name: 'memory limit', value: setting('memory_limit') },
    { name: 'spill folder', value: spillFolder(setting('temp_directory'), setting('max_temp_directory_size'), cwd) },
    { name: 'database file', value: fileFact(path, cwd) },
    { name: 'extension folder', value: setting('extension_directory') || folder },
    { name: 'extensions loaded', value: loaded.map(([name]) => pyStr(name)).join(', ') },
  ];
}

function spillFolder(folder: string, most: string, cwd: string): string {
  return folder === '' ? 'none: what does not fit into memory fails' : `${resolve(cwd, folder)} (up to ${most})`;
}

function fileFact(path: string, cwd: string): string {
  if (path === ':memory:') return 'none: the database is in memory and ends with the command';
  if (schemeOf(path) !== '') return path;
  const file = isAbsolute(path) ? path : resolve(cwd, path);
  const bytes = (name: string): number => statSync(name, { throwIfNoEntry: false })?.size ?? 0;
  const log = bytes(`${file}.wal`);
  return `${file} (${size(bytes(file))}${log > 0 ? `, and ${size(log)} not yet written back from its log` : ''})`;
}

/** Bytes as DuckDB writes them: powers of 1024. */
function size(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
