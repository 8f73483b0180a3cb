// Card transactions of ten years. Each is a pure function of the seed, of how many there are, and of its number; numbers go with time. Only
// tables of a fixed size are kept, so that any number of transactions is made in the same memory.

import { dayOfYear, formatDay, weekday } from '../calendar.mjs';
import { chance, hash, KIND, Random } from '../random.mjs';
import { ABROAD, CATEGORIES, PLACES } from './catalog.mjs';
import { clientele, PERIOD } from './clients.mjs';

export const TRANSACTION_COLUMNS = Object.freeze(
  'id date client_id card_id amount use_chip merchant_id merchant_city merchant_state zip mcc errors'.split(' '),
);

const FIRST_ID = 7_475_327;
/** Ids have gaps: what was declined before it was recorded. */
const ID_STEP = 1.2238;
/** Purchases by hour of the day, from midnight. */
const HOURS = Object.freeze([8, 5, 4, 3, 4, 9, 24, 38, 46, 52, 56, 64, 74, 66, 60, 58, 56, 52, 44, 36, 30, 24, 18, 12]);
const SLOTS = 1 << 16;
const MINUTES = 1_440;

const ERRORS = Object.freeze(
  /** @type {const} */ ([
    ['Insufficient Balance', 0.61],
    ['Bad PIN', 0.16],
    ['Technical Glitch', 0.13],
    ['Bad Card Number', 0.035],
    ['Bad CVV', 0.03],
    ['Bad Expiration', 0.025],
    ['Bad Zipcode', 0.01],
  ]),
);

/**
 * @typedef {object} World
 * @property {number} seed
 * @property {number} cardTransactions records of the file
 * @property {import('./clients.mjs').Client[]} clients
 * @property {import('./clients.mjs').Card[]} cards
 * @property {Float64Array} before transactions before each day, and all of them at the end
 * @property {readonly string[]} days as they are written
 * @property {Uint16Array} minutes a minute of the day for each share of its transactions, ascending
 * @property {Uint32Array} buyers a client for each chance
 * @property {Uint8Array} categories a category for each chance
 * @property {Uint8Array} stolenAt the same for a stolen card
 */

/** @typedef {{id: number, day: number, minute: number, client: number, card: number, isFraud: boolean}} Purchase who paid and when, and whether that was fraud */
/** @typedef {Purchase & {amount: string, useChip: string, merchant: number, city: string, state: string, zip: string, mcc: string, errors: string}} Transaction */

/** Items by weight as a table of slots. @template {Uint8Array | Uint16Array | Uint32Array} T @param {T} table @param {readonly number[]} weights @returns {T} */
function fill(table, weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let item = 0;
  let upTo = (weights[0] ?? 0) / total;
  for (let slot = 0; slot < table.length; slot++) {
    while ((slot + 0.5) / table.length > upTo && item < weights.length - 1) {
      item += 1;
      upTo += (weights[item] ?? 0) / total;
    }
    table[slot] = item;
  }
  return table;
}

/** @param {number} day @returns {number} how much is bought on it, about 1 */
function dayWeight(day) {
  const inYear = dayOfYear(day);
  const holidays = inYear >= 330 && inYear <= 358 ? 1.25 : 1;
  const growth = 0.9 + (0.2 * (day - PERIOD.first)) / PERIOD.days;
  return growth * holidays * ([0.94, 0.96, 0.97, 1.02, 1.04, 1.06, 1.01][weekday(day)] ?? 1);
}

/** @param {{seed: number, cardTransactions: number, cardClients: number, cards: number}} options @returns {World} */
export function worldOf({ seed, cardTransactions, cardClients, cards }) {
  const { clients, cards: all } = clientele({ seed, cardClients, cards });
  const sums = [0];
  for (let day = 0; day < PERIOD.days; day++) sums.push((sums[day] ?? 0) + dayWeight(PERIOD.first + day));
  const total = sums[PERIOD.days] ?? 1;
  return {
    seed,
    cardTransactions,
    clients,
    cards: all,
    before: Float64Array.from(sums, (sum) => Math.floor((cardTransactions * sum) / total)),
    days: Array.from({ length: PERIOD.days }, (_, day) => formatDay(PERIOD.first + day)),
    minutes: fill(
      new Uint16Array(SLOTS),
      Array.from({ length: MINUTES }, (_, minute) => HOURS[Math.floor(minute / 60)] ?? 1),
    ),
    buyers: fill(
      new Uint32Array(SLOTS),
      clients.map((client) => client.weight),
    ),
    categories: fill(
      new Uint8Array(SLOTS),
      CATEGORIES.map((category) => category.weight),
    ),
    stolenAt: fill(
      new Uint8Array(SLOTS),
      CATEGORIES.map((category) => category.weight * category.risk ** 1.5),
    ),
  };
}

/** @param {number} number 0 for the first @returns {number} */
export const transactionId = (number) => FIRST_ID + Math.floor(number * ID_STEP);

/** @param {World} world @param {number} number @returns {number} the day it is of, from 0 */
function dayOf({ before }, number) {
  let low = 0;
  let high = before.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (/** @type {number} */ (before[middle]) <= number) low = middle;
    else high = middle;
  }
  return low;
}

