import { describe, expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { temporaryDirectory, withoutCleanUp, writeFiles } from '../helpers/project.js';

const places = (text: string): string[] => [...text.matchAll(/--> (models\/\S+\.sql)/g)].map((m) => m[1] ?? '');

describe('of several broken models', () => {
  const project = withoutCleanUp(() => temporaryDirectory('tsdbt-first-error-'));
  const parse = async (model: (name: string) => string): Promise<string> => {
    writeFiles(project, {
      'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: demo\n",
      'profiles.yml': 'demo: {target: dev, outputs: {dev: {type: duckdb, path: db.duckdb}}}\n',
      ...Object.fromEntries(['z', 'b/y', 'a/x', 'm', 'c'].map((name) => [`models/${name}.sql`, model(name)])),
    });
    const told = new MemoryOutput();
    const result = await invoke(['--no-partial-parse', 'parse'], { cwd: project, stdout: told, stderr: told });
    expect(result.exitCode).toBe(2);
    return told.text;
  };

  it('the first by name is told, whatever the order of the directory', async () => {
    expect(places(await parse(() => 'select {% if %}'))).toEqual(['models/c.sql']);
  });

  it('all references that are missing are told', async () => {
    const told = await parse((name) => `select * from {{ ref('nosuch_${name.at(-1)}') }}`);
    expect(places(told).sort()).toEqual([
      'models/a/x.sql',
      'models/b/y.sql',
      'models/c.sql',
      'models/m.sql',
      'models/z.sql',
    ]);
  });
});
