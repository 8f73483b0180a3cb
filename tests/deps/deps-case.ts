import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { readYaml } from '../../src/config/yaml.js';
import { invoke } from '../../src/index.js';
import { temporaryDirectory } from '../helpers/project.js';

/** One command of a case, in the state that those before have left. */
export interface DepsStep {
  readonly args: readonly string[];
  readonly env?: { readonly [name: string]: string };
  readonly files?: { readonly [path: string]: string };
  /** What is replaced in package-lock.yml before. */
  readonly edit_lock?: readonly [string, string];
  /** What tsdbt says where dbt fails. */
  readonly expect?: { readonly code?: string; readonly place?: string; readonly hint?: string };
  /** Where tsdbt differs: what is other than recorded. */
  readonly deviates?: {
    readonly reason: string;
    readonly status?: number;
    readonly lock?: string | null;
    readonly installed?: unknown;
    readonly output?: readonly string[];
    readonly packages_yml?: string;
    /** The lock's hash is not dbt's. */
    readonly hash?: true;
  };
}

export interface DepsCase {
  readonly name: string;
  readonly files: { readonly [path: string]: string };
  readonly steps: readonly DepsStep[];
}

export interface RecordedStep {
  readonly status: number;
  readonly output: readonly string[];
  readonly lock: string | null;
  readonly installed: { readonly [name: string]: unknown };
  readonly packages_yml?: string | null;
}

export type Recorded = { readonly cases: { readonly [name: string]: readonly RecordedStep[] } };

const CASES = join(import.meta.dirname, '../cases/deps');

export function readCases<T>(file: string): T {
  return JSON.parse(readFileSync(join(CASES, file), 'utf8')) as T;
}

/** Runs a case in a directory of its own and compares it with what dbt did. `placeholders` are what texts of the case stand for. */
export async function runCase(
  name: string,
  { files, steps }: DepsCase,
  recorded: readonly RecordedStep[],
  env: { readonly [name: string]: string },
  prepare: (base: string) => { readonly [placeholder: string]: string },
): Promise<void> {
  const base = temporaryDirectory('tsdbt-deps-');
  const placeholders = { ...prepare(base), '<base>': base };
  const main = join(base, 'main');
  const show = (text: string): string =>
    Object.entries(placeholders).reduce((t, [mark, value]) => t.replaceAll(mark, value), text);
  const hide = (text: string): string =>
    Object.entries(placeholders).reduce((t, [mark, value]) => t.replaceAll(value, mark), text);
  const write = (given: { readonly [path: string]: string }): void => {
    for (const [path, text] of Object.entries(given)) {
      mkdirSync(dirname(join(base, path)), { recursive: true });
      writeFileSync(join(base, path), show(text));
    }
  };
  write({ 'main/dbt_project.yml': "name: main\nversion: '1.0'\nprofile: demo\n", ...files });
  const read = (path: string): string | null => (existsSync(path) ? hide(readFileSync(path, 'utf8')) : null);
  for (const [i, step] of steps.entries()) {
    const theirs = recorded[i];
    if (!theirs) throw new Error(`${name} has no recorded step ${i}`);
    write(step.files ?? {});
    const lockFile = join(main, 'package-lock.yml');
    if (step.edit_lock) {
      const [from, to] = step.edit_lock.map(show) as [string, string];
      writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(from, to));
    }
    let output = '';
    const stepEnv = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, show(value)]));
    const result = await invoke(step.args.map(show), {
      cwd: main,
      env: { HOME: base, NO_COLOR: '1', ...env, ...stepEnv },
      stdout: (text: string) => {
        output += text;
      },
    });
    const at = `${name}, step ${i + 1}:\n${output}`;
    const wanted = { ...theirs, ...step.deviates };
    expect(result.exitCode, at).toBe(wanted.status);
    // The hash is of a text with the port or the directory in it.
    const isFixed = !step.deviates?.hash && !/<hub>|<base>/.test(JSON.stringify([files, steps]));
    const comparable = (text: string | null): string | null =>
      isFixed ? text : (text?.replace(/^sha1_hash: .*/m, 'sha1_hash: <hash>') ?? null);
    expect(comparable(read(lockFile)), at).toBe(comparable(wanted.lock));
    expect(JSON.parse(hide(JSON.stringify(installed(join(main, 'dbt_packages'))))), at).toEqual(wanted.installed);
    expect(lines(hide(output)), at).toEqual(lines(wanted.output.join('\n')));
    if (wanted.packages_yml !== undefined) {
      const file = existsSync(join(main, 'dependencies.yml')) ? 'dependencies.yml' : 'packages.yml';
      expect(parsed(read(join(main, file))), at).toEqual(parsed(wanted.packages_yml));
    }
    if (step.expect?.code !== undefined) expect(output).toContain(`[${step.expect.code}]`);
    if (step.expect?.place !== undefined) expect(output).toContain(step.expect.place);
    if (step.expect?.hint !== undefined) expect(output).toContain(step.expect.hint);
    if (wanted.status !== 0 && !output.includes('[cli-usage]'))
      expect(output, `${at}: a hint is missing`).toContain('hint: ');
    expect(output).not.toMatch(/bug of tsdbt|\n\s+at .*\.(ts|js):\d/);
    const left = readdirSync(main).filter((file) => /\.tmp$|-deps-/.test(file));
    expect(left, 'left behind').toEqual([]);
    for (const [key, value] of Object.entries(stepEnv)) {
      if (key.startsWith('DBT_ENV_SECRET')) expect(output).not.toMatch(new RegExp(`[/:]${value}[/@]`));
    }
  }
}

const parsed = (text: string | null): unknown => (text === null ? null : readYaml(text, 'x').value);

/** What both print, up to the first error, without what only one of them says. */
function lines(output: string): string[] {
  const out: string[] = [];
  for (const line of output.split('\n')) {
    const text = line
      .replace(/^\d\d:\d\d:\d\d {1,2}/, '')
      .replace('then run dbt deps', 'then run tsdbt deps')
      .trimEnd();
    if (/^(Encountered an error:|\[.*Encountered|Usage: )/.test(text)) break;
    const own = /^Running with|^ {2}(-->|hint: )|^\[WARNING\]\[DeprecationsSummary\]|^error\[/.test(text);
    if (/^\[WARNING\]\[DeprecationsSummary\]/.test(text)) break;
    if (!own && text !== '')
      out.push(
        text.replace(/removing: \{(.*)\}$/, (_, items: string) => `removing: ${items.split(', ').sort().join(', ')}`),
      );
  }
  // dbt warns of an unpinned package twice.
  const joined = out.join('\n');
  return joined
    .replace(/(WARNING: The git package[\s\S]*?package-versions)\n\1/g, '$1')
    .split('\n')
    .filter((line) => line !== '');
}

function installed(directory: string): Record<string, unknown> {
  if (!existsSync(directory)) return {};
  const out: Record<string, unknown> = {};
  for (const name of readdirSync(directory).sort()) {
    const path = join(directory, name);
    if (lstatSync(path).isSymbolicLink()) {
      out[name] = `link to ${readlinkSync(path)}`;
      continue;
    }
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
      .sort();
    const about = join(path, 'macros/about.sql');
    out[name] = { files, ...(existsSync(about) ? { about: readFileSync(about, 'utf8') } : {}) };
  }
  return out;
}
