import { lakeFolder, readArguments, runScript, SYSTEM_OPTION, systemsOf } from '../generate/options.mjs';
import { checkSeal } from '../landing/landing.mjs';
import { loadCustomerRisk } from './customer_risk/load.mjs';
import { loadFinancialAnalytics } from './financial_analytics/load.mjs';
import { load } from './member_risk/load.mjs';
import { loadRevenueOperations } from './revenue_operations/load.mjs';

const HELP = `Loads what has landed into the lake: typed Parquet, rejects, audit. Days and files that have not changed are left alone.

  node project/load/main.mjs [--system member_risk|customer_risk|financial_analytics|revenue_operations] [--lake <folder>] [--sealed]

  --sealed    member risk: only if the landing zone is as project/landing/main.mjs has sealed it
`;

const number = (/** @type {number} */ value) => value.toLocaleString('en');

await runScript(async () => {
  const { values } = readArguments({ ...SYSTEM_OPTION, lake: { type: 'string' }, sealed: { type: 'boolean' } }, HELP);
  const systems = systemsOf(values.system);
  const lake = lakeFolder(values.lake);
  if (systems.includes('member_risk')) {
    if (values.sealed) await checkSeal(lake);
    const { loaded, unchanged, removed, raw, clean, rejected } = await load(lake);
    process.stdout.write(
      `loaded ${number(loaded)} partitions (${number(unchanged)} unchanged, ${number(removed)} removed): ` +
        `${number(raw)} raw rows = ${number(clean)} clean + ${number(rejected)} rejected\n`,
    );
  }
  if (systems.includes('customer_risk')) {
    const { raw, clean, rejected, pages } = await loadCustomerRisk(lake);
    process.stdout.write(
      `loaded an extract of ${number(pages)} pages: ${number(raw)} raw records = ${number(clean)} clean + ${number(rejected)} rejected\n`,
    );
  }
  if (systems.includes('financial_analytics')) {
    const { raw, clean, rejected } = await loadFinancialAnalytics(lake);
    process.stdout.write(
      `loaded an extract of the bank: ${number(raw)} raw rows = ${number(clean)} clean + ${number(rejected)} rejected\n`,
    );
  }
  if (systems.includes('revenue_operations')) {
    const { loaded, unchanged, raw, clean, rejected } = await loadRevenueOperations(lake);
    process.stdout.write(
      `loaded ${number(loaded)} files of the card issuer (${number(unchanged)} unchanged): ` +
        `${number(raw)} raw records = ${number(clean)} clean + ${number(rejected)} rejected\n`,
    );
  }
});
