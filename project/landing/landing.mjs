// The landing zone of member risk: whole, and sealed. What has landed is counted and hashed before anything is loaded from it.

import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDay, parseDay } from '../generate/calendar.mjs';
import { ENTITIES } from '../load/member_risk/load.mjs';
import { readHeader, readRecords } from '../load/records.mjs';
import { checkHeader, LakeError, readSchema } from '../load/schema.mjs';

const DAY_FOLDER = /^dt=(\d{4}-\d{2}-\d{2})$/;
const VERSION = 1;

/** @typedef {{path: string, bytes: number, sha256: string, records: number}} LandedFile `path` from the landing zone on */
/** @typedef {{version: number, until: string, records: Record<string, number>, files: LandedFile[]}} Seal */
/** @typedef {{until: string, records: number, files: number, added: number, changed: number, gone: number}} Landing */

/** @param {string} lake */
const sealPath = (lake) => join(lake, 'landing', '_landed.json');

/**
 * Looks at everything that has landed and writes the seal, `landing/_landed.json`. It takes no file as it is that its source did not deliver
 * so: each entity has every day to the last one, a file is finished, not empty and has the schema's header, and there are as
 * many records as the source says (`_world.json`), if it says so.
 * @param {string} lake @returns {Promise<Landing>} @throws LakeError with everything that is wrong
 */
export async function seal(lake) {
  const landing = join(lake, 'landing');
  /** @type {string[]} */
  const problems = [];
  /** @type {LandedFile[]} */
  const files = [];
  /** @type {Record<string, number>} */
  const records = {};
  /** @type {Map<string, Set<string>>} */
  const days = new Map();
  for (const entity of ENTITIES) {
    const found = await landed(landing, entity, problems);
    files.push(...found.files);
    days.set(entity, found.days);
    records[entity] = found.files.reduce((sum, file) => sum + file.records, 0);
  }
  const declared = await declaration(landing);
  const until =
    declared?.until ??
    [...days.values()]
      .flatMap((found) => [...found])
      .sort()
      .at(-1) ??
    '';
  problems.push(...missingDays(days, until));
  for (const [entity, count] of Object.entries(declared?.rows ?? {})) {
    const counted = records[entity];
    if (counted !== undefined && counted !== count)
      problems.push(`${entity}: the source delivered ${count} records, ${counted} have landed`);
  }
  if (problems.length > 0)
    throw new LakeError(
      `The landing zone is not whole; nothing was sealed.\n${problems.map((it) => `  ${it}`).join('\n')}`,
    );
  const before = new Map((await readSeal(lake))?.files.map((file) => [file.path, file.sha256]));
  const now = new Map(files.map((file) => [file.path, file.sha256]));
  /** @type {Seal} */
  const sealed = { version: VERSION, until, records, files };
  await writeFile(`${sealPath(lake)}.tmp`, `${JSON.stringify(sealed, null, 1)}\n`);
  await rename(`${sealPath(lake)}.tmp`, sealPath(lake));
  return {
    until,
    records: Object.values(records).reduce((sum, count) => sum + count, 0),
    files: files.length,
    added: [...now.keys()].filter((path) => !before.has(path)).length,
    changed: [...now].filter(([path, hash]) => before.has(path) && before.get(path) !== hash).length,
    gone: [...before.keys()].filter((path) => !now.has(path)).length,
  };
}

/**
 * Whether the files are those that were sealed, byte for byte.
 * @param {string} lake @throws LakeError when there is no seal, or a file was added, changed or removed since
 */
export async function checkSeal(lake) {
  const sealed = await readSeal(lake);
  if (sealed === undefined)
    throw new LakeError(`${sealPath(lake)}: there is none; run project/landing/main.mjs before the load`);
  const expected = new Map(sealed.files.map((file) => [file.path, file.sha256]));
  const changes = [];
  for (const entity of ENTITIES) {
    for await (const { path, content } of contents(join(lake, 'landing'), entity, [])) {
      const known = expected.get(path);
      expected.delete(path);
      if (known === undefined) changes.push(`${path}: has come since`);
      else if (known !== hashOf(content)) changes.push(`${path}: has changed since`);
    }
  }
  for (const path of expected.keys()) changes.push(`${path}: is gone`);
  if (changes.length > 0)
    throw new LakeError(
      `The landing zone is not as it was sealed; nothing was loaded. Run project/landing/main.mjs again.\n${changes.map((it) => `  ${it}`).join('\n')}`,
    );
}

/** @param {string} lake @returns {Promise<Seal | undefined>} */
async function readSeal(lake) {
  const text = await readFile(sealPath(lake), 'utf8').catch(() => undefined);
  try {
    const sealed = text === undefined ? undefined : JSON.parse(text);
    return sealed?.version === VERSION ? sealed : undefined;
  } catch {
    // A damaged seal vouches for nothing.
    return undefined;
  }
}

/** @param {Buffer} content */
const hashOf = (content) => createHash('sha256').update(content).digest('hex');

/**
 * The files of an entity, days and names in order; one is held at a time.
 * @param {string} landing @param {string} entity @param {string[]} problems what is no file of a day is told here
 * @returns {AsyncGenerator<{day: string, path: string, content: Buffer}>}
 */
async function* contents(landing, entity, problems) {
  const folders = (await readdir(join(landing, entity)).catch(() => [])).sort();
  if (folders.length === 0) problems.push(`${entity}: nothing has landed`);
  for (const folder of folders) {
    const day = DAY_FOLDER.exec(folder)?.[1];
    if (day === undefined) {
      problems.push(`${entity}/${folder}: expected folders named dt=YYYY-MM-DD only`);
      continue;
    }
    for (const name of (await readdir(join(landing, entity, folder))).sort()) {
      const path = `${entity}/${folder}/${name}`;
      if (name.endsWith('.csv')) yield { day, path, content: await readFile(join(landing, path)) };
      else problems.push(`${path}: ${name.endsWith('.tmp') ? 'is still being written' : 'expected .csv files only'}`);
    }
  }
}

/** @param {string} landing @param {string} entity @param {string[]} problems @returns {Promise<{files: LandedFile[], days: Set<string>}>} */
async function landed(landing, entity, problems) {
  const expected = (await readSchema('member_risk', entity)).columns.map((column) => column.name);
  const files = [];
  const days = new Set();
  for await (const { day, path, content } of contents(landing, entity, problems)) {
    days.add(day);
    const { columns, next } = readHeader(content);
    let records = 0;
    if (content.length === 0) {
      problems.push(`${path}: is empty`);
    } else {
      try {
        checkHeader(path, columns, expected);
      } catch (error) {
        problems.push(/** @type {Error} */ (error).message);
      }
      for (const _ of readRecords(content, next, expected.length)) records += 1;
    }
    files.push({ path, bytes: content.length, sha256: hashOf(content), records });
  }
  return { files, days };
}

/** What the source says that it has delivered. @param {string} landing @returns {Promise<{until?: string, rows?: Record<string, number>} | undefined>} */
async function declaration(landing) {
  const text = await readFile(join(landing, '_world.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @param {ReadonlyMap<string, ReadonlySet<string>>} days of each entity @param {string} until */
function missingDays(days, until) {
  const first = [...days.values()].flatMap((found) => [...found]).sort()[0];
  if (first === undefined) return [];
  const missing = [];
  for (const [entity, found] of days) {
    for (let day = parseDay(first); day <= parseDay(until); day++) {
      if (!found.has(formatDay(day))) missing.push(`${entity}: ${formatDay(day)} has not landed`);
    }
  }
  return missing;
}
