// Why files are not simply renamed: a reader in another process while a file, or a link to a folder, is replaced again and again.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { readArguments, runScript, UsageError } from '../generate/options.mjs';
import { numberOption } from './warehouse.mjs';

const HELP = `Shows what a reader in another process finds while Parquet is replaced in ways that look atomic: a file that is renamed over another
one, and a link to a folder that is renamed over another one, read through a pattern. It fails nothing; it prints what came of it.

  node project/serve/naive-swaps.mjs [--swaps <n>, default 60] [--rows <n>, default 600000]
`;

const WAYS = Object.freeze({
  file: 'a file renamed over the file that is read',
  link: 'a link to a folder renamed over the link, three files read by a pattern',
});

const relationOf = (/** @type {string} */ way, /** @type {string} */ folder) =>
  `read_parquet('${way === 'file' ? join(folder, 'x.parquet') : join(folder, 'current', '*.parquet')}')`;

/** The reader's process: reads until it is told to stop. @param {string} way @param {string} folder @param {string} rows */
async function read(way, folder, rows) {
  let isOver = false;
  process.once('message', () => {
    isOver = true;
  });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  /** @type {Record<string, number>} */
  const found = { reads: 0, 'one whole version': 0, 'two versions in one result': 0, 'wrong rows': 0 };
  process.send?.('ready');
  while (!isOver) {
    found.reads = (found.reads ?? 0) + 1;
    let what = 'one whole version';
    try {
      const [[count, least, greatest] = []] = (
        await connection.runAndReadAll(
          `select count(*)::varchar, min(version), max(version), sum(x) from ${relationOf(way, folder)}`,
        )
      ).getRowsJson();
      if (least !== greatest) what = 'two versions in one result';
      else if (count !== rows) what = 'wrong rows';
    } catch (error) {
      what = `error: ${String(error instanceof Error ? error.message : error)
        .split('\n')[0]
        ?.replace(/[^ -~]/g, '?')
        .replace(/'[^']*\/[^']*'/g, '…')}`;
    }
    found[what] = (found[what] ?? 0) + 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.send?.(found, () => process.exit(0));
}

/** @param {string} way @param {number} swaps @param {number} rows */
async function replace(way, swaps, rows) {
  const folder = await mkdtemp(join(tmpdir(), 'naive-swaps-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const write = (
    /** @type {number} */ version,
    /** @type {number} */ from,
    /** @type {number} */ to,
    /** @type {string} */ file,
  ) =>
    connection.run(
      `copy (select ${version} as version, i as id, (i * ${version} + 7919) % 100003 as x, 't' || (i * ${version + 3} % 9973) as t from range(${from}, ${to}) t(i))
      to '${file}' (format parquet, row_group_size 30720)`,
    );
  const swap = async (/** @type {number} */ version) => {
    if (way === 'file') {
      await write(version, 0, rows, join(folder, 'aside.parquet'));
      return rename(join(folder, 'aside.parquet'), join(folder, 'x.parquet'));
    }
    await mkdir(join(folder, `v${version}`));
    for (const part of [0, 1, 2])
      await write(
        version,
        Math.floor((rows * part) / 3),
        Math.floor((rows * (part + 1)) / 3),
        join(folder, `v${version}`, `${part}.parquet`),
      );
    await symlink(`v${version}`, join(folder, 'next'));
    await rename(join(folder, 'next'), join(folder, 'current'));
    return rm(join(folder, `v${version - 3}`), { recursive: true, force: true });
  };
  try {
    await swap(1);
    const reader = fork(fileURLToPath(import.meta.url), ['read', way, folder, String(rows)]);
    await once(reader, 'message');
    for (let version = 2; version <= swaps + 1; version++) await swap(version);
    const answer = once(reader, 'message');
    reader.send('stop');
    return (await answer)[0];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await runScript(async () => {
  if (process.send && process.argv[2] === 'read') {
    const [way = '', folder = '', rows = ''] = process.argv.slice(3);
    return read(way, folder, rows);
  }
  const { values, positionals } = readArguments({ swaps: { type: 'string' }, rows: { type: 'string' } }, HELP);
  if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`);
  const swaps = numberOption(values, 'swaps', 60, 1);
  const rows = numberOption(values, 'rows', 600_000, 3);
  for (const [way, what] of Object.entries(WAYS)) {
    process.stdout.write(`${what}, ${swaps} times:\n`);
    for (const [name, count] of Object.entries(await replace(way, swaps, rows)))
      process.stdout.write(`  ${String(count).padStart(6)}  ${name}\n`);
  }
});
