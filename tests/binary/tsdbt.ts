import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** What `npm run build` made of src/cli/main.ts. */
export const bin = join(root, 'dist/cli/main.js');
if (!existsSync(bin)) throw new Error('there is no dist: npm run build first');

/** A query that would run for hours, in little memory. */
export const ENDLESS = 'select sum(a.range * b.range) as id from range(10000000) a, range(10000000) b';

export interface Done {
  readonly status: number | null;
  readonly signal?: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly env?: { readonly [name: string]: string };
  /** Arguments of node itself. */
  readonly node?: readonly string[];
}

const environment = (cwd: string, env: Options['env'] = {}) => ({ PATH: process.env['PATH'], HOME: cwd, ...env });

/** Runs a command to its end; one that hangs is killed and has no status. */
export function tsdbt(args: readonly string[], cwd: string, { env, node = [] }: Options = {}): Done {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...node, bin, ...args], {
    cwd,
    env: environment(cwd, env),
    encoding: 'utf8',
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  return { status, signal, stdout, stderr };
}

/** A command of a shell in which `$TSDBT` is the binary. */
export function shell(command: string, cwd: string): Done {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd,
    env: { ...environment(cwd), TSDBT: `${process.execPath} ${bin}` },
    encoding: 'utf8',
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  return { status, stdout, stderr };
}

/** A command that runs beside the test. */
export class Running {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly done: Promise<Done>;
  readonly #waiting = new Set<() => void>();
  #ended = false;

  constructor(args: readonly string[], cwd: string, { env, node = [] }: Options = {}) {
    this.child = spawn(process.execPath, [...node, bin, ...args], { cwd, env: environment(cwd, env) });
    this.child.stdout?.on('data', (data) => {
      this.stdout += data;
      this.#look();
    });
    this.child.stderr?.on('data', (data) => (this.stderr += data));
    this.done = new Promise((resolve) =>
      this.child.on('close', (status, signal) => {
        this.#ended = true;
        this.#look();
        resolve({ status, signal, stdout: this.stdout, stderr: this.stderr });
      }),
    );
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  /** Resolves once the text was printed. */
  async says(text: string): Promise<void> {
    while (!this.stdout.includes(text)) {
      if (this.#ended) throw new Error(`it ended without '${text}':\n${this.stdout}${this.stderr}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #look(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

/** `unique_id` to status, as run_results.json has it. */
export function statuses(project: string): { [uniqueId: string]: string } {
  const { results } = readJson(project, 'target/run_results.json') as {
    results: { unique_id: string; status: string }[];
  };
  return Object.fromEntries(results.map((r) => [r.unique_id, r.status]));
}

export function readJson(project: string, file: string): unknown {
  return JSON.parse(readFileSync(join(project, file), 'utf8'));
}

/** Every JSON file of target/ parses; files that were being written are none of them. */
export function artifacts(project: string): string[] {
  const target = join(project, 'target');
  if (!existsSync(target)) return [];
  const names = readdirSync(target).filter((name) => name.endsWith('.json'));
  for (const name of names) readJson(target, name);
  return names.sort();
}

/** Asks a database file; the values of the first column. */
export async function ask(file: string, sql: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(file);
  try {
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(sql);
    const rows = reader.getRowsJS();
    connection.closeSync();
    return rows.map((row) => (typeof row[0] === 'bigint' ? Number(row[0]) : row[0]));
  } finally {
    instance.closeSync();
  }
}

/** The names of all tables and views. */
export function relations(file: string): Promise<unknown[]> {
  return ask(file, 'select table_name from information_schema.tables order by 1');
}
