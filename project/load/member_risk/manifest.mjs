// What the lake holds: a partition's source files with their hashes, and its counts. Written aside and renamed.

import { readFile, rename, writeFile } from 'node:fs/promises';

/**
 * @typedef {object} Partition
 * @property {string} entity
 * @property {string} load_date
 * @property {string} fingerprint of the source files and the schema
 * @property {number} source_files
 * @property {number} source_bytes
 * @property {number} raw_rows
 * @property {number} clean_rows
 * @property {number} rejected_rows
 * @property {number} clean_bytes size of the Parquet file as written
 * @property {number} rejects_bytes the same of the rejects
 */

/** @param {string} path @returns {Promise<Map<string, Partition>>} by entity and day */
export async function readManifest(path) {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '{"partitions":[]}';
    throw error;
  });
  /** @type {{partitions: Partition[]}} */
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    // Not trusted, hence everything is loaded again.
    content = { partitions: [] };
  }
  return new Map(
    content.partitions.map((partition) => [partitionKey(partition.entity, partition.load_date), partition]),
  );
}

/** @param {string} entity @param {string} day */
export function partitionKey(entity, day) {
  return `${entity}/${day}`;
}

/** @param {string} path @param {Map<string, Partition>} manifest */
export async function writeManifest(path, manifest) {
  const partitions = [...manifest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, partition]) => partition);
  const lines = partitions.map((partition) => `    ${JSON.stringify(partition)}`).join(',\n');
  await writeFile(`${path}.tmp`, `{\n  "version": 1,\n  "partitions": [\n${lines}\n  ]\n}\n`);
  await rename(`${path}.tmp`, path);
}
