// A reader's lease: a file that says which process reads which version. It counts until it is removed, its process is gone,
// or, for a process of another machine, its time is over.

import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { entries } from './versions.mjs';

/** Milliseconds that a lease of another machine counts: no query takes so long. */
const ELSEWHERE = 24 * 3600 * 1000;

const leasesOf = (/** @type {string} */ folder, /** @type {string} */ version) => join(folder, 'leases', version);

/** Takes a lease. @param {string} folder @param {string} version @returns {Promise<() => Promise<void>>} what ends it */
export async function takeLease(folder, version) {
  const path = join(leasesOf(folder, version), `${process.pid}-${randomUUID()}.json`);
  for (;;) {
    await mkdir(leasesOf(folder, version), { recursive: true });
    try {
      await writeFile(path, `${JSON.stringify({ host: hostname(), pid: process.pid })}\n`, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      // A publisher has just removed the folder of leases, for it was empty.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

/** How many leases of a version count; those that don't are removed. @param {string} folder @param {string} version */
export async function countLeases(folder, version) {
  let count = 0;
  for (const name of await entries(leasesOf(folder, version))) {
    const path = join(leasesOf(folder, version), name);
    if (await counts(path)) count += 1;
    else await rm(path, { force: true });
  }
  return count;
}

/** @param {string} path */
async function counts(path) {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    // It has been made, but not written yet.
    if (text === '') return Date.now() - mtimeMs < ELSEWHERE;
    const { host, pid } = JSON.parse(text);
    return host === hostname() ? isAlive(pid) : Date.now() - mtimeMs < ELSEWHERE;
  } catch (error) {
    // It was given back meanwhile, or a process died while it wrote it.
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return false;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
