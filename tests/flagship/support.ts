import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A folder of its own for a test, removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-flagship-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a script of `project/` as a user does. */
export function script(path: string, ...args: string[]): Outcome {
  const env = { ...process.env };
  delete env.FLAGSHIP_LAKE;
  delete env.FLAGSHIP_DATABASE;
  const done = spawnSync(process.execPath, [join(ROOT, 'project', path), ...args], { encoding: 'utf8', env });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

export type Row = Record<string, unknown>;

/** Runs SQL and gives its rows, as JSON has them. */
export type Ask = (sql: string) => Promise<Row[]>;

/** Asks a database, which is open for as long as `asking` takes. */
export async function withDatabase<T>(
  database: string,
  asking: (ask: Ask) => Promise<T>,
  mode: 'READ_ONLY' | 'READ_WRITE' = 'READ_ONLY',
): Promise<T> {
  const instance = await DuckDBInstance.create(database, database === ':memory:' ? {} : { access_mode: mode });
  const connection = await instance.connect();
  try {
    return await asking(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson());
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The rows of a query over a database's file, or over files (`:memory:`). */
export const query = (database: string, sql: string): Promise<Row[]> => withDatabase(database, (ask) => ask(sql));

/** Every file below a folder, by relative path, with a hash of its bytes. */
export function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

/** A stand-in for tsdbt that writes down how it was called and fails where it is told to. */
export function standIn(folder: string, failing = '', status = 0): { command: string; calls: () => string[] } {
  const log = join(folder, 'calls.txt');
  const path = join(folder, 'stand-in.mjs');
  writeFileSync(log, '');
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs';
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, args.join(' ') + '\\n');
process.exit(args[0] === ${JSON.stringify(failing)} ? ${status} : 0);
`,
  );
  return {
    command: `${process.execPath} ${path}`,
    calls: () => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean),
  };
}
