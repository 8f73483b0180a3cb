import { rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { countLeases } from './leases.mjs';
import { currentVersion, entries, versionsIn } from './versions.mjs';

/** @typedef {{ keep: number, keepMinutes: number }} Retention at least so many versions, the one that is served among them, and each for so long after it was replaced */

/** What publishers that were killed have left: what they were writing or removing, and a version that was never served. @param {string} folder */
export async function removeLeftovers(folder) {
  for (const name of await entries(folder)) {
    if (name.startsWith('.aside-') || name.startsWith('.removed-')) await remove(join(folder, name));
  }
  const current = await currentVersion(folder);
  for (const version of await versionsIn(folder)) {
    if (current === undefined || version > current) await remove(join(folder, version));
  }
}

/**
 * Removes versions that were replaced, unless a reader holds them.
 * @param {string} folder @param {Retention} retention @returns {Promise<{ removed: string[], held: string[] }>}
 */
export async function removeOld(folder, { keep, keepMinutes }) {
  const current = await currentVersion(folder);
  const versions = await versionsIn(folder);
  /** @type {{ removed: string[], held: string[] }} */
  const outcome = { removed: [], held: [] };
  for (const version of versions.slice(0, Math.max(0, versions.length - Math.max(1, keep)))) {
    if (version === current) continue;
    // It was replaced when the next one was written.
    const next = versions[versions.indexOf(version) + 1] ?? version;
    const { mtimeMs } = await stat(join(folder, next, 'manifest.json'));
    if (Date.now() - mtimeMs < keepMinutes * 60_000) continue;
    const mark = join(folder, version, '.retired');
    await writeFile(mark, '');
    if ((await countLeases(folder, version)) > 0) {
      await rm(mark, { force: true });
      outcome.held.push(version);
      continue;
    }
    await remove(join(folder, version));
    // A reader that comes too late takes its lease there and gives it back: then the folder stays for now.
    await rmdir(join(folder, 'leases', version)).catch(() => {});
    outcome.removed.push(version);
  }
  return outcome;
}

/** By another name first: what is removed half is no version. @param {string} path */
async function remove(path) {
  const isVersion = !basename(path).startsWith('.');
  const aside = isVersion ? join(dirname(path), `.removed-${basename(path)}`) : path;
  if (isVersion) await rename(path, aside);
  await rm(aside, { recursive: true, force: true });
}
