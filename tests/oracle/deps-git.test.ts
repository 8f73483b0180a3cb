import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { type DepsCase, type Recorded, readCases, runCase } from '../deps/deps-case.js';
import { makeProject } from '../helpers/project.js';

interface Commit {
  readonly on?: string;
  readonly files: { readonly [path: string]: string };
  readonly tags?: readonly string[];
  readonly annotated?: readonly string[];
  readonly branches?: readonly string[];
}

/** As in `deps_record.py`: the commits have the same hashes. */
const GIT_ENV = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.invalid',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.invalid',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** Makes a repository and returns the hashes of its commits. */
function makeRepository(path: string, commits: readonly Commit[]): string[] {
  mkdirSync(path, { recursive: true });
  const git = (args: readonly string[], more: Record<string, string> = {}): string =>
    execFileSync('git', [...args], {
      cwd: path,
      env: { ...process.env, ...GIT_ENV, ...more },
      encoding: 'utf8',
    }).trim();
  git(['init', '-q', '-b', 'main']);
  git(['config', 'core.autocrlf', 'false']);
  const shas = commits.map((commit, i) => {
    if (commit.on !== undefined) git(['checkout', '-q', '-B', commit.on]);
    for (const [file, text] of Object.entries(commit.files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    }
    git(['add', '-A']);
    const date = `${1_700_000_000 + i * 60} +0000`;
    const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    git(['commit', '-q', '--allow-empty', '-m', `commit ${i}`], dates);
    const sha = git(['rev-parse', 'HEAD']);
    for (const tag of commit.tags ?? []) git(['tag', tag]);
    for (const tag of commit.annotated ?? []) git(['tag', '-a', '-m', tag, tag], dates);
    for (const branch of commit.branches ?? []) git(['branch', branch]);
    return sha;
  });
  git(['checkout', '-q', 'main']);
  return shas;
}

/** What git needs in an environment of its own. */
const env = { ...GIT_ENV, PATH: process.env['PATH'] ?? '' };

describe('deps with git repositories, as dbt 1.11.16', () => {
  const { repositories, cases } = readCases<{ repositories: { [name: string]: Commit[] }; cases: DepsCase[] }>(
    'git.json',
  );
  const recorded = readCases<Recorded>('git.recorded.json').cases;

  it('has git', () => {
    expect(spawnSync('git', ['--version']).status).toBe(0);
  });

  for (const one of cases) {
    it(one.name, async () => {
      await runCase(one.name, one, recorded[one.name] ?? [], env, (base) => {
        const marks = Object.entries(repositories).flatMap(([name, commits]) =>
          makeRepository(join(base, 'git', name), commits).map((sha, i) => [`<${name} ${i}>`, sha] as const),
        );
        return Object.fromEntries(marks);
      });
    });
  }
});

describe('deps with git repositories', () => {
  const run = async (
    packages: string,
    more: Record<string, string> = {},
  ): Promise<{ project: string; output: string; exitCode: number }> => {
    const project = makeProject({ 'packages.yml': packages });
    let output = '';
    const { exitCode } = await invoke(['deps'], {
      cwd: project,
      env: { ...env, HOME: project, NO_COLOR: '1', ...more },
      stdout: (text: string) => {
        output += text;
      },
    });
    return { project, output, exitCode };
  };

  it('says that git is not there', async () => {
    const { output, exitCode } = await run('packages:\n  - git: https://example.invalid/x\n    revision: v1\n', {
      PATH: '/nowhere',
    });
    expect(exitCode).toBe(2);
    expect(output).toContain('[git-missing]');
    expect(output).toContain('packages.yml:2:5');
  });

  it('is not led astray by the variables of a hook', async () => {
    const source = makeProject({});
    const repository = join(source, 'repository');
    makeRepository(repository, [{ files: { 'dbt_project.yml': 'name: tools\n' }, tags: ['v1'] }]);
    const elsewhere = join(source, 'elsewhere');
    const { project, output, exitCode } = await run(`packages:\n  - git: file://${repository}\n    revision: v1\n`, {
      GIT_DIR: elsewhere,
      GIT_WORK_TREE: elsewhere,
      GIT_INDEX_FILE: join(elsewhere, 'index'),
    });
    expect(exitCode, output).toBe(0);
    expect(readdirSync(join(project, 'dbt_packages/tools'))).toEqual(['dbt_project.yml']);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('does not follow a subdirectory that is a link out of the repository', async () => {
    const source = makeProject({});
    const repository = join(source, 'repository');
    makeRepository(repository, [{ files: { 'README.md': 'x' } }]);
    execFileSync('ln', ['-s', source, join(repository, 'out')]);
    const git = (...args: string[]): void =>
      void execFileSync('git', args, { cwd: repository, env: { ...process.env, ...GIT_ENV } });
    git('add', '-A');
    git('commit', '-q', '-m', 'link');
    const { output, exitCode } = await run(
      `packages:\n  - git: file://${repository}\n    subdirectory: out\n    warn-unpinned: false\n`,
    );
    expect(exitCode).toBe(2);
    expect(output).toContain('[git-refused]');
    expect(output).toContain('leads out of the repository');
  });

  it('ends when it is cancelled, and leaves what was there', async () => {
    const source = makeProject({});
    const repository = join(source, 'repository');
    makeRepository(repository, [{ files: { 'dbt_project.yml': 'name: tools\n' }, tags: ['v1'] }]);
    const project = makeProject({
      'packages.yml': `packages:\n  - git: file://${repository}\n    revision: v1\n`,
      'dbt_packages/old/dbt_project.yml': 'name: old\n',
    });
    const abort = new AbortController();
    const running = invoke(['deps'], {
      cwd: project,
      env: { ...env, HOME: project },
      signal: abort.signal,
      stdout: () => {},
    });
    setImmediate(() => abort.abort());
    const { exitCode } = await running;
    expect(exitCode).toBe(2);
    expect(readdirSync(join(project, 'dbt_packages'))).toEqual(['old']);
    expect(readdirSync(project).filter((name) => name.startsWith('.dbt_packages'))).toEqual([]);
  });
});
