// What goes wrong in real extracts. One record in each block of so many is another one than it should be, the kinds of trouble take turns: every
// kind is there at every scale.

import { hash, KIND } from '../random.mjs';
import { transaction, transactionId, transactionRecord } from './transactions.mjs';

const BLOCK = 256;

/** @typedef {import('./transactions.mjs').World} World */

/** @param {number} seed @param {number} kind @param {number} number @returns {number} which trouble it is (of a list that is as long as you like), or -1 */
function turnOf(seed, kind, number) {
  const block = Math.floor(number / BLOCK);
  return number % BLOCK === hash(seed, kind, block) % BLOCK ? block : -1;
}

/** @typedef {(world: World, number: number, turn: number) => string | Buffer} Trouble */

/** @param {readonly string[]} list @param {number} turn */
const oneOf = (list, turn) => list[Math.floor(turn / TRANSACTION_TROUBLES.length) % list.length] ?? '';

/** @param {(it: import('./transactions.mjs').Transaction, turn: number, world: World) => Partial<Record<keyof import('./transactions.mjs').Transaction, string | number>>} change @returns {Trouble} */
const changed = (change) => (world, number, turn) => {
  const it = transaction(world, number);
  return transactionRecord(
    world,
    /** @type {import('./transactions.mjs').Transaction} */ ({ ...it, ...change(it, turn, world) }),
  );
};

/** @param {(record: string, turn: number) => string | Buffer} change @returns {Trouble} */
const rewritten = (change) => (world, number, turn) =>
  change(transactionRecord(world, transaction(world, number)), turn);

const UNPARSEABLE_AMOUNTS = Object.freeze(['$twelve', '$12.5O', '$', '', '$1e999', '--4.20', 'N/A']);
const UNPARSEABLE_DATES = Object.freeze([
  '2015-13-45 10:00:00',
  '31/02/2015 10:00',
  'yesterday',
  '',
  '2014-02-30 09:00:00',
]);

/** @param {string} record @param {number} column from 0 @param {(value: string) => string} change */
function inColumn(record, column, change) {
  const fields = record.split(',');
  fields[column] = change(fields[column] ?? '');
  return fields.join(',');
}

/** @type {readonly Trouble[]} */
const TRANSACTION_TROUBLES = Object.freeze([
  // The record before once more.
  (world, number) => transactionRecord(world, transaction(world, Math.max(0, number - 1))),
  // Its id, on something else.
  changed((it) => ({ id: it.id > transactionId(0) ? transactionId(numberOf(it.id) - 1) : it.id })),
  changed((it) => ({ client: 9_000_000 + it.client })),
  changed((it) => ({ card: 9_000_000 + it.card })),
  changed((it, _turn, world) => ({ card: (it.card + Math.floor(world.cards.length / 2)) % world.cards.length })),
  changed(() => ({ mcc: '1234' })),
  changed((_it, turn) => ({ amount: oneOf(UNPARSEABLE_AMOUNTS, turn) })),
  rewritten((record, turn) => inColumn(record, 1, () => oneOf(UNPARSEABLE_DATES, turn))),
  rewritten((record) => record.slice(0, record.lastIndexOf(','))),
  rewritten((record) => `${record},surplus`),
  rewritten((record) => inColumn(record, 7, (city) => `${city.slice(0, 2)}"${city.slice(2)}`)),
  // A quote that is never closed: what follows must not be swallowed.
  rewritten((record) => inColumn(record, 7, (city) => `"${city}`)),
  // One byte of Latin-1.
  rewritten((record) =>
    Buffer.from(
      inColumn(record, 7, () => 'Zürich'),
      'latin1',
    ),
  ),
  rewritten((record) => record.slice(0, Math.floor(record.length / 3))),
  // As another system writes it, and right all the same.
  rewritten((record) => `${record}\r`),
  rewritten((record) => inColumn(record, 7, (city) => `"${city}"`)),
  changed((it) => ({ amount: it.amount.replace('$', '$ ') })),
  changed(() => ({ mcc: '' })),
]);

/** @param {number} id @returns {number} */
function numberOf(id) {
  let number = Math.floor((id - transactionId(0)) / 1.2238);
  while (transactionId(number) < id) number += 1;
  return number;
}

/** The record as it is delivered. @param {World} world @param {number} number @returns {string | Buffer} */
export function deliveredTransaction(world, number) {
  const turn = turnOf(world.seed, KIND.cardEdge, number);
  const trouble = turn < 0 ? undefined : TRANSACTION_TROUBLES[turn % TRANSACTION_TROUBLES.length];
  return trouble ? trouble(world, number, turn) : transactionRecord(world, transaction(world, number));
}

/** @type {readonly ((id: number, label: string, before: number) => string)[]} */
const LABEL_TROUBLES = Object.freeze([
  // A transaction nobody has heard of.
  (id, label) => `"${id + 90_000_000}": "${label}"`,
  (id) => `"${id}": "Maybe"`,
  (id, label) => `"${id}": "${label.toLowerCase()} "`,
  (id) => `"${id}": ""`,
  // The key before once more: with the same label, with the other.
  (_id, label, before) => `"${before}": "${label}"`,
  (_id, label, before) => `"${before}": "${label === 'No' ? 'Yes' : 'No'}"`,
  // Labels that are no text.
  (id) => `"${id}": null`,
  (id, label) => `"${id}": ${label === 'Yes'}`,
  (id) => `"${id}": 1`,
  (id, label) => `"${id}": {"label": "${label}", "by": ["model", "desk"]}`,
  (id, label) => `"\\u0023${id}": "${label}"`,
]);

/**
 * The label as it is delivered, a member of a JSON object.
 * @param {number} seed @param {number} position in the file @param {number} id @param {string} label @param {number} before the id of the label before
 */
export function deliveredLabel(seed, position, id, label, before) {
  const turn = turnOf(seed, KIND.fraudLabelEdge, position);
  const trouble = turn < 0 ? undefined : LABEL_TROUBLES[turn % LABEL_TROUBLES.length];
  return trouble ? trouble(id, label, before) : `"${id}": "${label}"`;
}