/** A stolen card is used for a month before it is closed. @param {World} world @param {number} card @param {number} day */
function isStolen({ seed, cards }, card, day) {
  const often = cards[card]?.onDarkWeb ? 0.06 : 0.011;
  return chance(seed, KIND.cardCompromised, card, Math.floor(day / 30)) < often;
}

/**
 * Who paid and when. Fraud: a seventh of what is paid with a stolen card, more of it at night, and a little with any card.
 * @param {World} world @param {number} number 0 for the first @returns {Purchase}
 */
export function purchase(world, number) {
  const { seed, before, minutes, buyers, clients } = world;
  const day = dayOf(world, number);
  const first = /** @type {number} */ (before[day]);
  const share =
    (number - first + chance(seed, KIND.cardMoment, number)) / /** @type {number} */ (before[day + 1] - first);
  const minute = /** @type {number} */ (minutes[Math.floor(share * SLOTS)]);
  const drawn = hash(seed, KIND.cardPurchase, number);
  const client = /** @type {number} */ (buyers[drawn & (SLOTS - 1)]);
  const { firstCard, cards } = /** @type {import('./clients.mjs').Client} */ (clients[client]);
  // The first of a client's cards is the one most used.
  const pick = (drawn >>> 16) / SLOTS;
  const card = firstCard + Math.floor(pick * pick * cards);
  const odds = isStolen(world, card, day) ? (minute < 300 ? 0.6 : 0.12) : minute < 300 ? 0.0016 : 0.0003;
  const isFraud = chance(seed, KIND.cardFraud, number) < odds;
  return { id: transactionId(number), day, minute, client, card, isFraud };
}

/** @param {Random} random @param {boolean} isOnline @returns {string} */
function errorsOf(random, isOnline) {
  const x = random.next();
  if (x >= (isOnline ? 0.02 : 0.016)) return '';
  const one = random.weighted(ERRORS);
  if (x >= 0.0012) return one;
  const other = random.weighted(ERRORS);
  return one === other ? one : `${one},${other}`;
}

/** @param {World} world @param {number} number 0 for the first @returns {Transaction} */
export function transaction(world, number) {
  const { seed, clients, cards, categories, stolenAt } = world;
  const bought = purchase(world, number);
  const { isFraud, client, card, day } = bought;
  const random = new Random(hash(seed, KIND.cardPurchase, number, 1));
  const kind = /** @type {number} */ ((isFraud ? stolenAt : categories)[Math.floor(random.next() * SLOTS)]);
  const category = /** @type {import('./catalog.mjs').Category} */ (CATEGORIES[kind]);
  const { home, spending } = /** @type {import('./clients.mjs').Client} */ (clients[client]);
  const isOnline = random.next() < (isFraud ? 0.3 + 0.7 * category.online : category.online * 0.5);
  const where = random.next();
  const isAbroad = !isOnline && where < (isFraud ? 0.25 : 0.006);
  const place = isOnline
    ? PLACES.length
    : isAbroad
      ? PLACES.length + 1 + random.int(0, ABROAD.length - 1)
      : where < 0.86
        ? home
        : random.int(0, PLACES.length - 1);
  const rank = random.zipf(isOnline ? 60 : 24);
  const merchant = 1 + (hash(seed, KIND.cardMerchant, kind * 64 + rank, place) % 100_000);
  let cents = Math.round(100 * category.median * spending * Math.exp(0.62 * random.normal()) * (isFraud ? 2.4 : 1));
  if (cents < 1) cents = 1;
  const isRefund = !isFraud && random.next() < 0.035;
  const chipShare = cards[card]?.hasChip ? Math.min(0.92, Math.max(0, (day - 1_600) / 1_500)) : 0;
  let city = 'ONLINE';
  let state = '';
  let zip = '';
  if (isAbroad) {
    [city, state] = /** @type {readonly [string, string]} */ (ABROAD[place - PLACES.length - 1]);
  } else if (!isOnline) {
    const [name, code, firstZip] = /** @type {readonly [string, string, number]} */ (PLACES[place]);
    city = name;
    state = code;
    zip = `${firstZip + (merchant % 40)}.0`;
  }
  const fraction = cents % 100;
  // Field by field: a spread of the purchase makes this ten times as slow.
  return {
    id: bought.id,
    day,
    minute: bought.minute,
    client,
    card,
    isFraud,
    amount: `$${isRefund ? '-' : ''}${(cents - fraction) / 100}.${fraction < 10 ? '0' : ''}${fraction}`,
    useChip: isOnline ? 'Online Transaction' : random.next() < chipShare ? 'Chip Transaction' : 'Swipe Transaction',
    merchant,
    city,
    state,
    zip,
    mcc: category.code,
    errors: errorsOf(random, isOnline),
  };
}

/** @param {number} value 0 to 99 */
const two = (value) => (value < 10 ? `0${value}` : String(value));

/** The record as the source writes it. @param {World} world @param {Transaction} it @returns {string} */
export function transactionRecord({ days }, it) {
  const hour = Math.floor(it.minute / 60);
  const errors = it.errors.includes(',') ? `"${it.errors}"` : it.errors;
  return `${it.id},${days[it.day]} ${two(hour)}:${two(it.minute - hour * 60)}:00,${it.client},${it.card},${it.amount},${it.useChip},${it.merchant},${it.city},${it.state},${it.zip},${it.mcc},${errors}`;
}
