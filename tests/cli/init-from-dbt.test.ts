import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type InvokeResult, invoke } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { temporaryDirectory, writeFiles } from '../helpers/project.js';

const OTHER = {
  'dbt_project.yml': 'name: shop\nprofile: shop\n',
  'profiles.yml': `shop:
  target: prod
  outputs:
    prod:
      type: snowflake
      account: x
    md:
      type: duckdb
      path: md:shop
    local:
      type: duckdb
      path: db.duckdb
      plugins: [{module: gsheet}]
      filesystems: [{fs: s3}]
    remote:
      type: duckdb
      attach: [{path: 'md:other'}]
    good: {type: duckdb, path: good.duckdb}
`,
  'packages.yml': 'packages:\n  - local: installed\n  - private: acme/secret\n',
  'dbt_packages/a/dbt_project.yml': 'name: a\n',
  'dbt_packages/a/models/of_package.sql': "{{ config(materialized='dynamic') }} select 1 as id",
  'dbt_packages/b/dbt_project.yml': 'name: b\n',
  'models/py.py': 'def model(dbt, session):\n    return dbt.ref("fine")\n',
  'models/odd.sql': "{{ config(materialized='dynamic_table') }} select 1 as id",
  'models/strategy.sql':
    "{{ config(materialized='incremental', incremental_strategy='insert_overwrite') }} select 1 as id",
  'models/own.sql': "{{ config(materialized='incremental', incremental_strategy='nosuch') }} select 1 as id",
  'models/fine.sql': 'select 1 as id',
};

async function run(cwd: string, ...args: string[]): Promise<InvokeResult & { text: string }> {
  const stdout = new MemoryOutput();
  const result = await invoke(args, { cwd, env: { HOME: cwd }, stdout, stderr: stdout });
  return { ...result, text: stdout.text };
}

/** Code and place of each error that is told. */
function told(text: string): string[] {
  return [...text.matchAll(/error\[([a-z-]+)\]: .*\n(?: .*\n)*? {2}--> (\S+)/g)].map(
    ([, code, place]) => `${code} ${place}`,
  );
}

describe('init --from-dbt', () => {
  it('names everything that a run would refuse, each with its place, and writes nothing', async () => {
    const project = temporaryDirectory('tsdbt-from-dbt-');
    writeFiles(project, OTHER);
    const before = readdirSync(project, { recursive: true }).sort();
    const { exitCode, text } = await run(project, 'init', '--from-dbt');
    expect(told(text)).toEqual([
      'adapter-unknown profiles.yml:5:13',
      'credentials-invalid profiles.yml:9:7',
      'credentials-invalid profiles.yml:13:7',
      'credentials-invalid profiles.yml:14:7',
      'credentials-invalid profiles.yml:17:7',
      'package-unsupported packages.yml:3:5',
      'materialization-missing models/odd.sql:1:1',
      'value-refused models/own.sql:1:1',
      'value-refused models/strategy.sql:1:1',
      'python-unsupported models/py.py:1:1',
      'materialization-missing dbt_packages/a/models/of_package.sql:1:1',
    ]);
    expect(text).toContain('tsdbt refuses 11 things of this project.');
    expect(exitCode).toBe(1);
    expect(readdirSync(project, { recursive: true }).sort()).toEqual(before);
  });

  it('says of each what the run says', async () => {
    const project = temporaryDirectory('tsdbt-from-dbt-');
    writeFiles(project, { ...OTHER, 'packages.yml': 'packages: []\n' });
    const report = await run(project, 'init', '--from-dbt', '--target', 'good');
    // The strategy of an incremental model is asked for when there is something to add to.
    await run(project, 'run', '--target', 'good', '-s', 'own', 'strategy');
    const { results } = await run(project, 'run', '--target', 'good');
    const errors = results.filter((r) => r.status === 'error');
    const messages = errors.map((r) => (r.message ?? '').split('\n')[1]?.trim() ?? '');
    expect(messages).toHaveLength(5);
    for (const message of messages) expect(report.text).toContain(message);
    for (const target of ['prod', 'md', 'local', 'remote']) {
      const [error] = told((await run(project, 'run', '--target', target)).text);
      expect(told(report.text)).toContain(error);
    }
  });

  it('looks at a project elsewhere, and has nothing to say of one that runs', async () => {
    const project = temporaryDirectory('tsdbt-from-dbt-');
    writeFiles(project, {
      'shop/dbt_project.yml': 'name: shop\nprofile: shop\n',
      'shop/models/a.sql': 'select 1 as id',
      '.dbt/profiles.yml': 'shop: {target: a, outputs: {a: {type: duckdb}}}\n',
    });
    const { exitCode, text } = await run(project, 'init', '--from-dbt', 'shop');
    expect(exitCode, text).toBe(0);
    expect(text).toContain('There is nothing in this project that tsdbt refuses.');
    expect((await run(project, 'init', '--from-dbt', 'nosuch')).exitCode).toBe(2);
  });

  it('tells what would stop dbt as well apart, and that the models were not looked at', async () => {
    const project = temporaryDirectory('tsdbt-from-dbt-');
    writeFiles(project, { 'dbt_project.yml': 'name: shop\nprofile: shop\n', 'models/a.sql': "select {{ ref('b') }}" });
    const { exitCode, text } = await run(project, 'init', '--from-dbt');
    expect(exitCode).toBe(1);
    expect(told(text)).toEqual(['profile-missing dbt_project.yml:2:10', 'ref-missing models/a.sql:1:15']);
    expect(text).toContain('2 things would stop dbt as well. The models have not been looked at');
    expect(readFileSync(join(project, 'dbt_project.yml'), 'utf8')).toBe('name: shop\nprofile: shop\n');
  });
});
