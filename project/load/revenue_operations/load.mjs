// An extract of the card issuer, generated or the public files themselves -> lake: Parquet with the values as delivered, rejects, audit.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeSalt } from '../../generate/salt.mjs';
import { LakeError, literal, readSchema } from '../schema.mjs';
import { partPath, rejectRows } from './batches.mjs';
import { loadCsv } from './csv.mjs';
import { loadJson } from './json.mjs';

/** Changes whenever the same source would give another lake. */
const LOADER_VERSION = 1;

/**
 * @typedef {object} Entity
 * @property {string} name
 * @property {string} file as the public data set names it
 * @property {boolean} isFolder whether it is many Parquet files in a folder, or one
 * @property {string} [object] where in a JSON file its members are, if not in the outermost object
 */
/** @typedef {{landing: string, aside: string, connection: import('@duckdb/node-api').DuckDBConnection}} Work */
/** @typedef {{hash: string, raw: number, clean: number, rejects: import('./batches.mjs').Rejects}} Loaded */
/**
 * @typedef {object} Known what the lake holds of a file
 * @property {string} entity
 * @property {string} source_file
 * @property {number} source_bytes
 * @property {number} source_mtime_ms
 * @property {string} sha256
 * @property {string} schema
 * @property {number} raw_rows
 * @property {number} clean_rows
 * @property {number} rejected_rows
 * @property {Record<string, number>} clean_bytes of each file written
 */

/** @type {readonly Entity[]} */
export const ENTITIES = Object.freeze([
  { name: 'mcc_codes', file: 'mcc_codes.json', isFolder: false },
  { name: 'users', file: 'users_data.csv', isFolder: false },
  { name: 'cards', file: 'cards_data.csv', isFolder: false },
  { name: 'transactions', file: 'transactions_data.csv', isFolder: true },
  { name: 'fraud_labels', file: 'train_fraud_labels.json', isFolder: true, object: 'target' },
]);

/** @param {string} path @returns {Promise<Map<string, Known>>} by entity; what can't be read is not trusted */
async function readManifest(path) {
  try {
    /** @type {{files: Known[]}} */
    const { files } = JSON.parse(await readFile(path, 'utf8'));
    return new Map(files.map((known) => [known.entity, known]));
  } catch {
    return new Map();
  }
}

/** @param {string} path @param {Map<string, Known>} manifest */
async function writeManifest(path, manifest) {
  await writeFile(
    `${path}.tmp`,
    `${JSON.stringify({ version: LOADER_VERSION, files: [...manifest.values()] }, null, 2)}\n`,
  );
  await rename(`${path}.tmp`, path);
}

/** @param {string} path @returns {Promise<string>} */
async function hashOf(path) {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest('hex');
}

/** @param {string} clean @param {Entity} entity */
const placeOf = (clean, entity) => join(clean, entity.isFolder ? entity.name : `${entity.name}.parquet`);

/** Sizes of an entity's files in the lake, by name. @param {string} place @param {Entity} entity @returns {Promise<Record<string, number>>} */
async function sizes(place, entity) {
  /** @type {Record<string, number>} */
  const found = {};
  const names = entity.isFolder ? await readdir(place).catch(() => []) : [''];
  for (const name of names.sort()) {
    const size = await stat(join(place, name)).then(
      (it) => it.size,
      () => undefined,
    );
    if (size !== undefined) found[name] = size;
  }
  return found;
}

/**
 * Whether the lake holds the file as it is: same size and time, or else the same hash; and what was written of it is still there.
 * @param {string} home @param {Entity} entity @param {import('node:fs').Stats} source @param {string} schema @param {Known | undefined} known
 */
async function isCurrent(home, entity, source, schema, known) {
  if (known?.schema !== schema || known.source_bytes !== source.size) return false;
  const there = await sizes(placeOf(join(home, 'clean'), entity), entity);
  if (JSON.stringify(there) !== JSON.stringify(known.clean_bytes)) return false;
  return (
    known.source_mtime_ms === source.mtimeMs || known.sha256 === (await hashOf(join(home, 'landing', entity.file)))
  );
}

/** Puts an entity's files in place of its earlier ones. @param {string} home @param {string} aside @param {Entity} entity */
async function publish(home, aside, entity) {
  const place = placeOf(join(home, 'clean'), entity);
  const made = join(aside, entity.name);
  await mkdir(join(home, 'clean'), { recursive: true });
  if (!entity.isFolder) return rename(partPath(made, 0), place);
  const old = join(aside, `${entity.name}-old`);
  await rename(place, old).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(made, place);
  await rm(old, { recursive: true, force: true });
}

/**
 * Rejects and audit of all files, those of unchanged ones as they were.
 * @param {string} home @param {Work} work @param {Map<string, Known>} manifest @param {readonly string[]} loaded paths of new rejects @param {readonly string[]} unchanged entities
 */
