// An extract of a bank: CSV of customers, accounts, loans and movements, with what goes wrong in real ones. One customer is held at a time.

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDay } from '../calendar.mjs';
import { DayFile, line } from '../csv.mjs';
import { chance, KIND } from '../random.mjs';
import { accountsOf, COLUMNS, customer, customerKey, loansOf, transactionsOf } from './bank.mjs';

/** @typedef {keyof typeof COLUMNS} Entity */
/** @typedef {import('./bank.mjs').Values} Values */

/** The record with other values in some columns. @param {Entity} entity @param {Values} record @param {Record<string, string | number | null>} changes */
function changed(entity, record, changes) {
  return record.map((value, i) => changes[COLUMNS[entity][i] ?? ''] ?? value);
}

/**
 * What goes wrong with one record in some hundred: what is delivered instead of it, or after it.
 * @param {Entity} entity @param {Values} record @param {number} x 0 to 1 @param {string} tomorrow
 * @returns {string[]}
 */
function delivered(entity, record, x, tomorrow) {
  const plain = line(record);
  const key = COLUMNS[entity][0] ?? '';
  const amount = { customers: 'annual_income', accounts: 'balance', loans: 'amount', transactions: 'amount' }[entity];
  const owner = { customers: key, accounts: 'customer_id', loans: 'customer_id', transactions: 'account_id' }[entity];
  const nobody = entity === 'transactions' ? 'A999999999' : customerKey(9_999_999);
  const event = { customers: 'joined_on', accounts: 'opened_on', loans: 'issued_on', transactions: 'occurred_at' }[
    entity
  ];
  const value = (/** @type {string} */ name) => record[COLUMNS[entity].indexOf(name)];
  if (x < 0.004) return [plain, plain];
  if (x < 0.007) return [line(changed(entity, record, { [key]: 'NULL' }))];
  if (x < 0.01) return [line(changed(entity, record, { [amount]: 'twelve' }))];
  if (x < 0.012) return [`${plain},surplus`];
  if (x < 0.014) return [plain.slice(0, Math.floor(plain.length / 2)).replaceAll('"', '')];
  if (x < 0.016) return [line(changed(entity, record, { [event]: `${String(value(event)).slice(0, 7)}-99` }))];
  if (x < 0.019 && entity !== 'customers') return [line(changed(entity, record, { [owner]: nobody }))];
  if (x < 0.022) return [line(changed(entity, record, { [amount]: `-${Math.abs(Number(value(amount))).toFixed(2)}` }))];
  if (x < 0.024) {
    const late = entity === 'transactions' ? `${tomorrow} 00:10:00` : tomorrow;
    return [line(changed(entity, record, { [event]: late }))];
  }
  return [plain];
}

/**
 * Writes `<lake>/financial_analytics/landing`. The extract is of the last day asked for; an earlier one is replaced.
 * @param {string} lake @param {import('../options.mjs').Options} options
 * @returns {Promise<Record<Entity, number>>} raw rows
 */
export async function generateFinancialAnalytics(lake, options) {
  const landing = join(lake, 'financial_analytics', 'landing');
  const marker = join(landing, '_extract.json');
  const today = options.start + options.days - 1;
  const tomorrow = formatDay(today + 1);
  await mkdir(landing, { recursive: true });
  await rm(marker, { force: true });
  /** @param {Entity} entity */
  const opened = async (entity) => {
    const file = new DayFile(join(landing, entity), COLUMNS[entity]);
    await file.open();
    return file;
  };
  const files = {
    customers: await opened('customers'),
    accounts: await opened('accounts'),
    loans: await opened('loans'),
    transactions: await opened('transactions'),
  };
  /** @param {Entity} entity @param {Values} record @param {number} number */
  const write = async (entity, record, number) => {
    const edge = chance(options.seed, KIND.bankEdge, number, files[entity].rows);
    for (const text of delivered(entity, record, edge, tomorrow)) {
      const full = files[entity].write(text);
      if (full) await full;
    }
  };
  for (let number = 1; number <= options.members; number++) {
    const owner = customer(options, number);
    await write('customers', owner.record, number);
    for (const account of accountsOf(options, number, owner)) {
      await write('accounts', account, number);
      for (const movement of transactionsOf(options, account)) await write('transactions', movement, number);
    }
    for (const loan of loansOf(options, number, owner)) await write('loans', loan, number);
  }
  for (const file of Object.values(files)) await file.close();
  const extract = { extracted_on: formatDay(today), seed: options.seed, customers: options.members };
  await writeFile(`${marker}.tmp`, `${JSON.stringify(extract)}\n`);
  await rename(`${marker}.tmp`, marker);
  return {
    customers: files.customers.rows,
    accounts: files.accounts.rows,
    loans: files.loans.rows,
    transactions: files.transactions.rows,
  };
}
