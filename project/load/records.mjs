// Raw CSV bytes -> records, without reading their values. It knows where a record begins and ends, whether its quotes and
// its number of fields are right, and keeps the bytes of those that are not: no record is ever lost to the CSV reader.

import { isUtf8 } from 'node:buffer';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const LONGEST_RECORD = 1 << 16;

/**
 * @typedef {object} RawRecord
 * @property {number} row 1-based number of the record in its file, the header not counted
 * @property {number} start first byte
 * @property {number} end one past the last byte, line end not included
 * @property {string | undefined} problem why its fields can't be told apart
 */

/**
 * Where the record at `start` ends, how many fields it has, and whether its quotes are right.
 * @param {Buffer} bytes @param {number} start
 */
function scan(bytes, start) {
  let fields = 1;
  let at = start;
  let fieldStart = start;
  let isQuotingRight = true;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === LF) break;
    if (byte === COMMA) {
      fields += 1;
      fieldStart = at + 1;
    } else if (byte === QUOTE && at === fieldStart) {
      at = closingQuote(bytes, at + 1, start + LONGEST_RECORD);
      if (at < 0) return { end: lineEnd(bytes, start), fields, problem: 'unterminated_quote' };
      const after = bytes[at + 1];
      if (after !== undefined && after !== COMMA && after !== LF && after !== CR) isQuotingRight = false;
    } else if (byte === QUOTE) {
      isQuotingRight = false;
    }
    at += 1;
  }
  return { end: at, fields, problem: isQuotingRight ? undefined : 'misplaced_quote' };
}

/** @param {Buffer} bytes @param {number} from @param {number} limit @returns {number} -1 if there is none within the limit */
function closingQuote(bytes, from, limit) {
  let at = from;
  for (;;) {
    at = bytes.indexOf(QUOTE, at);
    if (at < 0 || at > limit) return -1;
    if (bytes[at + 1] !== QUOTE) return at;
    at += 2;
  }
}

/** @param {Buffer} bytes @param {number} from */
function lineEnd(bytes, from) {
  const at = bytes.indexOf(LF, from);
  return at < 0 ? bytes.length : at;
}

/** @param {Buffer} bytes @param {number} start @param {number} end */
function withoutCarriageReturn(bytes, start, end) {
  return end > start && bytes[end - 1] === CR ? end - 1 : end;
}

/** The header's names. @param {Buffer} bytes @returns {{columns: string[], next: number}} */
export function readHeader(bytes) {
  const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const end = lineEnd(bytes, start);
  const text = bytes.toString('utf8', start, withoutCarriageReturn(bytes, start, end));
  const columns = text === '' ? [] : text.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  return { columns, next: end + 1 };
}

/**
 * The records after the header. Blank lines are none.
 * @param {Buffer} bytes @param {number} from @param {number} width fields a record must have
 * @returns {Generator<RawRecord>}
 */
export function* readRecords(bytes, from, width) {
  const needsEncodingCheck = !isUtf8(bytes) || bytes.includes(0);
  let row = 0;
  let start = from;
  while (start < bytes.length) {
    const { end: lineFeed, fields, problem } = scan(bytes, start);
    const end = withoutCarriageReturn(bytes, start, lineFeed);
    if (end > start) {
      row += 1;
      yield { row, start, end, problem: problem ?? structure(bytes, start, end, fields, width, needsEncodingCheck) };
    }
    start = lineFeed + 1;
  }
}

/** @param {Buffer} bytes @param {number} start @param {number} end @param {number} fields @param {number} width @param {boolean} needsEncodingCheck */
function structure(bytes, start, end, fields, width, needsEncodingCheck) {
  if (fields !== width) return 'wrong_field_count';
  if (needsEncodingCheck) {
    const record = bytes.subarray(start, end);
    if (!isUtf8(record) || record.includes(0)) return 'invalid_encoding';
  }
  return undefined;
}
