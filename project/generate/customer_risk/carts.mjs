// What the customers ordered, in the layout of the public DummyJSON API (`/carts`), with one field more: `createdAt`,
// which the public API lacks. Without it the factors that need a time are unknown, and the rest works.

import { hash, KIND, Random } from '../random.mjs';
import { PRODUCTS, productBase } from './products.mjs';
import { habitOf } from './users.mjs';

/** Orders lie within so many days before the extract. */
const HISTORY_DAYS = 180;

/** @param {number} value */
const cents = (value) => Math.round(value * 100) / 100;

/** Orders of each customer of a habit, on average; with the habits' shares about one a customer. */
const ORDERS = Object.freeze(
  /** @type {Readonly<Record<import('./users.mjs').Habit, number>>} */ ({
    ordinary: 0.6,
    idle: 0,
    vip: 2,
    lapsing_vip: 1.9,
    velocity: 4,
    geographic: 1,
    behavioral: 1.6,
    profile: 0.8,
    amount: 1.2,
    temporal: 1.6,
    ring: 4,
  }),
);

/** Seconds from the first day of the history to each order of a customer. @param {Random} random @param {import('./users.mjs').Habit} habit @param {number} count */
function times(random, habit, count) {
  const at = [];
  const isBurst = habit === 'velocity' || habit === 'ring';
  const lastDay =
    habit === 'lapsing_vip'
      ? random.int(85, 140)
      : habit === 'ordinary'
        ? HISTORY_DAYS - 1 - Math.floor(random.next() ** 2 * (HISTORY_DAYS - 20))
        : random.int(150, HISTORY_DAYS - 1);
  for (let i = 0; i < count; i++) {
    const day = isBurst ? lastDay : Math.max(0, lastDay - i * random.int(6, 30));
    const isNight = habit === 'temporal' || (habit === 'ring' && random.next() < 0.7);
    const second = isBurst
      ? (isNight ? 2 : 13) * 3600 + i * random.int(120, 900)
      : (isNight ? random.int(0, 4) : random.int(8, 22)) * 3600 + random.int(0, 3599);
    at.push(day * 86_400 + second);
  }
  return at;
}

/** One line of an order. @param {number} seed @param {Random} random @param {import('./users.mjs').Habit} habit */
function line(seed, random, habit) {
  const number = random.int(1, PRODUCTS);
  const { title, price, discount } = productBase(seed, number);
  const isBulk = habit === 'behavioral' || habit === 'ring';
  const isLarge = habit === 'amount' || habit === 'ring';
  const isRich = habit === 'vip' || habit === 'lapsing_vip';
  const quantity = isBulk
    ? random.int(12, 30)
    : isLarge
      ? random.int(6, 12)
      : isRich
        ? random.int(2, 5)
        : random.int(1, 3);
  const off = isBulk ? 35 + random.next() * 20 : discount;
  const total = cents(price * quantity);
  return {
    id: number,
    title,
    price,
    quantity,
    total,
    discountPercentage: cents(off),
    discountedTotal: cents(total * (1 - off / 100)),
  };
}

/** The orders of a customer. @param {number} seed @param {number} day of the extract @param {number} id of the customer @param {number} unknown an id that no customer has */
export function cartsOf(seed, day, id, unknown) {
  const habit = habitOf(seed, id);
  const random = new Random(hash(seed, KIND.cart, id));
  const mean = ORDERS[habit];
  const count = Math.floor(mean) + (random.next() < mean % 1 ? 1 : 0);
  return times(random, habit, count).map((second) => {
    const products = Array.from({ length: random.int(1, habit === 'amount' ? 6 : 4) }, () => line(seed, random, habit));
    // Accounts are deleted, their orders stay.
    const isOrphan = random.next() < 0.015;
    return {
      at: second,
      record: {
        id: 0,
        products,
        total: cents(products.reduce((sum, item) => sum + item.total, 0)),
        discountedTotal: cents(products.reduce((sum, item) => sum + item.discountedTotal, 0)),
        userId: isOrphan ? unknown : id,
        totalProducts: products.length,
        totalQuantity: products.reduce((sum, item) => sum + item.quantity, 0),
        createdAt: new Date((day - HISTORY_DAYS) * 86_400_000 + second * 1000).toISOString(),
      },
    };
  });
}
