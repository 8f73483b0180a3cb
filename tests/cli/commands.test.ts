import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readYaml } from '../../src/config/yaml.js';
import { invoke } from '../../src/index.js';
import { consoleEvents } from '../helpers/console-lines.js';
import { rowsOf, runStatements } from '../helpers/database.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { copyProject, withoutCleanUp } from '../helpers/project.js';

type Part = 'stdout' | 'run_results' | 'sources' | 'rows' | 'yaml';

interface Step {
  readonly args: readonly string[];
  readonly files?: { readonly [path: string]: string | null };
  readonly sql?: readonly string[];
  readonly env?: { readonly [name: string]: string };
  readonly rows?: { readonly [name: string]: string };
  readonly stdin?: string;
  /** Files that are read afterwards. */
  readonly yaml?: readonly string[];
  /** Parts that must differ, with the reason. The exit status never does. */
  readonly deviates?: { readonly reason: string; readonly parts: readonly Part[] };
}

interface Results {
  readonly which: string | null;
  readonly keys: readonly string[];
  readonly results: readonly { readonly [key: string]: unknown }[];
}

interface Expected {
  readonly exit: number;
  readonly stdout: string;
  readonly run_results?: Results;
  readonly sources?: Results;
  readonly rows?: { readonly [name: string]: readonly (readonly (string | null)[])[] };
  readonly yaml?: { readonly [path: string]: unknown };
}

const cases = fileURLToPath(new URL('../cases/commands', import.meta.url));
const PROFILES = JSON.stringify({
  case: {
    target: 'dev',
    outputs: {
      dev: { type: 'duckdb', path: 'db.duckdb', threads: 1 },
      other: { type: 'duckdb', path: 'db.duckdb', schema: 'other', threads: 1 },
    },
  },
});

for (const name of readdirSync(cases)
  .filter((c) => existsSync(join(cases, c, 'expected.json')))
  .sort()) {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(cases, name, file), 'utf8'));
  const { steps } = read('case.json') as { steps: readonly Step[] };
  const expected = read('expected.json') as { steps: readonly Expected[] };

  describe(`commands of the case '${name}', beside dbt`, () => {
    let project: string;
    beforeAll(() => {
      project = withoutCleanUp(() => copyProject(join(cases, name), { 'profiles.yml': PROFILES }));
      for (const own of ['case.json', 'expected.json']) rmSync(join(project, own));
    });

    it.each(steps.map((step, i) => [`${i}: ${step.args.join(' ')}`, i] as const))('%s', async (_title, i) => {
      const step = steps[i] as Step;
      const dbt = expected.steps[i] as Expected;
      for (const [path, text] of Object.entries(step.files ?? {})) writeOrRemove(join(project, path), text);
      if (step.sql) await runStatements(project, step.sql);
      const before = artifactTimes(project);
      const stdout = new MemoryOutput();
      const stderr = new MemoryOutput();
      const result = await invoke(['--no-use-colors', ...step.args], {
        cwd: project,
        env: { HOME: project, DBT_SAMPLE_ROWS: '0', ...step.env },
        stdin: Readable.from([step.stdin ?? '']),
        stdout,
        stderr,
      });
      expect(result.exitCode, stdout.text + stderr.text).toBe(dbt.exit);
      const compare = (part: Part, actual: unknown, recorded: unknown): void => {
        if (step.deviates?.parts.includes(part)) expect(actual, `${part} deviates no more`).not.toEqual(recorded);
        else expect(actual, part).toEqual(recorded);
      };
      const lines = dbt.stdout.replaceAll('<project>', project);
      compare('stdout', told(stdout.text, project), told(lines, project));
      for (const kind of ['run_results', 'sources'] as const) {
        const written = artifactTimes(project)[kind] !== before[kind];
        const found = written ? artifact(project, kind) : undefined;
        compare(kind, inOrder(step, found), inOrder(step, comparable(dbt[kind])));
      }
      if (step.yaml) compare('yaml', yamlOf(project, step.yaml), dbt.yaml);
      if (step.rows) compare('rows', await rowsOf(project, step.rows), dbt.rows);
    });
  });
}

