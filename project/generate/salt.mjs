// The salt with which personal data is masked: one for the whole lake, made once.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the salt is kept; readable by its owner only, never in git. @param {string} lake */
export function saltPath(lake) {
  return join(lake, 'customer_risk', 'private', 'pii-salt');
}

/** A salt is made once: with another one no masked value of an earlier build could be found again. @param {string} lake */
export async function writeSalt(lake) {
  const path = saltPath(lake);
  if (await readSalt(lake)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.tmp`, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}

/** @param {string} lake @returns {Promise<string | undefined>} */
export async function readSalt(lake) {
  const text = await readFile(saltPath(lake), 'utf8').catch(() => '');
  return text.trim() || undefined;
}
