import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';
import { docExamples } from '../helpers/doc-examples.js';
import { makeProject, writeFiles } from '../helpers/project.js';

const door = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

it('the examples of docs/node-api.md run', async () => {
  const cwd = makeProject({
    'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: case\n",
    'models/orders.sql': 'select i as id, 1.5 as amount from range(3) t(i)\n',
    'models/order_totals.sql': "select sum(amount) as total from {{ ref('orders') }}\n",
  });
  const examples = docExamples('node-api.md');
  expect(Object.keys(examples)).toEqual(['invoke.ts', 'events.ts', 'cancel.ts', 'project.ts', 'serve.ts']);
  const printed: { [example: string]: unknown[][] } = {};
  for (const [name, text] of Object.entries(examples)) {
    const lines: unknown[][] = [];
    printed[name] = lines;
    const log = vi.spyOn(console, 'log').mockImplementation((...line) => void lines.push(line));
    const status = process.exitCode;
    const file = join(cwd, name);
    writeFiles(cwd, {
      [name]: text.replace("from 'tsdbt'", `from ${JSON.stringify(door)}`).replaceAll("'shop'", JSON.stringify(cwd)),
    });
    writeFileSync(join(cwd, '.user.yml'), '');
    try {
      await import(/* @vite-ignore */ pathToFileURL(file).href);
    } finally {
      log.mockRestore();
      process.exitCode = status;
    }
  }
  expect(printed['invoke.ts']).toEqual([
    ['model.shop.orders', 'success', 'OK'],
    ['model.shop.order_totals', 'success', 'OK'],
  ]);
  expect(printed['events.ts']?.map(([status]) => status)).toEqual(['OK', 'OK', true]);
  expect(printed['cancel.ts']).toEqual([[2, undefined]]);
  expect(printed['project.ts']).toEqual([
    [['model.shop.order_totals', 'model.shop.orders']],
    [expect.stringContaining('sum(amount)'), 0],
    ['"db"."main"."order_totals"'],
    ['"db"."main"."orders"'],
    [true],
  ]);
  expect(printed['serve.ts']).toEqual([[1, true]]);
});
