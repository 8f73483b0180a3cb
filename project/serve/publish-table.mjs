import { UsageError } from '../generate/options.mjs';
import { publish } from './published/publish.mjs';
import { PublishError } from './published/versions.mjs';
import { KEYS, LAYOUTS, SIZES, TABLE } from './tables.mjs';
import { numberOption } from './warehouse.mjs';

export const RETENTION_HELP = `  --out <folder>          default <lake>/revenue_operations/published/enriched_transactions
  --keep <n>              versions to keep, the one that is served among them (default 2)
  --keep-minutes <m>      and each that long after it was replaced (default 10); what a reader holds is kept in any case
`;

/** Retention by the command line. @param {Record<string, string | undefined>} values */
export function retentionOf(values) {
  return { keep: numberOption(values, 'keep', 2, 1), keepMinutes: numberOption(values, 'keep-minutes', 10) };
}

export const RETENTION_OPTIONS = Object.freeze(
  /** @type {const} */ ({ out: { type: 'string' }, keep: { type: 'string' }, 'keep-minutes': { type: 'string' } }),
);

/**
 * Publishes what the wide table has now.
 * @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} folder
 * @param {import('./published/retention.mjs').Retention} retention
 */
export async function publishTable(connection, folder, retention) {
  try {
    return await publish({ connection, table: TABLE, folder, layouts: LAYOUTS, keys: KEYS, retention, ...SIZES });
  } catch (error) {
    if (error instanceof PublishError) throw new UsageError(error.message);
    throw error;
  }
}
