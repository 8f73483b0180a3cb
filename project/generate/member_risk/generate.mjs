// Fills the landing zone: one folder an entity, one folder a day, CSV parts in it.

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDay, parseDay } from '../calendar.mjs';
import { DayFile } from '../csv.mjs';
import { MEMBER_COLUMNS, memberExtract } from './members.mjs';
import { TRANSACTION_COLUMNS, transactionExtract } from './transactions.mjs';
import { VISIT_COLUMNS, visitExtract } from './visits.mjs';

export const ENTITIES = Object.freeze({
  members: { columns: MEMBER_COLUMNS, extract: memberExtract },
  transactions: { columns: TRANSACTION_COLUMNS, extract: transactionExtract },
  visits: { columns: VISIT_COLUMNS, extract: visitExtract },
});

/** Changes whenever the same options would give other bytes. */
const GENERATOR_VERSION = 1;

/** What a landing zone was made from; all but the number of days. @param {import('../options.mjs').Options} options */
function worldOf(options) {
  return `v${GENERATOR_VERSION} seed=${options.seed} members=${options.members} start=${formatDay(options.start)}`;
}

/**
 * Writes the days asked for and removes any others of an earlier run. A landing zone of another world is emptied first.
 * @param {string} lake @param {import('../options.mjs').Options} options
 * @returns {Promise<{world: string, days: number, rows: Record<string, number>}>}
 */
export async function generate(lake, options) {
  const landing = join(lake, 'landing');
  const marker = join(lake, 'landing', '_world.json');
  const world = worldOf(options);
  const before = await readFile(marker, 'utf8').catch(() => undefined);
  if (before !== undefined && JSON.parse(before).world !== world) {
    for (const entity of Object.keys(ENTITIES)) await rm(join(landing, entity), { recursive: true, force: true });
  }
  await mkdir(landing, { recursive: true });
  /** @type {Record<string, number>} */
  const rows = {};
  for (const [entity, { columns, extract }] of Object.entries(ENTITIES)) {
    rows[entity] = 0;
    for (let day = options.start; day < options.start + options.days; day++) {
      const file = new DayFile(join(landing, entity, `dt=${formatDay(day)}`), columns);
      await file.open();
      for (const record of extract(options, day)) {
        const full = file.write(record);
        if (full) await full;
      }
      await file.close();
      rows[entity] += file.rows;
    }
    await removeOtherDays(join(landing, entity), options);
  }
  const result = { world, days: options.days, rows };
  await writeFile(
    `${marker}.tmp`,
    `${JSON.stringify({ ...result, until: formatDay(options.start + options.days - 1) }, null, 2)}\n`,
  );
  await rename(`${marker}.tmp`, marker);
  return result;
}

/** @param {string} folder @param {import('../options.mjs').Options} options */
async function removeOtherDays(folder, options) {
  for (const name of await readdir(folder)) {
    const day = /^dt=(\d{4}-\d{2}-\d{2})$/.exec(name)?.[1];
    if (!day) continue;
    const number = parseDay(day) - options.start;
    if (number < 0 || number >= options.days) await rm(join(folder, name), { recursive: true });
  }
}
