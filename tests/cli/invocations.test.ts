import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readYaml } from '../../src/config/yaml.js';
import { invoke, type RunEvent } from '../../src/index.js';
import { rowsOf, runStatements } from '../helpers/database.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { temporaryDirectory, withoutCleanUp, writeFiles } from '../helpers/project.js';

type Part = 'warnings' | 'told' | 'sent' | 'rows' | 'written' | 'manifest' | 'says';

interface Step {
  readonly args: readonly string[];
  readonly env?: { readonly [name: string]: string };
  readonly files?: { readonly [path: string]: string | null };
  readonly sql?: readonly string[];
  /** A pattern of statements that are compared as they were sent. */
  readonly sent?: string;
  /** What dbt's errors and warnings say, and ours must. */
  readonly says?: readonly string[];
  readonly told?: readonly string[];
  /** Where tsdbt points, and its codes, as told: dbt has neither. */
  readonly places?: readonly string[];
  readonly rows?: { readonly [name: string]: string };
  readonly written?: readonly string[];
  readonly manifest?: readonly string[];
  /** Parts that must differ, with the reason. The exit status never does. */
  readonly deviates?: { readonly reason: string; readonly parts: readonly Part[] };
}

type Data = { readonly [key: string]: unknown };
type Told = readonly [name: string, data: Data];

interface Expected {
  readonly exit: number;
  readonly warnings?: readonly Told[];
  readonly told?: readonly Told[];
  readonly sent?: readonly string[];
  readonly rows?: { readonly [name: string]: readonly (readonly (string | null)[])[] };
  readonly written?: { readonly [path: string]: boolean };
  readonly manifest?: { readonly [path: string]: unknown };
}

const cases = fileURLToPath(new URL('../cases/invocations', import.meta.url));
const DEFAULTS = {
  'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: demo\n",
  'profiles.yml': 'demo:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: db.duckdb, threads: 1}\n',
};
/** Each case has a directory of its own below it, in which its steps follow one another. */
const root = withoutCleanUp(() => temporaryDirectory('tsdbt-invocations-'));
const ALWAYS = ['JinjaLogInfo', 'PrintEvent', 'DeprecationsSummary'];

// What commands import lazily is translated when it is first asked for: not in the time of a case.
beforeAll(async () => {
  const project = join(root, 'first');
  writeFiles(project, { ...DEFAULTS, 'models/a.sql': 'select 1 as id' });
  await invoke(['build'], { cwd: project, env: { HOME: project }, stdout: new MemoryOutput() });
});

for (const name of readdirSync(cases)
  .filter((c) => existsSync(join(cases, c, 'expected.json')))
  .sort()) {
  const spec = readYaml(readFileSync(join(cases, name, 'case.yml'), 'utf8'), `${name}/case.yml`).value as {
    readonly files?: { readonly [path: string]: string };
    readonly steps: readonly Step[];
  };
  const expected = JSON.parse(readFileSync(join(cases, name, 'expected.json'), 'utf8')) as { steps: Expected[] };

  describe(`the case '${name}', beside dbt`, () => {
    const project = join(root, name, 'project');
    writeFiles(project, { ...DEFAULTS, ...spec.files });

    it.each(spec.steps.map((step, i) => [`${i}: ${step.args.join(' ')}`, i] as const))('%s', async (_title, i) => {
      const step = spec.steps[i] as Step;
      const dbt = expected.steps[i] as Expected;
      for (const [path, text] of Object.entries(step.files ?? {})) writeOrRemove(join(project, path), text);
      if (step.sql)
        await runStatements(
          project,
          step.sql.map((sql) => sql.replaceAll('<project>', project)),
        );
      const events: RunEvent[] = [];
      const errors = new MemoryOutput();
      const result = await invoke(['--no-partial-parse', ...step.args], {
        cwd: project,
        env: { HOME: project, DBT_SAMPLE_ROWS: '0', ...step.env },
        stdout: new MemoryOutput(),
        stderr: errors,
        onEvent: (event) => events.push(event),
      });
      const said = `${events
        .filter((e) => e.info.level === 'error' || e.info.level === 'warn')
        .map((e) => e.info.msg)
        .join('\n')}\n${errors.text}`.replaceAll(project, '<project>');
      expect(result.exitCode, said).toBe(dbt.exit);
      const compare = (part: Part, actual: unknown, recorded: unknown): void => {
        if (step.deviates?.parts.includes(part)) expect(actual, `${part} deviates no more`).not.toEqual(recorded);
        else expect(actual, part).toEqual(recorded);
      };
      compare('warnings', warningsOf(events), (dbt.warnings ?? []).map(([event]) => event).sort());
      const silent = step.deviates?.parts.some((part) => part === 'says' || part === 'warnings') ?? false;
      if (!silent)
        for (const fact of factsOf(dbt.warnings ?? []))
          expect(flat(said), 'what the warnings name').toContain(flat(fact));
      for (const text of step.deviates?.parts.includes('says') ? [] : (step.says ?? []))
        expect(flat(said)).toContain(flat(text));
      for (const place of step.places ?? []) expect(said).toContain(`--> ${place}`);
      compare('told', toldOf(events, step.told ?? [], project), (dbt.told ?? []).map(comparable));
      if (step.sent) compare('sent', sentOf(events, step.sent, project), statements(dbt.sent ?? []));
      if (step.rows) compare('rows', await rowsOf(project, step.rows), dbt.rows);
      if (dbt.written) {
        const found = Object.keys(dbt.written).map((path) => [path, existsSync(join(project, path))]);
        compare('written', Object.fromEntries(found), dbt.written);
      }
      if (dbt.manifest) compare('manifest', manifestOf(project, Object.keys(dbt.manifest)), dbt.manifest);
    });
  });
}

