import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { invoke } from '../../src/cli/invoke.js';
import { withoutClock } from './without-clock.js';

export interface Step {
  readonly command: readonly string[];
  /** Files written before the command; null removes one. */
  readonly files?: { readonly [path: string]: string | null };
  /** Statements run on the database before the command. */
  readonly sql?: readonly string[];
  /** Asked after the command; the answers are compared. */
  readonly queries?: { readonly [name: string]: string };
  /** The target directory of the step before stays, for retry. */
  readonly keep_target?: boolean;
  /** Parts that are left out of the comparison, each with what they are; or `of` and `ours`, which leave less out. */
  readonly deviates?: { readonly [part: string]: string } & Partial<Deviation>;
  /** dbt's order is that of a Python set. */
  readonly unordered?: boolean;
  /** Errors are of statements that macros write, in words of their own: the excerpts below the errors are not compared. */
  readonly without_excerpts?: boolean;
  /** Compiled code has text of built-in macros in it, which is compared up to white space. */
  readonly squeezed?: boolean;
}

/** Single results and relations that differ from dbt's. */
export interface Deviation {
  readonly reason: string;
  /** A pattern of their ids and names. */
  readonly of: string;
  /** What they are here and not in dbt: part of a result's status or message, a relation's rows, null where there is none. */
  readonly ours: { readonly [name: string]: string | null | readonly unknown[] };
}

interface Spec {
  readonly threads?: number;
  readonly profile?: { readonly [key: string]: unknown };
  /** More fields of the manifest's nodes to compare, as paths. */
  readonly fields?: readonly string[];
  /** Compares the text of target/compiled, up to white space. */
  readonly compiled_code?: boolean;
  /** Files of one text, for each combination of the lists whose names stand in `<>`. */
  readonly each?: readonly { readonly path: string; readonly text: string; readonly [list: string]: unknown }[];
  /** Statuses, messages and rows only. */
  readonly brief?: boolean;
  /** Statements before `queries`. */
  readonly attach?: readonly string[];
  /** Directories whose files are compared by name. */
  readonly list?: readonly string[];
  readonly steps: readonly Step[];
}

interface Result {
  readonly unique_id: string;
  readonly status: string;
  readonly message: string | null;
  readonly compiled_code?: string | null;
  readonly adapter_response: unknown;
  readonly [field: string]: unknown;
}

/** What a step leaves behind, in the form that `tests/oracle/run_record.py` records from dbt. */
export interface ExpectedStep {
  readonly exit: number;
  readonly results?: readonly Result[];
  readonly nodes?: { readonly [id: string]: { readonly [field: string]: unknown } };
  readonly output?: readonly string[];
  readonly compiled_files?: readonly string[];
  readonly queries?: { readonly [name: string]: readonly unknown[] };
  readonly files?: readonly string[];
  readonly compiled_code?: { readonly [path: string]: string };
  readonly run_files?: { readonly [path: string]: string };
  readonly relations: { readonly [name: string]: unknown };
}

/** Of the project of a case: in memory where that is to be had, because each commit of a database waits for the disk. */
const PLACE = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir();

/** Containers often have 64 MiB there, which parallel cases fill. */
function hasRoom(directory: string): boolean {
  if (!existsSync(directory)) return false;
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize > 2 ** 30;
}

const OWN = new Set(['case.json', 'expected.json']);

/** A case's project in a directory of its own, with a database that lives from step to step. */
export class RunCase {
  readonly spec: Spec;
  readonly project: string;
  /** Times of the database's clock are later, whatever the time zone of the session is. */
  readonly #since = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 19);

  constructor(directory: URL) {
    const source = fileURLToPath(directory);
    this.spec = JSON.parse(readFileSync(join(source, 'case.json'), 'utf8')) as Spec;
    this.project = join(mkdtempSync(join(PLACE, 'tsdbt-run-')), 'project');
    cpSync(source, this.project, { recursive: true, filter: (path) => !OWN.has(relative(source, path)) });
    for (const [path, text] of expanded(this.spec)) this.#write(path, text);
    const output = { type: 'duckdb', path: 'db.duckdb', threads: this.spec.threads ?? 1, ...this.spec.profile };
    writeFileSync(
      join(this.project, 'profiles.yml'),
      JSON.stringify({ case: { target: 'dev', outputs: { dev: output } } }),
    );
  }

