// An extract of a card issuer in the layout of the public data set "Transactions Fraud Datasets", whose own files may lie in its place.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { line } from '../csv.mjs';
import { UsageError } from '../options.mjs';
import { commonDivisor } from '../random.mjs';
import { CATEGORIES } from './catalog.mjs';
import { CARD_COLUMNS, USER_COLUMNS } from './clients.mjs';
import { deliveredLabel, deliveredTransaction } from './edges.mjs';
import { purchase, TRANSACTION_COLUMNS, transactionId, worldOf } from './transactions.mjs';

/** Text is handed on in small pieces: longer ones outlive the first collections of garbage, which costs more than the writing. */
const CHUNK = 1 << 15;
/** Labels come in no order: a step through the transactions that reaches each once. */
const STEP = 0.6180339887;

/** @typedef {import('./transactions.mjs').World} World */
/** @typedef {string | Buffer} Piece */

/** Cards and labels in the proportions of the public data set; at its size they are its numbers. @param {{cardTransactions: number, cardClients: number}} options */
const sizes = ({ cardTransactions, cardClients }) => ({
  cards: Math.round(cardClients * 3.073),
  labels: Math.round((cardTransactions * 8_914_963) / 13_305_915),
});

/** @param {World} world @returns {Generator<Piece>} */
function* transactions(world) {
  yield `${TRANSACTION_COLUMNS.join(',')}\n`;
  for (let number = 0; number < world.cardTransactions; number++) {
    const record = deliveredTransaction(world, number);
    if (typeof record === 'string') yield `${record}\n`;
    else yield Buffer.concat([record, Buffer.from('\n')]);
  }
}

/** @param {World} world @returns {Generator<Piece>} */
function* users({ clients }) {
  yield `${USER_COLUMNS.join(',')}\n`;
  for (const { record } of clients) yield `${line(record)}\n`;
  const [first, second] = clients;
  if (first) yield `${line(first.record)}\n`;
  if (second) yield `${line([clients.length, ...second.record.slice(1, 6)])}\n`;
}

/** @param {World} world @returns {Generator<Piece>} */
function* cards({ cards: all, clients }) {
  yield `${CARD_COLUMNS.join(',')}\n`;
  for (const { record } of all) yield `${line(record)}\n`;
  const [first, second] = all;
  if (first) yield `${line(first.record)}\n`;
  if (second) {
    yield `${line([all.length, 8_000_000 + clients.length, ...second.record.slice(2)])}\n`;
    yield `${line([all.length + 1, ...second.record.slice(1), 'surplus'])}\n`;
  }
}

/** @returns {Generator<Piece>} */
function* categories() {
  const members = CATEGORIES.map(({ code, description }) => `  "${code}": ${JSON.stringify(description)}`);
  yield `{\n${members.join(',\n')}\n}\n`;
}

/** @param {World} world @param {number} count @returns {Generator<Piece>} */
function* labels(world, count) {
  const all = world.cardTransactions;
  let step = Math.max(1, Math.floor(all * STEP));
  while (commonDivisor(all, step) !== 1) step += 1;
  yield '{"target": {';
  let before = transactionId(0);
  for (let position = 0; position < count; position++) {
    const { id, isFraud } = purchase(world, (position * step + 1) % all);
    const label = deliveredLabel(world.seed, position, id, isFraud ? 'Yes' : 'No', before);
    yield position === 0 ? label : `, ${label}`;
    before = id;
  }
  yield '}}';
}

/**
 * Writes what is generated, as fast as the disk takes it and no faster.
 * @param {string} path @param {Iterable<Piece>} pieces @returns {Promise<number>} bytes
 */
async function writeAside(path, pieces) {
  const stream = createWriteStream(path, { highWaterMark: 64 * CHUNK });
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => stream.once('error', reject));
  failed.catch(() => {});
  /** @param {Piece} piece */
  const write = async (piece) => {
    if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), failed]);
  };
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece;
      if (text.length < CHUNK) continue;
      await write(text);
    } else {
      await write(text);
      await write(piece);
    }
    text = '';
  }
  await Promise.race([new Promise((resolve) => stream.end(text, () => resolve(undefined))), failed]);
  return stream.bytesWritten;
}

/**
 * Files that are not ours are not overwritten: they may be the public ones, which take an hour to fetch.
 * @param {string} landing @param {readonly string[]} names @returns {Promise<void>}
 */
async function refuseForeign(landing, names) {
  /** @type {Record<string, number>} */
  const known = await readFile(join(landing, '_generated.json'), 'utf8').then(
    (text) => JSON.parse(text).bytes,
    () => ({}),
  );
  for (const name of names) {
    const size = await stat(join(landing, name)).then(
      (found) => found.size,
      () => undefined,
    );
    if (size !== undefined && size !== known[name])
      throw new UsageError(
        `${join(landing, name)} is not the generator's: it is not overwritten. Load it with --skip-generate, or move it away.`,
      );
  }
}

/**
 * Writes `<lake>/revenue_operations/landing`. An earlier extract of the generator is replaced; other files are not.
 * @param {string} lake @param {{seed: number, cardTransactions: number, cardClients: number}} options
 * @returns {Promise<Record<string, number>>} raw records by file
 */
export async function generateRevenueOperations(lake, options) {
  const landing = join(lake, 'revenue_operations', 'landing');
  const { cards: cardCount, labels: labelCount } = sizes(options);
  const world = worldOf({ ...options, cards: cardCount });
  const files = {
    'transactions_data.csv': () => transactions(world),
    'users_data.csv': () => users(world),
    'cards_data.csv': () => cards(world),
    'mcc_codes.json': categories,
    'train_fraud_labels.json': () => labels(world, labelCount),
  };
  const names = Object.keys(files);
  await refuseForeign(landing, names);
  await mkdir(landing, { recursive: true });
  /** @type {Record<string, number>} */
  const bytes = {};
  for (const [name, pieces] of Object.entries(files))
    bytes[name] = await writeAside(join(landing, `${name}.tmp`), pieces());
  for (const name of names) await rm(join(landing, name), { force: true });
  const marker = join(landing, '_generated.json');
  await writeFile(`${marker}.tmp`, `${JSON.stringify({ seed: options.seed, bytes }, null, 2)}\n`);
  await rename(`${marker}.tmp`, marker);
  for (const name of names) await rename(join(landing, `${name}.tmp`), join(landing, name));
  return {
    transactions: options.cardTransactions,
    users: options.cardClients + 2,
    cards: cardCount + 3,
    mcc_codes: CATEGORIES.length,
    fraud_labels: labelCount,
  };
}
