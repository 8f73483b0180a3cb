// The clients of a card issuer and their cards, as the issuer's systems export them. There are some thousand: they are held in memory.

import { formatDay } from '../calendar.mjs';
import { commonDivisor, hash, KIND, Random } from '../random.mjs';
import { PLACES } from './catalog.mjs';

export const USER_COLUMNS = Object.freeze(
  'id current_age retirement_age birth_year birth_month gender address latitude longitude per_capita_income yearly_income total_debt credit_score num_credit_cards'.split(
    ' ',
  ),
);
export const CARD_COLUMNS = Object.freeze(
  'id client_id card_brand card_type card_number expires cvv has_chip num_cards_issued credit_limit acct_open_date year_pin_last_changed card_on_dark_web'.split(
    ' ',
  ),
);

const STREETS = Object.freeze('Elm Oak Maple Cedar Lake Hill Station Mill Church Park River Garden'.split(' '));
const ENDINGS = Object.freeze(['Street', 'Avenue', 'Lane', 'Drive', 'Boulevard', 'Road']);

/** Brand, share, first digits, digits in all. */
const BRANDS = Object.freeze(
  /** @type {const} */ ([
    ['Mastercard', 0.52, '51', 16],
    ['Visa', 0.38, '4', 16],
    ['Amex', 0.065, '37', 15],
    ['Discover', 0.035, '6011', 16],
  ]),
);

/** Years of the extract, the first and the last; a card opened before the first is in use in all of them. */
const FIRST_YEAR = 2010;
const LAST_YEAR = 2019;

/** @typedef {readonly (string | number)[]} Values */
/** @typedef {{id: number, home: number, weight: number, spending: number, firstCard: number, cards: number, record: Values}} Client */
/** @typedef {{id: number, client: number, hasChip: boolean, onDarkWeb: boolean, record: Values}} Card */

/** @param {Random} random @param {number} low @param {number} high both inclusive, months from January of year 0 @returns {string} MM/YYYY */
function month(random, low, high) {
  const value = random.int(low, high);
  return `${String((value % 12) + 1).padStart(2, '0')}/${Math.floor(value / 12)}`;
}

/**
 * How many cards each client has: one to nine, so many in all as wanted.
 * @param {number} seed @param {number} clients @param {number} cards @returns {number[]}
 */
function cardCounts(seed, clients, cards) {
  const counts = Array.from({ length: clients }, (_, i) => 1 + (hash(seed, KIND.cardClient, i, 1) % 5));
  let surplus = counts.reduce((sum, count) => sum + count, 0) - cards;
  // A step that reaches every client.
  let step = 7;
  while (commonDivisor(clients, step) !== 1) step += 1;
  for (let i = 0; surplus !== 0; i = (i + step) % clients) {
    const count = counts[i] ?? 0;
    if (surplus > 0 && count > 1) {
      counts[i] = count - 1;
      surplus -= 1;
    } else if (surplus < 0 && count < 9) {
      counts[i] = count + 1;
      surplus += 1;
    }
  }
  return counts;
}

/** @param {number} seed @param {number} id @param {number} firstCard @param {number} cards @returns {Client} */
function client(seed, id, firstCard, cards) {
  const random = new Random(hash(seed, KIND.cardClient, id));
  const home = random.int(0, PLACES.length - 1);
  const born = LAST_YEAR - random.int(19, 88);
  const perCapita = Math.round(Math.min(160_000, random.logNormal(22_500, 0.45)));
  const yearly = Math.round(perCapita * (1.6 + random.next() * 0.8));
  const street = `${random.int(1, 9999)} ${random.pick(STREETS)} ${random.pick(ENDINGS)}`;
  const x = random.next();
  const address = x < 0.02 ? `${street}, Apt "${random.int(1, 40)}"` : x < 0.1 ? `${street}, Unit ${id % 60}` : street;
  const score = Math.round(Math.min(850, Math.max(480, 710 + 65 * random.normal())));
  // A third of the clients never buys; of the others a few buy most.
  const weight = random.next() < 0.33 ? 0 : random.logNormal(1, 0.7);
  return {
    id,
    home,
    weight,
    spending: Math.sqrt(yearly / 42_000),
    firstCard,
    cards,
    record: [
      id,
      LAST_YEAR - born,
      random.int(58, 72),
      born,
      random.int(1, 12),
      random.next() < 0.51 ? 'Female' : 'Male',
      address,
      (24 + random.next() * 24).toFixed(2),
      (-70 - random.next() * 52).toFixed(2),
      `$${perCapita}`,
      `$${yearly}`,
      `$${random.next() < 0.05 ? 0 : Math.round(yearly * random.next() * 2.4)}`,
      score,
      cards,
    ],
  };
}

/** @param {number} seed @param {number} id @param {number} owner @returns {Card} */
function card(seed, id, owner) {
  const random = new Random(hash(seed, KIND.paymentCard, id));
  const [brand, , prefix, digits] = random.weighted(BRANDS.map((it) => [it, it[1]]));
  const type = random.weighted([
    ['Debit', 0.57],
    ['Credit', 0.33],
    ['Debit (Prepaid)', 0.1],
  ]);
  let number = prefix;
  while (number.length < digits) number += random.int(0, 9);
  const hasChip = random.next() < 0.89;
  const limit = type === 'Debit (Prepaid)' ? random.int(0, 120) : Math.round(random.logNormal(13_000, 0.6));
  const onDarkWeb = random.next() < 0.01;
  const opened = month(random, (FIRST_YEAR - 12) * 12, (FIRST_YEAR - 1) * 12 + 11);
  return {
    id,
    client: owner,
    hasChip,
    onDarkWeb,
    record: [
      id,
      owner,
      brand,
      type,
      number,
      month(random, (LAST_YEAR + 1) * 12, (LAST_YEAR + 4) * 12),
      String(random.int(0, 9999))
        .padStart(brand === 'Amex' ? 4 : 3, '0')
        .slice(brand === 'Amex' ? 0 : -3),
      hasChip ? 'YES' : 'NO',
      random.int(1, 3),
      `$${limit}`,
      opened,
      random.int(FIRST_YEAR - 8, LAST_YEAR),
      onDarkWeb ? 'Yes' : 'No',
    ],
  };
}

/**
 * All clients and cards, by id from 0.
 * @param {{seed: number, cardClients: number, cards: number}} world
 * @returns {{clients: Client[], cards: Card[]}}
 */
export function clientele({ seed, cardClients, cards }) {
  /** @type {Client[]} */
  const clients = [];
  /** @type {Card[]} */
  const all = [];
  for (const [id, count] of cardCounts(seed, cardClients, cards).entries()) {
    clients.push(client(seed, id, all.length, count));
    for (let i = 0; i < count; i++) all.push(card(seed, all.length, id));
  }
  return { clients, cards: all };
}

/** The first day of the extract and how many there are: ten years less two months, as in the public data set. */
export const PERIOD = Object.freeze({ first: Date.UTC(FIRST_YEAR, 0, 1) / 86_400_000, days: 3_591 });

/** @returns {string} the last day, YYYY-MM-DD */
export const lastDay = () => formatDay(PERIOD.first + PERIOD.days - 1);