  async step(step: Step): Promise<ExpectedStep> {
    const target = join(this.project, 'target');
    for (const [name, text] of Object.entries(step.files ?? {})) {
      if (text === null) rmSync(join(this.project, name));
      else this.#write(name, text);
    }
    if (step.sql) await this.#query(step.sql);
    if (!step.keep_target) rmSync(target, { recursive: true, force: true });
    const output: string[] = [];
    const cwd = process.cwd();
    process.chdir(this.project);
    let exit: number;
    try {
      const sink = { write: (text: string): boolean => output.push(text) > 0 };
      const result = await invoke(['--no-use-colors', ...step.command], {
        signal: new AbortController().signal,
        stdout: sink as never,
        stderr: sink as never,
        cwd: this.project,
        env: { ...process.env, DBT_PROFILES_DIR: this.project },
        command: ['tsdbt', ...step.command].join(' '),
      });
      exit = result.exitCode;
    } finally {
      process.chdir(cwd);
    }
    return {
      exit,
      ...this.#artifacts(target, output),
      ...(this.spec.brief ? {} : { compiled_files: filesUnder(join(target, 'compiled')) }),
      ...(this.spec.compiled_code ? { compiled_code: compiledUnder(join(target, 'compiled')) } : {}),
      ...(this.spec.brief
        ? {}
        : { run_files: Object.fromEntries(filesUnder(join(target, 'run')).map((f) => [f, ''])) }),
      relations: await this.#relations(),
      ...(step.queries ? { queries: await this.#asked(step.queries) } : {}),
      ...(this.spec.list
        ? { files: this.spec.list.flatMap((d) => filesUnder(join(this.project, d)).map((f) => `${d}/${f}`)) }
        : {}),
    };
  }

  #write(path: string, text: string): void {
    const file = join(this.project, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  async close(): Promise<void> {
    rmSync(dirname(this.project), { recursive: true, force: true });
  }

  #artifacts(target: string, output: readonly string[]): Pick<ExpectedStep, 'results' | 'nodes' | 'output'> {
    const results = join(target, 'run_results.json');
    if (!existsSync(results)) return { output: output.join('').split('\n') };
    const clean = (text: string | null | undefined): string | null =>
      text?.replaceAll(this.project, '<project>') ?? null;
    const run = JSON.parse(readFileSync(results, 'utf8')) as { results: Result[] };
    const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')) as {
      nodes: { [id: string]: { [field: string]: unknown } };
    };
    const found = run.results.map((r) => ({
      unique_id: r.unique_id,
      status: r.status,
      message: clean(r.message),
      failures: r['failures'],
      adapter_response: r.adapter_response,
      timing: (r['timing'] as { name: string }[]).map((t) => t.name),
      compiled: r['compiled'],
      compiled_code: clean(r.compiled_code),
      relation_name: r['relation_name'],
      ...(r['batch_results'] ? { batch_results: r['batch_results'] } : {}),
    }));
    if (this.spec.brief) {
      const brief = found.map(
        ({ timing: _timing, compiled: _compiled, relation_name: _name, compiled_code: _code, ...rest }) => rest,
      );
      return { results: brief as unknown as Result[] };
    }
    return {
      results: found,
      nodes: Object.fromEntries(
        Object.entries(manifest.nodes).map(([id, node]) => [
          id,
          {
            compiled: node['compiled'] ?? null,
            compiled_path: node['compiled_path'] ?? null,
            build_path: node['build_path'] ?? null,
            extra_ctes: ((node['extra_ctes'] ?? []) as { id: string }[]).map((c) => c.id),
            extra_ctes_injected: node['extra_ctes_injected'] ?? null,
            ...(node['resource_type'] === 'operation' ? { index: node['index'] } : {}),
            ...Object.fromEntries((this.spec.fields ?? []).map((path) => [path, at(node, path)])),
          },
        ]),
      ),
    };
  }

  async #query(statements: readonly string[]): Promise<void> {
    const instance = await DuckDBInstance.create(join(this.project, 'db.duckdb'));
    const connection = await instance.connect();
    const cwd = process.cwd();
    process.chdir(this.project);
    try {
      for (const sql of statements) await connection.run(sql);
    } finally {
      process.chdir(cwd);
      connection.closeSync();
      instance.closeSync();
    }
  }

