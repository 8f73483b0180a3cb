// What is served: the wide table of revenue operations, how its files are laid out, and the look-ups that it is for.

import { join } from 'node:path';

/** The model, and the relation that it becomes. */
export const MODEL = 'enriched_transactions';
export const TABLE = 'revenue.enriched_transactions';
/** The same rows in the order of time. */
export const BY_DAY = 'revenue.enriched_transactions_by_day';

/** The published files: one layout for what a client did, one for what happened on a day. */
export const LAYOUTS = Object.freeze([
  { name: 'by_client', order_by: ['client_id', 'transacted_at', 'transaction_id'] },
  { name: 'by_day', order_by: ['transaction_date', 'mcc', 'transaction_id'] },
]);

/** Columns of which the manifest tells the least and the greatest value of each file. */
export const KEYS = Object.freeze(['client_id', 'transaction_date', 'mcc']);

/** Rows of a file and of a row group: few groups a file to look at, few rows a group to read. */
export const SIZES = Object.freeze({ rowsAFile: 500_000, rowGroupSize: 30_720 });

/** Where the table is published in a lake. @param {string} lake */
export const publishedFolder = (lake) => join(lake, 'revenue_operations', 'published', MODEL);

/** @typedef {{ where: string, keys: Record<string, number | string | [string, string]>, relation: string }} Lookup */

/** The last day of a month. @param {string} month YYYY-MM */
function lastDay(month) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 0, 0)).toISOString().slice(0, 10);
}

/** What the look-ups ask, of parameters that are checked already. Days of a month are a range: their order is what finds them. */
export const LOOKUPS = Object.freeze({
  /** @param {{ client_id: number }} of @returns {Lookup} */
  client: ({ client_id }) => ({ where: `client_id = ${client_id}`, keys: { client_id }, relation: TABLE }),
  /** @param {{ client_id: number, month: string }} of @returns {Lookup} */
  client_month({ client_id, month }) {
    /** @type {[string, string]} */
    const days = [`${month}-01`, lastDay(month)];
    return {
      where: `client_id = ${client_id} and transaction_date between date '${days[0]}' and date '${days[1]}'`,
      keys: { client_id, transaction_date: days },
      relation: TABLE,
    };
  },
  /** @param {{ mcc: number, day: string }} of @returns {Lookup} */
  mcc_day: ({ mcc, day }) => ({
    where: `mcc = ${mcc} and transaction_date = date '${day}'`,
    keys: { mcc, transaction_date: day },
    relation: BY_DAY,
  }),
});
