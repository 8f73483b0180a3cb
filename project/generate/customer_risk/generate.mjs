// An API extract: pages of users, products and carts.

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDay } from '../calendar.mjs';
import { chance, KIND } from '../random.mjs';
import { cartsOf } from './carts.mjs';
import { PRODUCTS, product } from './products.mjs';
import { user } from './users.mjs';

const PAGE = Object.freeze({ users: 100, products: 100, carts: 200 });

/** Writes the pages of one entity, as the API answers `?limit=…&skip=…`. At most one page is held. */
class Pages {
  #folder;
  #entity;
  #total;
  /** @type {unknown[]} */
  #page = [];
  #number = 0;
  #skip = 0;
  rows = 0;

  /** @param {string} folder @param {keyof typeof PAGE} entity @param {number} total what the API says there is */
  constructor(folder, entity, total) {
    this.#folder = join(folder, entity);
    this.#entity = entity;
    this.#total = total;
  }

  async open() {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true });
  }

  /** @param {unknown} record */
  async write(record) {
    this.#page.push(record);
    this.rows += 1;
    if (this.#page.length >= PAGE[this.#entity]) await this.#flush();
  }

  async close() {
    if (this.#page.length > 0 || this.#number === 0) await this.#flush();
  }

  async #flush() {
    this.#number += 1;
    const path = join(this.#folder, `page-${String(this.#number).padStart(6, '0')}.json`);
    const envelope = {
      [this.#entity]: this.#page,
      total: this.#total,
      skip: this.#skip,
      limit: PAGE[this.#entity],
    };
    await writeFile(`${path}.tmp`, `${JSON.stringify(envelope)}\n`);
    await rename(`${path}.tmp`, path);
    this.#skip += this.#page.length;
    this.#page = [];
  }
}

/**
 * Writes `<lake>/customer_risk/landing`. The extract is of the last day asked for; an earlier one is replaced.
 * @param {string} lake @param {import('../options.mjs').Options} options
 * @returns {Promise<Record<'users' | 'products' | 'carts', number>>} raw records
 */
export async function generateCustomerRisk(lake, options) {
  const { seed, customers } = options;
  const landing = join(lake, 'customer_risk', 'landing');
  const day = options.start + options.days - 1;
  const marker = join(landing, '_extract.json');
  await rm(marker, { force: true });

  const users = new Pages(landing, 'users', customers);
  await users.open();
  for (let id = 1; id <= customers; id++) {
    const record = user(seed, day, id);
    const edge = chance(seed, KIND.customer, id, 9);
    await users.write(record);
    // A page boundary that moved while it was read: the record comes twice, the second one newer.
    if (edge < 0.01) await users.write({ ...record, phone: '+1 555-0199-0000' });
    else if (edge < 0.015) await users.write({ ...record, id: `user-${id}` });
  }
  await users.close();

  const products = new Pages(landing, 'products', PRODUCTS);
  await products.open();
  for (let number = 1; number <= PRODUCTS; number++) await products.write(product(seed, day, number));
  await products.write({ ...product(seed, day, 1), id: PRODUCTS + 1, price: 'on request' });
  await products.write(product(seed, day, 7));
  await products.close();

  const carts = new Pages(landing, 'carts', customers);
  await carts.open();
  let id = 0;
  for (let customer = 1; customer <= customers; customer++) {
    for (const { record } of cartsOf(seed, day, customer, customers + 100_000)) {
      id += 1;
      await carts.write({ ...record, id });
      const edge = chance(seed, KIND.cartCount, id);
      if (edge < 0.01) await carts.write({ ...record, id });
    }
  }
  await carts.write({
    id: id + 1,
    products: [],
    total: 'n/a',
    discountedTotal: 0,
    userId: 1,
    totalProducts: 0,
    totalQuantity: 0,
  });
  await carts.write('Too many requests');
  await carts.close();

  await writeFile(`${marker}.tmp`, `${JSON.stringify({ extracted_on: formatDay(day), seed, customers })}\n`);
  await rename(`${marker}.tmp`, marker);
  return { users: users.rows, products: products.rows, carts: carts.rows };
}
