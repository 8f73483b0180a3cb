// A bank's customers with their accounts, loans and movements. Each is a pure function of the seed, the day of the extract and its number.

import { formatDay, formatTime } from '../calendar.mjs';
import { FIRST_NAMES, LAST_NAMES } from '../member_risk/members.mjs';
import { hash, KIND, Random } from '../random.mjs';

export const COLUMNS = Object.freeze({
  customers:
    'customer_id first_name last_name email phone national_id date_of_birth city state annual_income employment_status credit_score joined_on updated_at'.split(
      ' ',
    ),
  accounts: 'account_id customer_id account_type status balance opened_on updated_at'.split(' '),
  loans:
    'loan_id customer_id loan_type amount interest_rate term_months issued_on status defaulted_on updated_at'.split(
      ' ',
    ),
  transactions:
    'transaction_id account_id transaction_type amount channel country occurred_at posted_on is_reported_fraud'.split(
      ' ',
    ),
});

/** Movements are delivered for so many days before the extract. */
const WINDOW_DAYS = 60;
/** Loans are delivered for so many days before the extract. */
const LOAN_DAYS = 4 * 365;

const CITIES = Object.freeze(
  /** @type {const} */ ([
    ['Boston', 'MA'],
    ['Chicago', 'IL'],
    ['Denver', 'CO'],
    ['Houston', 'TX'],
    ['Miami', 'FL'],
    ['Phoenix', 'AZ'],
    ['Seattle', 'WA'],
  ]),
);

/** Kind of loan, its share, median amount, months, rate in percent, what it adds to the log-odds of default. */
const LOANS = Object.freeze(
  /** @type {const} */ ([
    ['personal', 0.45, 9_000, 36, 11.5, 0.35],
    ['auto', 0.28, 21_000, 60, 7.2, 0],
    ['student', 0.12, 16_000, 120, 5.4, 0.1],
    ['mortgage', 0.15, 210_000, 360, 5.9, -0.5],
  ]),
);

/** A code as people and systems type it. @param {Random} random @param {string} code */
function typed(random, code) {
  const x = random.next();
  if (x < 0.06) return code.toUpperCase();
  if (x < 0.1) return ` ${code[0]?.toUpperCase()}${code.slice(1)}`;
  if (x < 0.12) return `${code} `;
  return code;
}

/** @typedef {import('../options.mjs').Options} Options */
/** @typedef {readonly (string | number | null)[]} Values */
/** @typedef {{id: string, income: number, score: number, joined: number, isUnemployed: boolean, record: Values}} Customer */

export const customerKey = (/** @type {number} */ number) => `C${String(number).padStart(7, '0')}`;

/** @param {Options} options @param {number} number 1 for the first @returns {Customer} */
export function customer({ seed, start, days }, number) {
  const random = new Random(hash(seed, KIND.bankCustomer, number));
  const today = start + days - 1;
  const id = customerKey(number);
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const income = Math.round(Math.min(400_000, random.logNormal(52_000, 0.5)));
  const score = Math.round(Math.min(850, Math.max(300, 690 + 75 * random.normal() + (income - 52_000) / 4_000)));
  const joined = today - random.int(200, 3_600);
  const born = joined - random.int(18 * 366, 60 * 365);
  const isUnemployed = random.next() < 0.07;
  const employment = isUnemployed ? 'unemployed' : random.next() < 0.15 ? 'self employed' : 'employed';
  const [city, state] = random.pick(CITIES);
  const digits = String(random.int(100_000_000, 999_999_999));
  const missing = random.next();
  return {
    id,
    income,
    score,
    joined,
    isUnemployed,
    record: [
      id,
      first,
      last,
      missing < 0.02 ? 'N/A' : `${first}.${last}${number}@mail.example`.toLowerCase().replaceAll("'", ''),
      `+1 555-${String(random.int(0, 9_999_999)).padStart(7, '0')}`,
      `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`,
      formatDay(born),
      city,
      typed(random, state.toLowerCase()).toUpperCase(),
      missing > 0.97 ? null : income,
      typed(random, employment),
      missing > 0.95 && missing <= 0.97 ? 'NULL' : score,
      formatDay(joined),
      formatTime(today - random.int(0, 100), random.int(0, 86_399)),
    ],
  };
}

/** @param {Options} options @param {number} number @param {Customer} owner @returns {Generator<Values>} */
export function* accountsOf({ seed, start, days }, number, owner) {
  const random = new Random(hash(seed, KIND.bankAccount, number));
  const today = start + days - 1;
  const count = random.next() < 0.06 ? 0 : random.next() < 0.35 ? 2 : 1;
  for (let i = 0; i < count; i++) {
    const type = i === 0 && random.next() < 0.85 ? 'checking' : random.pick(['savings', 'savings', 'credit']);
    const opened = owner.joined + (i === 0 ? 0 : random.int(0, Math.max(1, today - owner.joined)));
    const balance = random.logNormal(owner.income / 15, 0.9) * (type === 'credit' ? -0.3 : 1);
    yield [
      `A${String(number * 10 + i).padStart(9, '0')}`,
      owner.id,
      typed(random, type),
      typed(random, random.next() < 0.06 ? 'closed' : 'active'),
      balance.toFixed(2),
      formatDay(Math.min(today, opened)),
      formatTime(today - random.int(0, 40), random.int(0, 86_399)),
    ];
  }
}

