// A published table: current.json names the version that is served, the folder of that name holds it.
//
//   <folder>/current.json                 {"version": "v00000012"}, replaced by one rename
//   <folder>/v00000012/manifest.json      files with rows and the least and greatest keys, checksums
//   <folder>/v00000012/<layout>/*.parquet
//   <folder>/v00000012/.retired           it is about to be removed: no reader begins with it
//   <folder>/leases/v00000012/*.json      readers that hold it
//   <folder>/.aside-*                     what a publisher is writing

import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Something that the caller can mend: told without a stack. */
export class PublishError extends Error {
  name = 'PublishError';
}

/** @typedef {Record<string, number | string>} Keys a column's value in a file: numbers, dates as YYYY-MM-DD */
/** @typedef {{ path: string, rows: number, bytes: number, min: Keys, max: Keys }} PublishedFile `path` from the version's folder */
/** @typedef {{ name: string, order_by: readonly string[], files: readonly PublishedFile[] }} PublishedLayout */
/**
 * @typedef {object} Manifest
 * @property {string} version
 * @property {string} table the relation that was published
 * @property {string} published_at UTC
 * @property {number} rows
 * @property {Record<string, string>} checksums what the rows of each layout came to, and those of the table
 * @property {readonly { name: string, type: string }[]} columns
 * @property {readonly PublishedLayout[]} layouts
 */

const VERSION = /^v\d{8}$/;

/** @param {unknown} error @param {string} code */
const isCode = (error, code) => error instanceof Error && 'code' in error && error.code === code;

/** The version that is served, if any. @param {string} folder @returns {Promise<string | undefined>} */
export async function currentVersion(folder) {
  let text;
  try {
    text = await readFile(join(folder, 'current.json'), 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const { version } = JSON.parse(text);
  if (!VERSION.test(version)) throw new PublishError(`${join(folder, 'current.json')} names no version: ${text}`);
  return version;
}

/** The versions that are there, oldest first. @param {string} folder @returns {Promise<string[]>} */
export async function versionsIn(folder) {
  return (await entries(folder)).filter((name) => VERSION.test(name)).sort();
}

/** The names in a folder; none where it is not there. @param {string} folder */
export async function entries(folder) {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** The name after `version`. @param {string | undefined} version */
export function versionAfter(version) {
  return `v${String(Number(version?.slice(1) ?? 0) + 1).padStart(8, '0')}`;
}

/** @param {string} folder @param {string} version @returns {Promise<Manifest>} */
export async function readManifest(folder, version) {
  return JSON.parse(await readFile(join(folder, version, 'manifest.json'), 'utf8'));
}

/** Puts a file or folder on the disk, so that a power cut after this finds it. @param {string} path */
export async function sync(path) {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file whole or not at all: aside, to the disk, renamed. @param {string} path @param {string} text */
export async function writeWhole(path, text) {
  await mkdir(dirname(path), { recursive: true });
  const aside = join(dirname(path), `.aside-${process.pid}-${basename(path)}`);
  try {
    const handle = await open(aside, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
  await sync(dirname(path));
}

/** The switch: readers that begin from here on have this version. @param {string} folder @param {string} version */
export async function serve(folder, version) {
  await writeWhole(join(folder, 'current.json'), `${JSON.stringify({ version })}\n`);
}
