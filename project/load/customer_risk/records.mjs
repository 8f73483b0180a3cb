// Pages of the API -> records as rows of text, ready for the same checks as CSV. What is no record is a problem, not a crash.

import { line } from '../../generate/csv.mjs';
import { LakeError } from '../schema.mjs';

/** @typedef {{row: number, line: string | undefined, problem: string | undefined, raw: string}} FlatRecord */

/** @param {unknown} value @param {readonly string[]} names */
function at(value, names) {
  let found = value;
  for (const name of names) {
    if (found === null || typeof found !== 'object') return undefined;
    found = /** @type {Record<string, unknown>} */ (found)[name];
  }
  return found;
}

/**
 * A JSON value as text. Dates without padding (`1996-5-30`) and times of ISO 8601 in UTC get the schema's form; a fraction of a second is cut off.
 * @param {unknown} value @param {string} type
 */
function text(value, type) {
  if (value === null || value === undefined) return '';
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (type === 'date')
    return plain.replace(
      /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
      (_, y, m, d) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
    );
  if (type === 'timestamp') return plain.replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?Z$/, '$1');
  return plain;
}

/**
 * The records of a page.
 * @param {string} path for messages @param {string} content @param {string} key name of the list in the envelope
 * @returns {unknown[]}
 */
export function readPage(path, content, key) {
  let page;
  try {
    page = JSON.parse(content);
  } catch (error) {
    throw new LakeError(
      `${path}: not JSON (${error instanceof Error ? error.message : error}). Was the extract cut off? Nothing was loaded.`,
    );
  }
  const list = at(page, [key]);
  if (!Array.isArray(list)) {
    const names = page !== null && typeof page === 'object' ? Object.keys(page).join(', ') : typeof page;
    throw new LakeError(`${path}: expected an object with a list '${key}', found: ${names}. Nothing was loaded.`);
  }
  return list;
}

/**
 * @param {readonly unknown[]} records @param {readonly import('../schema.mjs').SchemaColumn[]} columns
 * @returns {Generator<FlatRecord>}
 */
export function* flatten(records, columns) {
  const paths = columns.map((column) => (column.path ?? column.name).split('.'));
  let row = 0;
  for (const record of records) {
    row += 1;
    const raw = JSON.stringify(record) ?? 'null';
    if (record === null || typeof record !== 'object' || Array.isArray(record)) {
      yield { row, line: undefined, problem: 'not_a_record', raw };
      continue;
    }
    yield {
      row,
      line: line(columns.map((column, i) => text(at(record, paths[i]), column.type))),
      problem: undefined,
      raw,
    };
  }
}

/** The lines of orders, each with its order and its number. @param {readonly unknown[]} carts @returns {unknown[]} */
export function itemsOf(carts) {
  return carts.flatMap((cart) => {
    const items = at(cart, ['products']);
    if (!Array.isArray(items)) return [];
    return items.map((item, i) =>
      item !== null && typeof item === 'object' && !Array.isArray(item)
        ? { ...item, line: i + 1, cart: { id: at(cart, ['id']) } }
        : item,
    );
  });
}