/** Names of the warnings; the summary of deprecations is compared by its counts. */
function warningsOf(events: readonly RunEvent[]): string[] {
  return events
    .filter((e) => e.info.level === 'warn' && !ALWAYS.includes(e.info.name))
    .map((e) => e.info.name)
    .sort();
}

/** What a warning of dbt is about: keys, names and files, not its words. */
function factsOf(warnings: readonly Told[]): string[] {
  // Which of several is named first depends on the order of files on disk.
  const wordy = new Set([
    'level',
    'attached_node',
    'macro_file_path',
    'macro_unique_id',
    'unique_id',
    'msg',
    'exc',
    'description',
    'duplicate_description',
    'violation',
    'patched_file_path',
    'base_msg',
  ]);
  return warnings.flatMap(([, data]) =>
    Object.entries(data)
      .filter(([key, value]) => !wordy.has(key) && typeof value === 'string' && value !== '')
      .map(([, value]) => String(value).replace('<project>/', '')),
  );
}

function toldOf(events: readonly RunEvent[], more: readonly string[], project: string): unknown[] {
  return events
    .filter((e) => ALWAYS.includes(e.info.name) || more.includes(e.info.name))
    .map((e) => {
      const {
        node_info: _node,
        execution_time: _time,
        ...data
      } = e.data as { node_info?: unknown; execution_time?: number };
      return comparable([e.info.name, JSON.parse(JSON.stringify(data).replaceAll(project, '<project>')) as Data]);
    });
}

/** Deprecations are counted in any order. */
function comparable([name, data]: Told): unknown {
  if (typeof data['msg'] === 'string') return [name, { ...data, msg: data['msg'].replace(/\s+/g, '') }];
  if (name !== 'DeprecationsSummary') return [name, data];
  const summaries = (data['summaries'] as Data[]).slice();
  summaries.sort((a, b) => (String(a['event_name']) < String(b['event_name']) ? -1 : 1));
  return [name, { show_all_hint: false, ...data, summaries }];
}

function sentOf(events: readonly RunEvent[], pattern: string, project: string): string[] {
  const wanted = new RegExp(pattern, 'i');
  const sent = events
    .filter((e) => e.info.name === 'SQLQuery')
    .map((e) => String((e.data as Data)['sql']).replaceAll(project, '<project>'))
    .filter((sql) => wanted.test(sql));
  return statements(sent);
}

/** Without those that dbt begins and ends its own transactions with. */
function statements(sent: readonly string[]): string[] {
  return sent.map(flat).filter((sql) => !/^(begin|commit|rollback)$/i.test(sql));
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function manifestOf(project: string, paths: readonly string[]): Data {
  const text = readFileSync(join(project, 'target/manifest.json'), 'utf8').replaceAll(project, '<project>');
  const manifest = JSON.parse(text) as Data;
  const at = (path: string): unknown =>
    path.split('/').reduce<unknown>((value, part) => (value as Data | null | undefined)?.[part] ?? null, manifest);
  return Object.fromEntries(paths.map((path) => [path, at(path)]));
}

function writeOrRemove(file: string, text: string | null): void {
  if (text === null) {
    rmSync(file, { recursive: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
