import { generateCustomerRisk } from './customer_risk/generate.mjs';
import { generateFinancialAnalytics } from './financial_analytics/generate.mjs';
import { generate } from './member_risk/generate.mjs';
import {
  lakeFolder,
  readArguments,
  runScript,
  SYSTEM_OPTION,
  systemsOf,
  WORLD_OPTIONS,
  worldOptions,
} from './options.mjs';
import { generateRevenueOperations } from './revenue_operations/generate.mjs';
import { writeSalt } from './salt.mjs';

const HELP = `Writes the flagship's raw files as their sources deliver them. The same options give the same bytes.

  node project/generate/main.mjs [options]

  --system <name>         member_risk (daily CSV in <lake>/landing), customer_risk (an API extract in JSON in
                          <lake>/customer_risk/landing), financial_analytics (a bank's extract in CSV in
                          <lake>/financial_analytics/landing), revenue_operations (ten years of card transactions in CSV
                          and JSON in <lake>/revenue_operations/landing); all of them without it
  --scale <name|members>  tiny (1,000 members, 30 days; 60 customers; 5,000 card transactions), small (2,000, 60; 208; 20,000; the
                          default), medium (10,000, 90; 5,000; 250,000), million (40,000, 90: about a million transactions; 100,000;
                          a million), full (86,000, 365: about ten million; 100,000; 13,305,915 and 8,914,963 labels), or a number of
                          members, with a tenth as many customers and ten times as many card transactions; the bank has as many
                          customers as there are members
  --days <n>              how many days from the first one; a further day leaves the earlier ones as they are
  --until <date>          the same, as the last day (card transactions are always of 2010-01-01 to 2019-10-31)
  --seed <n>              default 20250101
  --start <date>          the first day, default 2025-01-01
  --lake <folder>         default project/lake, or FLAGSHIP_LAKE
`;

/** @param {Record<string, number>} rows */
const listed = (rows) =>
  Object.entries(rows)
    .map(([entity, count]) => `${count.toLocaleString('en')} ${entity}`)
    .join(', ');

await runScript(async () => {
  const { values } = readArguments({ ...WORLD_OPTIONS, ...SYSTEM_OPTION, lake: { type: 'string' } }, HELP);
  const systems = systemsOf(values.system);
  const options = worldOptions(values);
  const lake = lakeFolder(values.lake);
  if (systems.includes('customer_risk') || systems.includes('revenue_operations')) await writeSalt(lake);
  if (systems.includes('member_risk')) {
    const result = await generate(lake, options);
    process.stdout.write(`generated ${result.days} days: ${listed(result.rows)} (raw rows)\n`);
  }
  if (systems.includes('customer_risk')) {
    const rows = await generateCustomerRisk(lake, options);
    process.stdout.write(`generated an extract: ${listed(rows)} (raw records)\n`);
  }
  if (systems.includes('financial_analytics')) {
    const rows = await generateFinancialAnalytics(lake, options);
    process.stdout.write(`generated an extract of the bank: ${listed(rows)} (raw rows)\n`);
  }
  if (systems.includes('revenue_operations')) {
    const rows = await generateRevenueOperations(lake, options);
    process.stdout.write(`generated an extract of the card issuer: ${listed(rows)} (raw records)\n`);
  }
});