  async #asked(queries: { readonly [name: string]: string }): Promise<{ [name: string]: unknown[] }> {
    const instance = await DuckDBInstance.create(join(this.project, 'db.duckdb'), { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const out: { [name: string]: unknown[] } = {};
    const cwd = process.cwd();
    process.chdir(this.project);
    try {
      for (const sql of this.spec.attach ?? []) await connection.run(sql);
      for (const [name, sql] of Object.entries(queries)) {
        const reader = await connection.runAndReadAll(sql);
        const types = reader.columnTypes().map(String);
        out[name] = reader.getRowsJson().map((row) => row.map((v, i) => cell(v, types[i] ?? '')));
      }
    } finally {
      process.chdir(cwd);
      connection.closeSync();
      instance.closeSync();
    }
    return out;
  }

  async #relations(): Promise<{ [name: string]: unknown }> {
    const path = join(this.project, 'db.duckdb');
    if (!existsSync(path)) return {};
    const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const out: { [name: string]: unknown } = {};
    const cwd = process.cwd();
    process.chdir(this.project);
    try {
      const rows = async (sql: string): Promise<unknown[][]> =>
        (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][];
      const found = await rows(
        "select table_schema, table_name, table_type from information_schema.tables where table_schema not in ('information_schema', 'pg_catalog') order by 1, 2",
      );
      for (const [schema, name, kind] of found as string[][]) {
        const quoted = `"${schema?.replaceAll('"', '""')}"."${name?.replaceAll('"', '""')}"`;
        const entry: { [field: string]: unknown } = { type: kind === 'VIEW' ? 'view' : 'table' };
        try {
          const columns = (await rows(`describe ${quoted}`)).map((c) => [c[0], c[1]]);
          entry['columns'] = columns;
          const cells = (await rows(`select * from ${quoted}`)).map((row) =>
            row.map((v, i) => cell(v, String(columns[i]?.[1]))),
          );
          entry['rows'] = withoutClock(cells, this.#since);
        } catch (error) {
          entry['error'] = /^(\w+) Error/.exec((error as Error).message)?.[1] ?? 'unknown';
        }
        out[`${schema}.${name}`] = entry;
      }
    } finally {
      process.chdir(cwd);
      connection.closeSync();
      instance.closeSync();
    }
    return out;
  }
}

/** The recorder's form of a cell: decimals are told from numbers, big integers are numbers, times are ISO. */
function cell(value: unknown, type: string): unknown {
  if (typeof value !== 'string') return value;
  if (type.startsWith('DECIMAL')) return `decimal ${value}`;
  if (type === 'BIGINT' || type === 'HUGEINT') return Number(value);
  if (type === 'TIMESTAMP') return value.replace(' ', 'T');
  return value;
}

/** The files of `each`. */
function expanded(spec: Spec): [path: string, text: string][] {
  return (spec.each ?? []).flatMap(({ path, text, ...lists }) => {
    let files: [string, string][] = [[path, text]];
    for (const [name, values] of Object.entries(lists) as [string, string[]][])
      files = files.flatMap(([p, t]) =>
        values.map((v): [string, string] => [p.replaceAll(`<${name}>`, v), t.replaceAll(`<${name}>`, v)]),
      );
    return files;
  });
}

function filesUnder(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(directory, join(e.parentPath, e.name)).split(sep).join('/'))
    .sort();
}

function compiledUnder(directory: string): { [path: string]: string } {
  return Object.fromEntries(filesUnder(directory).map((f) => [f, readFileSync(join(directory, f), 'utf8')]));
}

