// Card transactions: who, where, how much and when; what is flagged as fraud; and how the file is dirty.

import { dayOfYear, formatDay, formatTime, weekday } from '../calendar.mjs';
import { line } from '../csv.mjs';
import { chance, hash, KIND, Random } from '../random.mjs';
import { memberCount, memberId, memberIncome } from './members.mjs';
import { merchant, merchantCount } from './merchants.mjs';

/** @typedef {import('./members.mjs').World} World */

export const TRANSACTION_COLUMNS = Object.freeze([
  'transaction_id',
  'member_id',
  'transaction_at',
  'merchant_id',
  'merchant_name',
  'category',
  'amount',
  'currency',
  'payment_method',
  'channel',
  'status',
  'is_fraud_flagged',
  'fraud_reason',
  'updated_at',
]);

export const TRANSACTIONS_PER_MEMBER_DAY = 0.28;
const LONGEST_LAG = 6;
const RESENT_AFTER = 2;
const RESENT_SHARE = 0.004;
const FRAUD_SHARE = 0.006;

const METHODS = Object.freeze(
  /** @type {const} */ ([
    ['credit_card', 0.42],
    ['debit_card', 0.33],
    ['wallet', 0.14],
    ['bank_transfer', 0.08],
    ['cash', 0.03],
  ]),
);
const CURRENCIES = Object.freeze(
  /** @type {const} */ ([
    ['USD', 0.955],
    ['EUR', 0.02],
    ['CAD', 0.015],
    ['JPY', 0.01],
  ]),
);
/** Share of the day's purchases by hour: little at night, peaks at noon and in the evening. */
const HOURS = Object.freeze([
  0.6, 0.4, 0.3, 0.2, 0.2, 0.5, 1.5, 3.4, 5.2, 5.0, 5.2, 6.2, 7.8, 6.6, 5.4, 5.4, 6.2, 8.0, 8.6, 7.6, 6.0, 4.6, 3.0,
  2.1,
]);
const HOUR_TOTAL = HOURS.reduce((sum, share) => sum + share, 0);

/** How many purchases are made on a day: more on Fridays and Saturdays and before the holidays, and a little by chance. @param {World} world @param {number} day */
export function transactionCount(world, day) {
  const week = [0.92, 0.9, 0.93, 0.97, 1.0, 1.16, 1.12][weekday(day)];
  const year = dayOfYear(day);
  const season = 1 + 0.05 * Math.sin((2 * Math.PI * (year - 80)) / 365) + (year > 325 ? 0.22 : 0);
  const luck = 0.94 + 0.12 * chance(world.seed, KIND.transactionCount, day);
  return Math.round(memberCount(world, day) * TRANSACTIONS_PER_MEMBER_DAY * week * season * luck);
}

/** @param {Random} random @returns {number} second of the day */
function timeOfDay(random) {
  let x = random.next() * HOUR_TOTAL;
  let hour = 0;
  while (hour < 23 && x >= HOURS[hour]) x -= HOURS[hour++];
  return hour * 3600 + random.int(0, 3599);
}

/** Some members spend much more often than others. @param {Random} random @param {number} count */
function pickMember(random, count) {
  const rank = Math.floor(count * random.next() ** 1.7);
  // Neighbours in rank are not neighbours in number (7919 is prime, and no member count here is a multiple of it).
  return (rank * 7919) % count;
}

/** One purchase: what really happened, before any file spoils it. @param {World} world @param {number} day @param {number} number */
function purchase(world, day, number) {
  const random = new Random(hash(world.seed, KIND.transaction, day, number));
  const members = memberCount(world, day);
  const isFraud = random.next() < FRAUD_SHARE;
  let index = pickMember(random, members);
  if (isFraud) {
    // A few members' cards are in wrong hands for a week.
    const cards = Math.max(3, Math.floor(world.members / 250));
    index = hash(world.seed, KIND.compromised, Math.floor(day / 7), random.int(0, cards - 1)) % members;
  }
  const shop = merchant(world, random.zipf(merchantCount(world)));
  const spending = Math.min(2.5, Math.max(0.5, memberIncome(world, index) / 58_000)) ** 0.5;
  const currency = isFraud && random.next() < 0.3 ? 'EUR' : random.weighted(CURRENCIES);
  let amount = random.logNormal(shop.median * spending, shop.sigma) * (isFraud ? 2 + 5 * random.next() : 1);
  if (random.next() < 0.04) amount = Math.ceil(amount / 10) * 10;
  const kind = random.next();
  if (kind < 0.02) amount = -amount;
  else if (kind < 0.023) amount = 0;
  if (currency === 'JPY') amount *= 150;
  const isFlagged = isFraud ? random.next() < 0.72 : random.next() < 0.002;
  const second = isFraud && random.next() < 0.7 ? random.int(0, 5 * 3600) : timeOfDay(random);
  return {
    id: `T${formatDay(day).replaceAll('-', '')}-${number.toString(36).padStart(5, '0')}`,
    member: memberId(index),
    day,
    second,
    shop,
    amount: Math.min(99_999, Math.max(-99_999, amount)),
    currency,
    method: isFraud ? 'credit_card' : random.weighted(METHODS),
    channel: shop.online || (isFraud && random.next() < 0.6) ? 'online' : 'in_store',
    status: random.weighted([
      ['posted', 0.925],
      ['pending', 0.03],
      ['declined', isFraud ? 0.04 : 0.03],
      ['reversed', 0.015],
    ]),
    isFlagged,
    reason: isFlagged
      ? random.pick(['velocity', 'geo_mismatch', 'unusual_amount', 'stolen_card', 'night_activity'])
      : '',
    updatedDay: day,
    updatedSecond: Math.min(86_399, second + 30),
  };
}

