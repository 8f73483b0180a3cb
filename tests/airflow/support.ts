import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export const ROOT = resolve(import.meta.dirname, '../..');

/** What became of a run of a DAG. */
export interface DagRun {
  readonly state: string;
  /** Task -> its state. */
  readonly tasks: Readonly<Record<string, string>>;
  /** Tasks that were begun, in that order. */
  readonly order: readonly string[];
  /** Task -> the pool that it takes a slot of. */
  readonly pools: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** Airflow with a database, a lake and a warehouse of its own, over the DAGs of a project. */
export class Airflow {
  readonly work = mkdtempSync(join(tmpdir(), 'tsdbt-airflow-'));
  readonly lake = join(this.work, 'lake');
  readonly database = join(this.lake, 'warehouse.duckdb');
  readonly dashboards = join(this.work, 'dashboards');
  readonly manifest = join(this.work, 'home', 'tsdbt', 'manifest.json');
  readonly #env: NodeJS.ProcessEnv;
  readonly #venv: string;

  /** @param venv The virtual environment that holds Airflow. */
  constructor(venv: string) {
    this.#venv = venv;
    this.#env = {
      ...process.env,
      AIRFLOW_HOME: join(this.work, 'home'),
      FLAGSHIP_LAKE: this.lake,
      FLAGSHIP_DASHBOARDS: this.dashboards,
      FLAGSHIP_MANIFEST: this.manifest,
      NO_COLOR: '1',
    };
    for (const name of ['FLAGSHIP_DATABASE', 'FLAGSHIP_PII_SALT']) delete this.#env[name];
  }

  /** Runs Airflow's command line as project/README.md says. The project is another folder where it is given. */
  run(args: readonly string[], root = ROOT): Outcome {
    const done = spawnSync('bash', [join(root, 'project/airflow/airflow.sh'), ...args], {
      encoding: 'utf8',
      env: { ...this.#env, DBT_TARGET_PATH: join(this.work, 'target'), DBT_LOG_PATH: join(this.work, 'logs') },
      maxBuffer: 1 << 28,
    });
    return { status: done.status, output: done.stdout + done.stderr };
  }

  /** Runs a DAG to its end. */
  test(dag: string, conf: object = {}, root = ROOT): Outcome & DagRun {
    const outcome = this.run(['dags', 'test', dag, '--conf', JSON.stringify(conf)], root);
    return { ...outcome, ...(this.query('last', dag) as DagRun) };
  }

  /** Asks Airflow's database: metadata.py has the questions. */
  query(question: string, ...args: string[]): unknown {
    const path = join(this.work, 'home', 'airflow.db');
    const asked = ['-I', join(import.meta.dirname, 'metadata.py'), path, question, ...args];
    return JSON.parse(execFileSync('python3', asked, { encoding: 'utf8' }));
  }

  /** What a script of this folder prints last, run by the Python that has Airflow. */
  python(script: string): unknown {
    const env = { ...this.#env, PYTHONPATH: join(ROOT, 'project/airflow/include') };
    const args = [join(import.meta.dirname, script)];
    const printed = execFileSync(join(this.#venv, 'bin/python'), args, { encoding: 'utf8', env, stdio: 'pipe' });
    return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '');
  }

  /** Runs a script of the flagship over the lake. */
  script(path: string, ...args: string[]): void {
    execFileSync(process.execPath, [join(ROOT, 'project', path), ...args, '--lake', this.lake], { stdio: 'pipe' });
  }

  /** The rows of the warehouse that a query gives. */
  async rows(sql: string): Promise<unknown[][]> {
    const instance = await DuckDBInstance.create(this.database, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** The dbt project somewhere else, to be damaged. */
  copyOfProject(): string {
    const copy = join(this.work, 'project');
    const own = ['dist', 'node_modules', 'docs', 'src', 'tests', 'target', 'logs', 'CHANGELOG.md'];
    mkdirSync(copy);
    for (const name of readdirSync(ROOT)) {
      if (name.startsWith('.') || own.includes(name)) continue;
      const generated = [join(ROOT, 'project/lake'), join(ROOT, 'project/airflow/home')];
      cpSync(join(ROOT, name), join(copy, name), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !generated.includes(path),
      });
    }
    cpSync(join(ROOT, 'tests/data_tests'), join(copy, 'tests/data_tests'), { recursive: true });
    for (const name of ['dist', 'node_modules']) symlinkSync(join(ROOT, name), join(copy, name));
    return copy;
  }

  /** Changes a file of such a copy. */
  edit(copy: string, path: string, change: (text: string) => string): void {
    const file = join(copy, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  remove(): void {
    rmSync(this.work, { recursive: true, force: true });
  }
}

/** Airflow needs Python 3.11 and, for the first time, PyPI. */
export function airflow(): Airflow {
  if (!existsSync(join(ROOT, 'dist/cli/main.js'))) throw new Error('these tests run dist/: npm run build');
  const venv = execFileSync('bash', [join(ROOT, 'project/airflow/venv.sh')], { encoding: 'utf8' }).trim();
  return new Airflow(venv);
}

/** A model that has each row twice. */
export function twice(sql: string): string {
  return `with broken as (\n${sql}\n)\n\nselect * from broken\nunion all\nselect * from broken\n`;
}

/** Tasks by what is said of them: their state, their pool. */
export function grouped(tasks: Readonly<Record<string, string>>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [task, state] of Object.entries(tasks)) {
    found[state] ??= [];
    found[state].push(task);
  }
  for (const names of Object.values(found)) names.sort();
  return found;
}