/**
 * Loans of a customer, oldest first. Whether one defaults within its first year is drawn by log-odds that rise with what the loan is to the
 * income, with the rate and the term, and fall with the credit score: what a model can find, and chance that it can not.
 * @param {Options} options @param {number} number @param {Customer} owner @returns {Generator<Values>}
 */
export function* loansOf({ seed, start, days }, number, owner) {
  const random = new Random(hash(seed, KIND.bankLoan, number));
  const today = start + days - 1;
  const span = Math.min(LOAN_DAYS, today - owner.joined);
  const count = random.weighted([
    [0, 0.25],
    [1, 0.35],
    [2, 0.25],
    [3, 0.15],
  ]);
  const issues = Array.from({ length: count }, () => today - random.int(0, span)).sort((a, b) => a - b);
  for (const [i, issued] of issues.entries()) {
    const [type, , median, months, base, extra] = random.weighted(LOANS.map((loan) => [loan, loan[1]]));
    const amount = Math.round(random.logNormal(median, 0.45) / 100) * 100;
    const term = Math.max(12, Math.round((months * (0.7 + 0.6 * random.next())) / 12) * 12);
    const rate = Math.max(1.5, base + (690 - owner.score) / 45 + 1.2 * random.normal());
    const burden = Math.min(4, ((amount / term) * 12) / Math.max(8_000, owner.income));
    const logOdds =
      -2.6 +
      extra +
      2.6 * burden +
      0.16 * (rate - 8) -
      0.011 * (owner.score - 690) +
      (owner.isUnemployed ? 0.9 : 0) +
      0.25 * i;
    const isBad = random.next() < 1 / (1 + Math.exp(-logOdds));
    const defaulted = issued + 60 + random.int(0, isBad ? 304 : 1200);
    const hasDefaulted = (isBad || random.next() < 0.03) && defaulted <= today;
    const status = hasDefaulted ? 'defaulted' : today - issued > term * 30.4 ? 'paid off' : 'current';
    yield [
      `L${String(number * 10 + i).padStart(9, '0')}`,
      owner.id,
      typed(random, type),
      amount.toFixed(2),
      rate.toFixed(2),
      term,
      formatDay(issued),
      typed(random, status),
      hasDefaulted ? formatDay(defaulted) : null,
      formatTime(today - random.int(0, 20), random.int(0, 86_399)),
    ];
  }
}

/** Movements of an account in the window of the extract. @param {Options} options @param {Values} account @returns {Generator<Values>} */
export function* transactionsOf({ seed, start, days }, account) {
  const number = Number(String(account[0]).slice(1));
  const random = new Random(hash(seed, KIND.bankTransaction, number));
  const today = start + days - 1;
  const usual = random.logNormal(60, 0.6);
  const isHit = random.next() < 0.02;
  const count = random.int(4, 12);
  let n = 0;
  /** @param {number} day @param {number} second @param {string} type @param {number} amount @param {string} country @param {string} channel @param {string} fraud @returns {Values} */
  const movement = (day, second, type, amount, country, channel, fraud) => [
    `T${String(number * 100 + n++).padStart(12, '0')}`,
    String(account[0]),
    typed(random, type),
    amount.toFixed(2),
    typed(random, channel),
    country,
    formatTime(day, second),
    formatDay(Math.min(today, day + (random.next() < 0.03 ? random.int(4, 9) : random.int(0, 2)))),
    fraud,
  ];
  for (let i = 0; i < count; i++) {
    const day = today - random.int(0, WINDOW_DAYS - 1);
    const type = random.weighted([
      ['payment', 0.62],
      ['withdrawal', 0.18],
      ['deposit', 0.14],
      ['transfer', 0.06],
    ]);
    const amount = random.logNormal(type === 'deposit' ? usual * 12 : usual, 0.5);
    const isAbroad = random.next() < 0.02;
    const second = Math.floor(Math.min(86_399, Math.max(0, 50_000 + 14_000 * random.normal())));
    yield movement(day, second, type, amount, isAbroad ? 'MX' : 'US', random.pick(['card', 'online', 'branch']), 'N');
  }
  if (!isHit) return;
  // A stolen card: a burst at night, abroad, for far more than is usual.
  const day = today - random.int(0, WINDOW_DAYS - 1);
  const second = random.int(3_600, 14_000);
  const country = random.pick(['RO', 'NG', 'VN']);
  for (let i = 0; i < 4; i++) {
    const amount = 900 + usual * (6 + 8 * random.next());
    yield movement(day, second + i * 120, 'payment', amount, country, 'online', random.next() < 0.6 ? 'Y' : '');
  }
}