/** An answer is not echoed: what follows begins a line. What dbt says of itself after a project is made is its own. */
function plainQuestions(output: string): string {
  return output
    .replace(/(?<=developing with |Run ')tsdbt/g, 'dbt')
    .replace(/\n\n\(Don't see the one you want\?.*\n\n/g, '\n')
    .replace(/(?<=: )(?=\d\d:\d\d:\d\d {2})/g, '\n')
    .replace(/(?<=\nYour new dbt project "\w+" was created!\n)[\s\S]*?(?=\n\d\d:|\n*$)/, '');
}

/**
 * The statement that the engine quotes may be a macro's, whose text is our own. The order of counts depends on what
 * dbt's partial parsing read anew.
 */
function told(output: string, project: string): string[] {
  return consoleEvents(plainQuestions(output), project)
    .map((event) => event.replace(/^ {2}LINE <n>: .*$/m, '  LINE <n>'))
    .map((event) => event.replace(/(?<=Found ).*/, (counts) => counts.split(', ').sort().join(', ')));
}

/** What is in the files, but for what the configuration of the starter's own models is. */
function yamlOf(project: string, paths: readonly string[]): { [path: string]: unknown } {
  const read = (path: string): unknown => {
    if (!existsSync(join(project, path))) return null;
    const text = readFileSync(join(project, path), 'utf8');
    return JSON.parse(
      JSON.stringify(readYaml(text, path).value, (key, value) => (key === 'models' ? undefined : value)),
    );
  };
  return Object.fromEntries(paths.map((path) => [path, read(path)]));
}

function writeOrRemove(file: string, text: string | null): void {
  if (text === null) {
    rmSync(file);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function artifactTimes(project: string): { readonly [kind: string]: string | null } {
  const time = (kind: string): string | null => {
    const file = join(project, 'target', `${kind}.json`);
    return existsSync(file) ? `${statSync(file).mtimeMs} ${statSync(file).ino}` : null;
  };
  return { run_results: time('run_results'), sources: time('sources') };
}

function whole(project: string, kind: string): { [key: string]: unknown } {
  return JSON.parse(readFileSync(join(project, 'target', `${kind}.json`), 'utf8')) as { [key: string]: unknown };
}

/** What of an artifact the recorder keeps. */
function artifact(project: string, kind: string): Results | undefined {
  const data = whole(project, kind) as { args?: { which?: string }; results: { [key: string]: unknown }[] };
  const kept = ['unique_id', 'status', 'message', 'failures', 'adapter_response', 'criteria', 'error'];
  const clean = (value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll(project, '<project>') : value;
  return comparable({
    which: data.args?.which ?? null,
    keys: Object.keys(data).sort(),
    results: data.results.map((r) => ({
      ...Object.fromEntries(kept.filter((k) => k in r).map((k) => [k, clean(r[k])])),
      keys: Object.keys(r).sort(),
    })),
  });
}

/** The engine quotes the statement: where in it something is, differs. */
function comparable(results: Results | undefined): Results | undefined {
  const cut = (text: unknown): unknown =>
    typeof text === 'string' ? text.replace(/\n\s*LINE \d+:[\s\S]*$/, '').trimEnd() : text;
  return results && { ...results, results: results.results.map((r) => ({ ...r, message: cut(r['message']) ?? null })) };
}

/** What runs at the same time is done in any order. */
function inOrder(step: Step, found: Results | undefined): Results | undefined {
  if (!found || !step.args.includes('--threads')) return found;
  const id = (r: { readonly [key: string]: unknown }): string => String(r['unique_id']);
  return { ...found, results: [...found.results].sort((a, b) => id(a).localeCompare(id(b))) };
}
