// Writing one day's raw CSV: parts of bounded size, back-pressure honoured, written aside and renamed when complete.

import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const ROWS_PER_PART = 200_000;
const FLUSH_CHARACTERS = 1 << 16;

/** @param {string | number | null | undefined} value @returns {string} one CSV field, quoted only when it must be */
export function field(value) {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {readonly (string | number | null | undefined)[]} values */
export function line(values) {
  let out = '';
  for (let i = 0; i < values.length; i++) out += i === 0 ? field(values[i]) : `,${field(values[i])}`;
  return out;
}

/** The CSV files of one entity and day. At most one buffer of text is held; every full one is awaited onto the disk. */
export class DayFile {
  #folder;
  #header;
  /** @type {import('node:fs/promises').FileHandle | undefined} */
  #handle;
  #part = 0;
  #rowsInPart = 0;
  /** @type {(string | Buffer)[]} */
  #pending = [];
  #pendingSize = 0;
  rows = 0;

  /** @param {string} folder `<landing>/<entity>/dt=YYYY-MM-DD` @param {readonly string[]} columns */
  constructor(folder, columns) {
    this.#folder = folder;
    this.#header = `${columns.join(',')}\n`;
  }

  async open() {
    await mkdir(this.#folder, { recursive: true });
  }

  /**
   * Adds one record, already formatted.
   * @param {string | Buffer} record bytes (not text) where they must not be valid UTF-8
   * @returns {Promise<void> | undefined} to be awaited when there is one: the disk is behind
   */
  write(record) {
    this.rows += 1;
    this.#rowsInPart += 1;
    this.#pending.push(record, '\n');
    this.#pendingSize += record.length + 1;
    if (this.#rowsInPart >= ROWS_PER_PART) return this.#endPart();
    return this.#pendingSize >= FLUSH_CHARACTERS ? this.#flush() : undefined;
  }

  /** Ends the day. A day without rows still has its (empty) file; parts left from an earlier, larger day go. */
  async close() {
    if (this.#rowsInPart > 0 || this.#part === 0) await this.#endPart();
    for (const name of await readdir(this.#folder)) {
      const part = /^part-(\d+)\.csv(\.tmp)?$/.exec(name);
      if (part && (part[2] || Number(part[1]) >= this.#part)) await rm(join(this.#folder, name));
    }
  }

  #path() {
    return join(this.#folder, `part-${String(this.#part).padStart(4, '0')}.csv`);
  }

  async #flush() {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingSize = 0;
    if (!this.#handle) {
      this.#handle = await open(`${this.#path()}.tmp`, 'w');
      pending.unshift(this.#header);
    }
    await this.#handle.write(toBytes(pending));
  }

  async #endPart() {
    await this.#flush();
    await this.#handle?.close();
    this.#handle = undefined;
    await rename(`${this.#path()}.tmp`, this.#path());
    this.#part += 1;
    this.#rowsInPart = 0;
  }
}

/** @param {readonly (string | Buffer)[]} pieces */
function toBytes(pieces) {
  if (pieces.every((piece) => typeof piece === 'string')) return Buffer.from(pieces.join(''));
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}