/** @param {ReturnType<typeof purchase>} it */
function values(it) {
  return [
    it.id,
    it.member,
    formatTime(it.day, it.second),
    it.shop.id,
    it.shop.name,
    it.shop.category,
    it.amount.toFixed(2),
    it.currency,
    it.method,
    it.channel,
    it.status,
    it.isFlagged ? 'true' : 'false',
    it.reason,
    formatTime(it.updatedDay, it.updatedSecond),
  ];
}

/** The record as the file has it: mostly right, sometimes untidy, sometimes wrong. @param {ReturnType<typeof purchase>} it @param {Random} random @returns {string | Buffer} */
function damage(it, random) {
  const row = values(it);
  const edge = random.next() * 1000;
  // Untidy, but readable.
  if (edge < 15) row[4] = `  ${row[4].toUpperCase()} `;
  else if (edge < 25) row[4] = row[4].replaceAll(' ', '  ');
  else if (edge < 30) row[4] = `${row[4]}\n`;
  else if (edge < 50) row[8] = row[8].toUpperCase().replace('_', ' ');
  else if (edge < 60) row[5] = row[5].toUpperCase();
  else if (edge < 64) row[5] = '';
  else if (edge < 70) row[10] = ` ${row[10].toUpperCase()}`;
  else if (edge < 76) row[11] = it.isFlagged ? 'Y' : 'N';
  else if (edge < 79) row[7] = '';
  else if (edge < 82) row[8] = '';
  // Readable, but not to be believed.
  else if (edge < 84) row[1] = `M9${String(hash(7, it.day, it.second) % 1_000_000).padStart(6, '0')}`;
  else if (edge < 85) row[2] = formatTime(it.day + 30 + random.int(0, 400), it.second);
  // Not readable.
  else if (edge < 85.5) row[6] = random.pick(['12,50', '$40', 'abc', 'NaN', '1e999', '--']);
  else if (edge < 86.0) row[2] = random.pick(['2025-13-40 10:00:00', '31/02/2025', 'yesterday', '2025-02-30 00:00:00']);
  else if (edge < 86.4) row[1] = '';
  else if (edge < 86.8) row[6] = 'NULL';
  else if (edge < 87.0) row[6] = '99999999999999.99';
  else if (edge < 87.2) row[0] = `X-${it.second}`;
  else if (edge < 87.4) return line(row.slice(0, 9));
  else if (edge < 87.6) return `${line(row)},,surplus`;
  else if (edge < 87.7) return Buffer.from(line([...row.slice(0, 4), 'Caf\u00e9 Latin', ...row.slice(5)]), 'latin1');
  else if (edge < 87.8) return line(row).replace(row[5], `${row[5]}"`);
  return line(row);
}

/** How many days after the purchase its record is delivered. @param {World} world @param {number} day @param {number} number */
function lag(world, day, number) {
  const x = chance(world.seed, KIND.transactionLag, day, number);
  return x >= 0.015 ? 0 : 1 + Math.floor((x / 0.015) * LONGEST_LAG);
}

/**
 * The transactions delivered on a day: the day's own, the late ones of the days before, and corrections.
 * @param {World} world @param {number} day @returns {Generator<string | Buffer>}
 */
export function* transactionExtract(world, day) {
  for (let from = day - LONGEST_LAG; from <= day; from++) {
    const count = transactionCount(world, from);
    for (let number = 0; number < count; number++) {
      if (lag(world, from, number) === day - from) {
        const random = new Random(hash(world.seed, KIND.transactionEdge, from, number));
        const record = damage(purchase(world, from, number), random);
        yield record;
        if (random.next() < 0.003) yield record;
      }
      if (from === day - RESENT_AFTER && chance(world.seed, KIND.transactionResend, from, number) < RESENT_SHARE) {
        yield line(values(corrected(purchase(world, from, number), day)));
      }
    }
  }
}

/** What a record becomes when it is sent again: settled, and at times for another amount. @param {ReturnType<typeof purchase>} it @param {number} day */
function corrected(it, day) {
  const status = it.status === 'pending' ? 'posted' : it.status;
  const amount = it.second % 4 === 0 ? it.amount * 0.9 : it.amount;
  return { ...it, status, amount, updatedDay: day, updatedSecond: 3600 };
}