/** Takes what deviates out of a normalized step and gives it by name: rows; statuses with their messages. */
export function takeDeviating(step: object, { of }: Deviation): { readonly [name: string]: unknown } {
  const pattern = new RegExp(of);
  const parts = step as { results?: Result[]; relations: { [name: string]: { rows?: unknown } } };
  const found: { [name: string]: unknown } = {};
  for (const { unique_id, status, message } of parts.results ?? []) {
    if (pattern.test(unique_id)) found[unique_id] = `${status} ${message}`;
  }
  parts.results = (parts.results ?? []).filter((r) => !pattern.test(r.unique_id));
  for (const [name, { rows }] of Object.entries(parts.relations)) {
    if (!pattern.test(name)) continue;
    found[name] = (rows as string[] | undefined)?.map((row) => JSON.parse(row) as unknown) ?? null;
    delete parts.relations[name];
  }
  return found;
}

/** What the two sides need not have in common: the engine's own words around a place, the white space of macros. */
export function normalize(
  step: ExpectedStep,
  unordered: boolean,
  deviates: { readonly [part: string]: string },
  squeezed = false,
  excerpts = true,
): object {
  const inOrder = (step.results ?? []).slice();
  if (unordered) inOrder.sort((a, b) => (a.unique_id < b.unique_id ? -1 : 1));
  const results = inOrder.map((r) => ({
    ...r,
    message:
      !excerpts || /^(unit_test|snapshot|seed)\./.test(r.unique_id)
        ? withoutExcerpt(message(r.message))
        : message(r.message),
    ...(r.compiled_code === undefined
      ? {}
      : {
          compiled_code: squeezed || /^(unit_)?test\./.test(r.unique_id) ? squeeze(r.compiled_code) : r.compiled_code,
        }),
  }));
  const parts: { [part: string]: unknown } = {
    exit: step.exit,
    results: step.results && results,
    nodes: step.nodes,
    compiled_files: step.compiled_files,
    compiled_code:
      step.compiled_code &&
      Object.fromEntries(Object.entries(step.compiled_code).map(([name, text]) => [name, squeeze(text)])),
    run_files: step.run_files && Object.keys(step.run_files),
    relations: Object.fromEntries(Object.entries(step.relations).map(([name, r]) => [name, relation(r)])),
    queries: step.queries,
    files: step.files,
  };
  return Object.fromEntries(
    Object.entries(parts).filter(([name, value]) => !(name in deviates) && value !== undefined),
  );
}

function relation(value: unknown): unknown {
  const entry = value as { type: string; columns?: unknown; rows?: unknown[]; error?: string };
  if (entry.error) return { type: entry.type, error: true };
  return { ...entry, rows: entry.rows?.map((r) => JSON.stringify(r)).sort() };
}

/** A statement's line numbers depend on the text of macros, which is our own; so does the excerpt below. */
function message(text: string | null): string | null {
  if (text === null) return null;
  return (
    text
      .replace(/\(macros\/[^)]*\)/g, '(macro file)')
      // Of whole rows dbt shows Python's way of writing decimals.
      .replace(/Decimal\('([^']*)'\)/g, '$1')
      // What a macro of dbt says at length is said in our macros' own words.
      .replace(
        /\n\s+The source and target schemas on this incremental model are out of sync[\s\S]*?(?=\n +> in macro)/,
        '\nout of sync',
      )
      .replace(/out of sync\s+(?=> in macro)/, 'out of sync\n')
      .trimEnd()
  );
}

/** The SQL of unit tests, snapshots and seeds is written by macros: how it is broken into lines is our own. */
function withoutExcerpt(text: string | null): string | null {
  return text?.replace(/LINE \d+:[^\n]*\n\s*\^/g, '(excerpt)') ?? null;
}

function squeeze(text: string | null): string | null {
  return text === null
    ? null
    : text
        .replace(/\s+/g, ' ')
        .replace(/ ?([(),]) ?/g, '$1')
        .trim();
}

function at(node: unknown, path: string): unknown {
  let value = node;
  for (const key of path.split('.')) value = (value as { readonly [key: string]: unknown } | null | undefined)?.[key];
  return value ?? null;
}
