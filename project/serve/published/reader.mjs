// Reads what is published: the pointer once a query, and what it leads to is held until the query is done.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLease } from './leases.mjs';
import { currentVersion, PublishError, readManifest } from './versions.mjs';

/** @typedef {import('./versions.mjs').Keys} Keys */

const literal = (/** @type {string} */ text) => `'${text.replaceAll("'", "''")}'`;

/** One version of a published table, held until `release`. */
export class Snapshot {
  #folder;
  #release;

  /** @param {string} folder @param {import('./versions.mjs').Manifest} manifest @param {() => Promise<void>} release */
  constructor(folder, manifest, release) {
    this.#folder = join(folder, manifest.version);
    this.#release = release;
    this.manifest = manifest;
  }

  get version() {
    return this.manifest.version;
  }

  /**
   * The table for SQL: `read_parquet([…])` of all files, or of those that can have rows of these keys, in the layout that leaves
   * the fewest rows to read. The query still needs its `where`.
   * @param {Record<string, number | string | readonly [number | string, number | string]>} [keys] a value, or the least and the greatest; dates as YYYY-MM-DD
   */
  relation(keys = {}) {
    const ranges = Object.entries(keys).map(([column, value]) => /** @type {const} */ ([column, [value].flat()]));
    let best;
    for (const layout of this.manifest.layouts) {
      const files = layout.files.filter(({ min, max }) =>
        ranges.every(([column, [least = '', greatest = least]]) => {
          const [low, high] = [min[column], max[column]];
          return low === undefined || high === undefined || (least <= high && greatest >= low);
        }),
      );
      const rows = files.reduce((sum, file) => sum + file.rows, 0);
      if (!best || rows < best.rows) best = { files, rows, layout };
    }
    if (!best) throw new PublishError(`${this.#folder} has no layout`);
    // A query needs a file for the columns, even where none has the rows.
    const files = best.files.length > 0 ? best.files : best.layout.files.slice(0, 1);
    return `read_parquet([${files.map(({ path }) => literal(join(this.#folder, path))).join(', ')}])`;
  }

  /** Lets a publisher remove the version. */
  async release() {
    await this.#release();
  }
}

/**
 * Holds the version that is served now.
 * @param {string} folder of the published table
 * @throws {PublishError} nothing has been published
 */
export async function openSnapshot(folder) {
  for (let before = ''; ; ) {
    const version = await currentVersion(folder);
    if (version === undefined)
      throw new PublishError(
        `Nothing is published in ${folder}: node project/serve/publish.mjs makes the first version`,
      );
    const release = await takeLease(folder, version);
    // A publisher marks a version before it looks for leases, and a reader looks for the mark after it has taken one: one of
    // the two sees the other. A version that is gone or marked was replaced meanwhile: the pointer says by what.
    try {
      if (!(await isThere(join(folder, version, '.retired')))) {
        return new Snapshot(folder, await readManifest(folder, version), release);
      }
    } catch (error) {
      await release();
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      if (version === before)
        throw new PublishError(
          `${join(folder, version)} is not whole: it is what ${join(folder, 'current.json')} names`,
        );
    }
    await release();
    before = version;
  }
}

/**
 * Does something with the version that is served now, and holds it meanwhile: once for each query.
 * @template T
 * @param {string} folder @param {(snapshot: Snapshot) => Promise<T>} use @returns {Promise<T>}
 */
export async function withSnapshot(folder, use) {
  const snapshot = await openSnapshot(folder);
  try {
    return await use(snapshot);
  } finally {
    await snapshot.release();
  }
}

/** @param {string} path */
async function isThere(path) {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
