// Refreshes again and again while readers ask without pause, and fails when one of them found anything but one whole version.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { readArguments, runScript, UsageError } from '../generate/options.mjs';
import { publishTable, RETENTION_HELP, RETENTION_OPTIONS, retentionOf } from './publish-table.mjs';
import { expectedOf, readUntil } from './soak-reads.mjs';
import { publishedFolder, TABLE } from './tables.mjs';
import { numberOption, openWarehouse, WAREHOUSE_HELP, WAREHOUSE_OPTIONS } from './warehouse.mjs';

const HELP = `Proves that ${TABLE} is refreshed without downtime: builds it again and again, publishes it, and reads it meanwhile
without pause, on connections of this process and from other processes. A read that fails, finds no rows, too few, or rows of two
versions is told, and the exit status is 1.

  node project/serve/soak.mjs [options]

  --refreshes <n>         default 10
  --readers <n>           connections of this process that read the table (default 1)
  --processes <n>         processes that read the published files (default 1); with 0 nothing is published
${RETENTION_HELP}${WAREHOUSE_HELP}`;

/** @typedef {import('./soak-reads.mjs').Reads} Reads */

const seconds = (/** @type {number} */ began) => (performance.now() - began) / 1000;

/** @param {string} name @param {Reads} reads */
function tell(name, reads) {
  process.stdout.write(
    `${name}: ${reads.reads} reads, ${reads.wrongCount} wrong; longest ${(reads.longest / 1000).toFixed(2)} s; ` +
      `versions ${reads.versions.join(' ')}; peak ${(reads.peakRss / 2 ** 30).toFixed(2)} GiB\n`,
  );
  for (const message of reads.wrong) process.stderr.write(`${name}: ${message}\n`);
}

await runScript(async () => {
  const { values, positionals } = readArguments(
    {
      ...WAREHOUSE_OPTIONS,
      ...RETENTION_OPTIONS,
      refreshes: { type: 'string' },
      readers: { type: 'string' },
      processes: { type: 'string' },
    },
    HELP,
  );
  if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`);
  const refreshes = numberOption(values, 'refreshes', 10, 1);
  const readerCount = numberOption(values, 'readers', 1);
  const processCount = numberOption(values, 'processes', 1);
  if (readerCount + processCount === 0) throw new UsageError('--readers or --processes must be at least 1');
  const retention = retentionOf(values);
  const warehouse = await openWarehouse(values);
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  try {
    const folder = values.out ?? publishedFolder(warehouse.lake);
    const own = await warehouse.connect();
    const before = await warehouse.servedVersion(own);
    const expected = await expectedOf(own, TABLE);
    process.stdout.write(`${TABLE}: ${Number(expected.rows).toLocaleString('en')} rows, version ${before}\n`);
    if (processCount > 0) {
      await publishTable(own, folder, retention);
      for (let i = 0; i < processCount; i++) {
        const child = fork(fileURLToPath(new URL('./soak-reader.mjs', import.meta.url)), [folder]);
        children.push(child);
        const [ready] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
        if (ready !== 'ready') throw new Error(`A reader of ${folder} did not begin: exit status ${ready}`);
      }
    }
    let isOver = false;
    const readers = await Promise.all(
      Array.from({ length: readerCount }, async () => {
        const connection = await warehouse.connect();
        const begin = async () => ({ relation: TABLE, connection, done: async () => {} });
        return { done: readUntil(expected, begin, () => isOver) };
      }),
    );
    try {
      for (let i = 1; i <= refreshes; i++) {
        const version = before + i;
        const refreshed = await warehouse.refresh(version);
        const began = performance.now();
        const published = processCount > 0 ? await publishTable(own, folder, retention) : undefined;
        const told = published
          ? `, published as ${published.version} in ${seconds(began).toFixed(1)} s (${(published.bytes / 1e6).toFixed(0)} MB, ${published.files} files; removed ${published.removed.length}, held ${published.held.length})`
          : '';
        process.stdout.write(`version ${version}: built in ${refreshed.toFixed(1)} s${told}\n`);
      }
    } finally {
      isOver = true;
    }
    /** @type {[string, Reads][]} */
    const all = [];
    for (const [i, { done }] of readers.entries()) all.push([`connection ${i + 1}`, await done]);
    for (const [i, child] of children.entries()) {
      const answer = once(child, 'message');
      child.send('stop');
      const [reads] = await answer;
      all.push([`process ${i + 1}`, reads]);
    }
    for (const [name, reads] of all) tell(name, reads);
    if (all.some(([, { wrongCount, reads }]) => wrongCount > 0 || reads === 0)) process.exitCode = 1;
    // A reader that saw only the first version has proved nothing.
    const unmoved = all.filter(([, { versions }]) => versions.length < 2).map(([name]) => name);
    if (unmoved.length > 0) {
      process.stderr.write(`${unmoved.join(', ')}: saw no refresh\n`);
      process.exitCode = 1;
    }
  } finally {
    for (const child of children) child.disconnect();
    warehouse.close();
  }
});
