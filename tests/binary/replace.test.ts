import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeProject } from '../helpers/project.js';
import { root, tsdbt } from './tsdbt.js';

/** Opens a second connection of the run's own database, which reads two relations as often as it can. */
const reader = (found: string) => `
  const { appendFileSync } = require('node:fs');
  const { DuckDBInstance } = require(${JSON.stringify(join(root, 'node_modules/@duckdb/node-api'))});
  const create = DuckDBInstance.create;
  DuckDBInstance.create = async (...args) => {
    const instance = await create.apply(DuckDBInstance, args);
    const connection = await instance.connect();
    let last = '';
    let reads = 0;
    void (async () => {
      for (;;) {
        for (const name of ['tab', 'vie']) {
          let seen;
          try {
            const rows = await connection.runAndReadAll('select count(*), count(distinct v) from ' + name);
            seen = rows.getRows().join();
          } catch (error) {
            seen = error.message.split('\\n')[0];
          }
          reads += 1;
          const line = name + ': ' + seen;
          if (!last.includes(line + '\\n')) appendFileSync(${JSON.stringify(found)}, line + '\\n');
          last += line + '\\n';
        }
      }
    })();
    process.on('exit', () => appendFileSync(${JSON.stringify(found)}, 'reads: ' + (reads > 4 ? 'many' : reads) + '\\n'));
    return instance;
  };`;

it('who reads while tables and views are replaced sees the old or the new one, never none', () => {
  const project = makeProject({});
  const found = join(project, 'found.txt');
  const rows = 'select range as id, {{ var("v") }} as v from range(300000)';
  const models = {
    'models/tab.sql': `{{ config(materialized='table') }} ${rows}`,
    'models/vie.sql': `-- depends_on: {{ ref('tab') }}\n${rows}`,
  };
  const other = makeProject({ ...models, 'reader.cjs': reader(found) });
  expect(tsdbt(['run', '--vars', '{v: 1}'], other).status).toBe(0);
  const run = (...args: string[]) => tsdbt(args, other, { node: ['--require', join(other, 'reader.cjs')] });
  expect(run('run', '--vars', '{v: 2}').status).toBe(0);
  expect(run('run', '--full-refresh', '--vars', '{v: 3}').status).toBe(0);
  const seen = new Set(readFileSync(found, 'utf8').trimEnd().split('\n'));
  expect([...seen].sort()).toEqual(['reads: many', 'tab: 300000,1', 'vie: 300000,1']);
});
