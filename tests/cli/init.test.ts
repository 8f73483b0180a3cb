import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type InvokeResult, invoke } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { temporaryDirectory, writeFiles } from '../helpers/project.js';

async function run(
  cwd: string,
  args: readonly string[],
  stdin?: string,
  home = cwd,
): Promise<InvokeResult & { text: string }> {
  const stdout = new MemoryOutput();
  const input = stdin === undefined ? {} : { stdin: Readable.from([stdin]) };
  const result = await invoke(args, { cwd, env: { HOME: home }, stdout, ...input });
  return { ...result, text: stdout.text };
}

describe('init', () => {
  it('makes a project that builds, every test of it passed', async () => {
    const home = temporaryDirectory('tsdbt-init-');
    const made = await run(home, ['init', 'shop'], '1\n');
    expect(made.exitCode, made.text).toBe(0);
    const built = await run(join(home, 'shop'), ['build'], undefined, home);
    expect(built.text).toContain('Done. PASS=10 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=10');
    expect(existsSync(join(home, 'shop/.gitignore'))).toBe(true);
  });

  it('leaves the comments and the form of other profiles', async () => {
    const home = temporaryDirectory('tsdbt-init-');
    const before = '# ours\nother:  # kept\n  target: a\n  outputs: {a: {type: duckdb}}\n';
    writeFiles(home, { '.dbt/profiles.yml': before });
    await run(home, ['init', 'shop'], '1\n');
    const after = readFileSync(join(home, '.dbt/profiles.yml'), 'utf8');
    expect(after.startsWith(before.trimEnd())).toBe(true);
    expect(after).toMatch(/\nshop:\n {2}outputs:\n {4}dev:\n/);
  });

  it('replaces a profile only when asked to, in its place', async () => {
    const home = temporaryDirectory('tsdbt-init-');
    writeFiles(home, {
      '.dbt/profiles.yml': 'shop: {target: a}\nother: {target: b} # kept\n',
      'shop/dbt_project.yml': 'name: shop\nprofile: shop\n',
    });
    const profiles = (): string => readFileSync(join(home, '.dbt/profiles.yml'), 'utf8');
    await run(join(home, 'shop'), ['init'], 'what\n\n', home);
    expect(profiles()).toContain('shop: {target: a}');
    await run(join(home, 'shop'), ['init'], 'Yes\n7\n1\n', home);
    expect(profiles()).not.toContain('target: a}');
    expect(profiles()).toContain('other: {target: b} # kept');
  });

  it('writes nothing to a profiles.yml that is none', async () => {
    const home = temporaryDirectory('tsdbt-init-');
    writeFiles(home, { '.dbt/profiles.yml': '- a\n', 'dbt_project.yml': 'name: shop\nprofile: shop\n' });
    const { exitCode, text } = await run(home, ['init'], '1\n');
    expect(exitCode).toBe(2);
    expect(text).toContain('profile-invalid');
    expect(readFileSync(join(home, '.dbt/profiles.yml'), 'utf8')).toBe('- a\n');
  });

  it('says how to do without questions where nobody answers (input-missing)', async () => {
    const home = temporaryDirectory('tsdbt-init-');
    const { exitCode, text } = await run(home, ['init']);
    expect(exitCode).toBe(2);
    expect(text).toContain('error[input-missing]');
    expect(text).toContain('--skip-profile-setup');
  });

  it('refuses what it can not do, and leaves nothing half made (init-refused)', async () => {
    const home = temporaryDirectory('tsdbt-init-');
    writeFiles(home, { 'dbt_project.yml': 'name: shop\nprofile: shop\n' });
    expect((await run(home, ['init', '--profile', 'shop'])).text).toContain('error[init-refused]');
    expect(readdirSync(home).sort()).toEqual(['.dbt', 'dbt_project.yml', 'logs']);
  });
});
