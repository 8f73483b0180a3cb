// Merchants, a pure function of their rank: the first ones get most of the business (see Random.zipf).

import { hash, KIND, Random } from '../random.mjs';

/** Category, share of merchants, median amount in dollars, spread of its logarithm. */
export const CATEGORIES = Object.freeze(
  /** @type {const} */ ([
    ['groceries', 0.2, 38, 0.6],
    ['dining', 0.19, 24, 0.55],
    ['fuel', 0.08, 42, 0.3],
    ['pharmacy', 0.09, 27, 0.7],
    ['medical', 0.06, 95, 0.9],
    ['utilities', 0.05, 110, 0.4],
    ['travel', 0.05, 240, 0.9],
    ['electronics', 0.06, 130, 1.0],
    ['clothing', 0.09, 55, 0.7],
    ['entertainment', 0.08, 30, 0.6],
    ['cash_advance', 0.02, 160, 0.5],
    ['gambling', 0.03, 60, 1.1],
  ]),
);

const FIRST = Object.freeze(
  'Starlight Blue Golden Old Corner Green Silver Harbor Union Summit Río Café Müller Château Nørre Łódź 东方 さくら'.split(
    ' ',
  ),
);
const SECOND = Object.freeze(
  /** @type {Readonly<Record<string, readonly string[]>>} */ ({
    groceries: ['Market', 'Grocers', 'Foods'],
    dining: ['Kitchen', 'Diner', '"Best" Pizza, Inc.', 'Coffee'],
    fuel: ['Fuel', 'Gas & Go'],
    pharmacy: ['Pharmacy', 'Drugs'],
    medical: ['Clinic', 'Dental, LLC', 'Imaging'],
    utilities: ['Power', 'Water Works'],
    travel: ['Airways', 'Hotels', 'Rail'],
    electronics: ['Electronics', 'Devices'],
    clothing: ['Outfitters', 'Shoes & Söhne'],
    entertainment: ['Cinema', 'Games', 'Arena'],
    cash_advance: ['Cash', 'Loans'],
    gambling: ['Casino', 'Bets'],
  }),
);

/** @param {import('./members.mjs').World} world */
export function merchantCount(world) {
  return 200 + Math.floor(world.members / 20);
}

/** @param {import('./members.mjs').World} world @param {number} rank */
export function merchant(world, rank) {
  const random = new Random(hash(world.seed, KIND.merchant, rank));
  const [category, , median, sigma] = pickCategory(random);
  const second = random.pick(SECOND[category]);
  return {
    id: `MR${String(rank + 1).padStart(5, '0')}`,
    name: `${random.pick(FIRST)} ${second} ${rank + 1}`,
    category,
    median: median * random.logNormal(1, 0.25),
    sigma,
    online: random.next() < 0.35,
  };
}

/** @param {Random} random */
function pickCategory(random) {
  let x = random.next();
  for (const row of CATEGORIES) {
    x -= row[1];
    if (x < 0) return row;
  }
  return CATEGORIES[0];
}
