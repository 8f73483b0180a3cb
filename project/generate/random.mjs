// A small seeded generator of pseudo-random numbers. Every record of the synthetic world is a pure function of
// (seed, kind, day, number): nothing is kept in memory, and a day comes out the same however many days surround it.

/** @param {number} h @param {number} k one 32-bit mixing step */
function mix(h, k) {
  let x = Math.imul(h ^ k, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca77);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae3d);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * A 32-bit hash of up to four numbers.
 * @param {number} seed @param {number} kind @param {number} [a] @param {number} [b] @returns {number} 0 .. 2^32-1
 */
export function hash(seed, kind, a = 0, b = 0) {
  return mix(mix(mix(mix(seed | 0, 0x51ed270b), kind | 0), a | 0), b | 0);
}

/** The same as a fraction: 0 <= x < 1. @param {number} seed @param {number} kind @param {number} [a] @param {number} [b] */
export function chance(seed, kind, a = 0, b = 0) {
  return hash(seed, kind, a, b) / 4294967296;
}

/** The greatest common divisor: a step through n items reaches each of them when it is 1. @param {number} a @param {number} b @returns {number} */
export const commonDivisor = (a, b) => (b === 0 ? a : commonDivisor(b, a % b));

/** A stream of numbers from one 32-bit state. */
export class Random {
  /** @param {number} state */
  constructor(state) {
    this.state = state | 0;
  }

  /** @returns {number} 0 <= x < 1, uniform */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** @param {number} low @param {number} high inclusive @returns {number} */
  int(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  /** Normal with mean 0 and deviation 1 (Box and Muller). */
  normal() {
    const u = 1 - this.next();
    const v = this.next();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  }

  /** @param {number} median @param {number} sigma spread of the logarithm */
  logNormal(median, sigma) {
    return median * Math.exp(sigma * this.normal());
  }

  /** Heavy-tailed, at least `low`. @param {number} low @param {number} shape */
  pareto(low, shape) {
    return low / (1 - this.next()) ** (1 / shape);
  }

  /** Rank 0 .. n-1, the first ones far more often (density near 1/rank). @param {number} n */
  zipf(n) {
    return Math.min(n - 1, Math.floor((n + 1) ** this.next()) - 1);
  }

  /** An item by weight. @template T @param {readonly (readonly [T, number])[]} table weights that add up to 1 @returns {T} */
  weighted(table) {
    let x = this.next();
    for (const [item, weight] of table) {
      x -= weight;
      if (x < 0) return item;
    }
    return table[table.length - 1][0];
  }
}

/** Kinds of record: each has number streams of its own. */
export const KIND = Object.freeze({
  member: 1,
  memberChange: 2,
  memberChangeValue: 3,
  memberDelay: 4,
  memberEdge: 5,
  transaction: 10,
  transactionLag: 11,
  transactionResend: 12,
  transactionEdge: 13,
  transactionCount: 14,
  compromised: 15,
  merchant: 20,
  visit: 30,
  visitLag: 31,
  visitResend: 32,
  visitEdge: 33,
  visitCount: 34,
  provider: 40,
  customer: 50,
  product: 51,
  cart: 52,
  cartCount: 53,
  bankCustomer: 60,
  bankAccount: 61,
  bankLoan: 62,
  bankTransaction: 63,
  bankEdge: 64,
  cardClient: 70,
  paymentCard: 71,
  cardMoment: 72,
  cardFraud: 73,
  cardPurchase: 74,
  cardCompromised: 75,
  cardMerchant: 76,
  cardEdge: 77,
  fraudLabelEdge: 78,
});
