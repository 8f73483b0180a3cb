// The shop's products, in the layout of the public DummyJSON API (`/products`).

import { formatDay } from '../calendar.mjs';
import { hash, KIND, Random } from '../random.mjs';

/** As many as the public API has. */
export const PRODUCTS = 194;

/** Category, what a thing of it is called, median price in dollars. */
const CATEGORIES = Object.freeze(
  /** @type {const} */ ([
    ['beauty', 'Serum', 14],
    ['fragrances', 'Eau de Parfum', 80],
    ['furniture', 'Armchair', 640],
    ['groceries', 'Basket', 9],
    ['home-decoration', 'Lamp', 42],
    ['kitchen-accessories', 'Pan', 24],
    ['laptops', 'Laptop', 1250],
    ['mens-watches', 'Chronograph', 900],
    ['mobile-accessories', 'Headphones', 65],
    ['motorcycle', 'Helmet', 210],
    ['smartphones', 'Phone', 620],
    ['sports-accessories', 'Racket', 36],
    ['sunglasses', 'Sunglasses', 28],
    ['tablets', 'Tablet', 430],
    ['womens-jewellery', 'Necklace', 120],
  ]),
);
const ADJECTIVES = Object.freeze(
  'Classic Nordic Compact Royal Urban Silent Crème Piña Northern Pocket Golden'.split(' '),
);
const BRANDS = Object.freeze(['Aurora', 'Bergen & Søn', 'Cálido', 'Delta', 'Eclipse', 'Fjord', 'Größe', 'Halcyon']);

/** @param {number} seed @param {number} number 1-based @returns {{category: string, price: number, discount: number, title: string}} */
export function productBase(seed, number) {
  const random = new Random(hash(seed, KIND.product, number));
  const [category, thing, median] = CATEGORIES[(number - 1) % CATEGORIES.length];
  return {
    category,
    title: `${random.pick(ADJECTIVES)} ${thing} ${number}`,
    price: Math.max(0.99, Math.round(random.logNormal(median, 0.35) * 100) / 100),
    discount: Math.round(random.next() * 1800) / 100,
  };
}

/** One record of the API. @param {number} seed @param {number} day of the extract @param {number} number 1-based */
export function product(seed, day, number) {
  const { category, title, price, discount } = productBase(seed, number);
  const random = new Random(hash(seed, KIND.product, number, 1));
  const stock = random.int(0, 120);
  return {
    id: number,
    title,
    description: `${title}: what it says.`,
    category,
    // As in real feeds, a price is text now and then; it still is a price.
    price: random.next() < 0.03 ? price.toFixed(2) : price,
    discountPercentage: discount,
    rating: Math.round((2.5 + random.next() * 2.5) * 100) / 100,
    stock,
    tags: [category],
    ...(random.next() < 0.9 ? { brand: random.pick(BRANDS) } : {}),
    sku: `${category.slice(0, 3).toUpperCase()}-${String(number).padStart(4, '0')}`,
    weight: random.int(1, 10),
    availabilityStatus: stock === 0 ? 'Out of Stock' : stock < 8 ? 'Low Stock' : 'In Stock',
    returnPolicy: '30 days return policy',
    minimumOrderQuantity: random.int(1, 12),
    meta: { createdAt: `${formatDay(day - random.int(30, 400))}T08:56:21.618Z` },
  };
}