async function writeOutcome(home, { aside, connection }, manifest, loaded, unchanged) {
  const rejects = join(home, 'rejects', 'rejects.parquet');
  const kept =
    unchanged.length === 0
      ? []
      : [`select * from ${literal(rejects)} where entity in (${unchanged.map(literal).join(', ')})`];
  const made = join(aside, 'rejects.parquet');
  await connection.run(
    `copy (${[...kept, ...loaded.map(rejectRows)].join(' union all ')} order by entity, source_row)
     to ${literal(made)} (format parquet, compression zstd)`,
  );
  const rows = [...manifest.values()].map((it) => {
    const numbers = [it.source_bytes, it.raw_rows, it.clean_rows, it.rejected_rows].join(', ');
    return `(${literal(it.entity)}, ${literal(it.source_file)}, ${numbers})`;
  });
  const audit = join(aside, 'load_audit.parquet');
  await connection.run(
    `copy (select entity, source_file, cast(source_bytes as bigint) as source_bytes, cast(raw_rows as bigint) as raw_rows,
       cast(clean_rows as bigint) as clean_rows, cast(rejected_rows as bigint) as rejected_rows
     from (values ${rows.join(', ')}) as v(entity, source_file, source_bytes, raw_rows, clean_rows, rejected_rows) order by entity)
     to ${literal(audit)} (format parquet)`,
  );
  await mkdir(join(home, 'rejects'), { recursive: true });
  await rename(made, rejects);
  await rename(audit, join(home, 'audit', 'load_audit.parquet'));
}

/** @param {string} home @param {Entity} entity */
async function sourceOf(home, entity) {
  const path = join(home, 'landing', entity.file);
  const found = await stat(path).catch(() => {
    throw new LakeError(
      `${path}: no such file; put the public data set's there, or run project/generate/main.mjs --system revenue_operations`,
    );
  });
  return found;
}

/**
 * Loads the files that are new or have changed.
 * @param {string} lake @returns {Promise<{loaded: number, unchanged: number, raw: number, clean: number, rejected: number}>}
 */
export async function loadRevenueOperations(lake) {
  const home = join(lake, 'revenue_operations');
  const aside = join(home, '.aside');
  const manifestPath = join(home, 'audit', 'manifest.json');
  const rejectsPath = join(home, 'rejects', 'rejects.parquet');
  for (const entity of ENTITIES) await sourceOf(home, entity);
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await mkdir(join(home, 'audit'), { recursive: true });
  const areRejectsThere = await stat(rejectsPath).then(
    () => true,
    () => false,
  );
  // Without its rejects nothing of the lake is whole.
  const manifest = areRejectsThere ? await readManifest(manifestPath) : new Map();
  const instance = await DuckDBInstance.create(':memory:', {
    // With one thread the same source gives the same bytes; the other core splits what comes next.
    threads: '1',
    memory_limit: '1GB',
    temp_directory: aside,
  });
  const connection = await instance.connect();
  const work = { landing: join(home, 'landing'), aside, connection };
  try {
    /** @type {string[]} */
    const rejects = [];
    /** @type {string[]} */
    const unchanged = [];
    /** @type {Map<string, Known>} */
    const now = new Map();
    /** @type {Entity[]} */
    const due = [];
    for (const entity of ENTITIES) {
      const source = await sourceOf(home, entity);
      const { columns } = await readSchema('revenue_operations', entity.name);
      const schema = createHash('sha256')
        .update(`${LOADER_VERSION} ${JSON.stringify(columns)}`)
        .digest('hex');
      const known = manifest.get(entity.name);
      if (known && (await isCurrent(home, entity, source, schema, known))) {
        unchanged.push(entity.name);
        now.set(entity.name, { ...known, source_mtime_ms: source.mtimeMs });
        continue;
      }
      const loadFile = entity.file.endsWith('.csv') ? loadCsv : loadJson;
      const loaded = await loadFile(
        work,
        join(work.landing, entity.file),
        entity,
        columns.map((column) => column.name),
      );
      const counts = { raw_rows: loaded.raw, clean_rows: loaded.clean, rejected_rows: loaded.rejects.count };
      if (counts.raw_rows !== counts.clean_rows + counts.rejected_rows)
        throw new LakeError(
          `${entity.file}: ${counts.raw_rows} raw rows, but ${counts.clean_rows} clean and ${counts.rejected_rows} rejected. Nothing was published; this is a bug in project/load.`,
        );
      due.push(entity);
      rejects.push(loaded.rejects.path);
      now.set(entity.name, {
        entity: entity.name,
        source_file: entity.file,
        source_bytes: source.size,
        source_mtime_ms: source.mtimeMs,
        sha256: loaded.hash,
        schema,
        ...counts,
        clean_bytes: {},
      });
    }
    if (due.length > 0) {
      // From here to the end the manifest vouches for nothing: what a kill leaves half done is loaded again.
      await rm(manifestPath, { force: true });
      for (const entity of due) {
        await publish(home, aside, entity);
        const known = now.get(entity.name);
        if (known) known.clean_bytes = await sizes(placeOf(join(home, 'clean'), entity), entity);
      }
      await writeOutcome(home, work, now, rejects, unchanged);
    }
    // The public files come without a generator that makes one.
    await writeSalt(lake);
    await writeManifest(manifestPath, now);
    const sum = (/** @type {'raw_rows' | 'clean_rows' | 'rejected_rows'} */ key) =>
      [...now.values()].reduce((total, it) => total + it[key], 0);
    return {
      loaded: due.length,
      unchanged: unchanged.length,
      raw: sum('raw_rows'),
      clean: sum('clean_rows'),
      rejected: sum('rejected_rows'),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(aside, { recursive: true, force: true });
  }
}
