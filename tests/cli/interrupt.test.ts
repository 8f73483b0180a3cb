import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readYaml } from '../../src/config/yaml.js';
import { invoke } from '../../src/index.js';
import { consoleEvents } from '../helpers/console-lines.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { temporaryDirectory, writeFiles } from '../helpers/project.js';

const directory = fileURLToPath(new URL('../cases/interrupt/run', import.meta.url));
const read = (file: string): string => readFileSync(`${directory}/${file}`, 'utf8');

it('Ctrl-C while a model runs: the lines of dbt, its exit status, and what did not run is skipped', async () => {
  const { files, args } = readYaml(read('case.yml'), 'case.yml').value as {
    files: { readonly [path: string]: string };
    args: readonly string[];
  };
  const dbt = JSON.parse(read('expected.json')) as { exit: number; stdout: string; results: { [id: string]: string } };
  const project = temporaryDirectory('tsdbt-interrupt-');
  writeFiles(project, files);
  const stdout = new MemoryOutput();
  const controller = new AbortController();
  const result = await invoke(args, {
    cwd: project,
    env: { HOME: project },
    stdout,
    signal: controller.signal,
    // The statement is told right before it is sent.
    onEvent: ({ info, data }) => {
      if (info.name === 'SQLQuery' && (data as { sql: string }).sql.includes('range(100000000)')) {
        setImmediate(() => controller.abort('SIGINT'));
      }
    },
  });
  expect(result.exitCode).toBe(dbt.exit);
  const lines = consoleEvents(stdout.text, project);
  const told = consoleEvents(dbt.stdout, project).filter((line) => /START|OK created|CANCEL|keyboard/.test(line));
  expect(told).toHaveLength(5);
  expect(lines).toEqual(expect.arrayContaining(told));
  const statuses = Object.fromEntries(result.results.map((r) => [r.unique_id, r.status]));
  const skipped = { 'model.demo.b': 'skipped', 'model.demo.c': 'skipped', 'model.demo.d': 'skipped' };
  expect(statuses).toEqual({ ...dbt.results, ...skipped });
});
