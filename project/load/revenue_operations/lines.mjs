// CSV of any size -> records, in constant memory. In these files no field holds a line end, so a record is a line: a quote that is never closed
// spoils its own line and swallows none, and how many records there are can be counted without reading any.

import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { LakeError } from '../schema.mjs';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const READ = 1 << 22;
const LONGEST_LINE = 1 << 20;
/** Bytes that a block has at most. */
export const LONGEST_BLOCK = READ + LONGEST_LINE;

/** @typedef {{row: number, start: number, end: number, problem: string | undefined}} Line a record in its block: number from 1, first byte, one past the last (line end not included), why its fields can't be told apart */

/**
 * The whole lines of a file, a block at a time; the last block's last line may have no end. The buffer is used again for the next block.
 * @param {string} path @param {(bytes: Buffer) => void} seen every byte of the file, once, in order
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* lineBlocks(path, seen) {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(LONGEST_BLOCK);
    let kept = 0;
    let position = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, kept, READ, position);
      if (bytesRead === 0) break;
      seen(buffer.subarray(kept, kept + bytesRead));
      position += bytesRead;
      const filled = kept + bytesRead;
      const end = buffer.lastIndexOf(LF, filled - 1) + 1;
      if (end > 0) yield buffer.subarray(0, end);
      kept = filled - end;
      if (kept > LONGEST_LINE)
        throw new LakeError(
          `${path}: the line that begins at byte ${position - kept} is longer than a megabyte. Nothing of the file was loaded.`,
        );
      buffer.copy(buffer, 0, end, filled);
    }
    if (kept > 0) yield buffer.subarray(0, kept);
  } finally {
    await file.close();
  }
}

/**
 * Why the fields of a line can't be told apart; undefined if they can.
 * @param {Buffer} bytes @param {number} start @param {number} end @param {number} width fields a record must have
 */
function structure(bytes, start, end, width) {
  let fields = 1;
  let isFieldStart = true;
  let isMisplaced = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === COMMA) {
      fields += 1;
      isFieldStart = true;
      continue;
    }
    if (byte === QUOTE) {
      if (isFieldStart) {
        at = closingQuote(bytes, at + 1, end);
        if (at < 0) return 'unterminated_quote';
        if (at + 1 < end && bytes[at + 1] !== COMMA) isMisplaced = true;
      } else isMisplaced = true;
    } else if (byte === CR) return 'stray_carriage_return';
    isFieldStart = false;
  }
  if (isMisplaced) return 'misplaced_quote';
  return fields === width ? undefined : 'wrong_field_count';
}

/** @param {Buffer} bytes @param {number} from @param {number} end @returns {number} -1 if the line has none */
function closingQuote(bytes, from, end) {
  for (let at = from; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (at + 1 < end && bytes[at + 1] === QUOTE) at += 1;
    else return at;
  }
  return -1;
}

/**
 * The records of a block of whole lines. Blank lines are none.
 * @param {Buffer} bytes @param {number} from first byte @param {number} width fields a record must have @param {(start: number, end: number, problem: string | undefined) => void} found
 */
export function eachLine(bytes, from, width, found) {
  const needsEncodingCheck = !isUtf8(bytes) || bytes.includes(0);
  let start = from;
  while (start < bytes.length) {
    let lineFeed = bytes.indexOf(LF, start);
    if (lineFeed < 0) lineFeed = bytes.length;
    const end = lineFeed > start && bytes[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed;
    if (end > start) {
      let problem = structure(bytes, start, end, width);
      if (problem === undefined && needsEncodingCheck) {
        const record = bytes.subarray(start, end);
        if (!isUtf8(record) || record.includes(0)) problem = 'invalid_encoding';
      }
      found(start, end, problem);
    }
    start = lineFeed + 1;
  }
}
