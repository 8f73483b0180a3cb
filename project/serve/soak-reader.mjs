// Started by soak.mjs: a process of its own that reads what is published until it is told to stop.

import { DuckDBInstance } from '@duckdb/node-api';
import { openSnapshot } from './published/reader.mjs';
import { expectedOf, readUntil } from './soak-reads.mjs';

const [folder = '', memory = '500MB'] = process.argv.slice(2);
let isOver = false;
process.on('message', () => {
  isOver = true;
});
// Who started it is gone.
process.on('disconnect', () => process.exit(1));

const instance = await DuckDBInstance.create(':memory:', { memory_limit: memory, threads: '1' });
const connection = await instance.connect();
const first = await openSnapshot(folder);
const expected = await expectedOf(connection, first.relation());
await first.release();
process.send?.('ready');
const reads = await readUntil(
  expected,
  async (client) => {
    const snapshot = await openSnapshot(folder);
    const relation = snapshot.relation(client === undefined ? {} : { client_id: client });
    return { relation, connection, done: () => snapshot.release() };
  },
  () => isOver,
);
process.send?.(reads, () => process.exit(0));
