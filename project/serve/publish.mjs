import { readArguments, runScript, UsageError } from '../generate/options.mjs';
import { publishTable, RETENTION_HELP, RETENTION_OPTIONS, retentionOf } from './publish-table.mjs';
import { publishedFolder, TABLE } from './tables.mjs';
import { openWarehouse, WAREHOUSE_HELP, WAREHOUSE_OPTIONS } from './warehouse.mjs';

const HELP = `Publishes ${TABLE} as Parquet for other processes: a version of its own, written aside, checked, switched by one rename.
Readers that have begun with an older version keep its files.

  node project/serve/publish.mjs [options]

  --refresh               builds the model anew before
${RETENTION_HELP}${WAREHOUSE_HELP}`;

await runScript(async () => {
  const { values, positionals } = readArguments(
    { ...WAREHOUSE_OPTIONS, ...RETENTION_OPTIONS, refresh: { type: 'boolean' } },
    HELP,
  );
  if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`);
  const retention = retentionOf(values);
  const warehouse = await openWarehouse(values);
  try {
    const connection = await warehouse.connect();
    if (values.refresh) {
      const seconds = await warehouse.refresh((await warehouse.servedVersion(connection)) + 1);
      process.stdout.write(`refreshed ${TABLE} in ${seconds.toFixed(1)} s\n`);
    }
    const began = performance.now();
    const folder = values.out ?? publishedFolder(warehouse.lake);
    const { version, rows, bytes, files, removed, held } = await publishTable(connection, folder, retention);
    const kept = held.length > 0 ? `, ${held.join(', ')} kept for their readers` : '';
    process.stdout.write(
      `published ${version}: ${rows.toLocaleString('en')} rows, ${files} files, ${(bytes / 1e6).toFixed(1)} MB in ` +
        `${((performance.now() - began) / 1000).toFixed(1)} s; ${removed.length} old versions removed${kept}\n${folder}\n`,
    );
  } finally {
    warehouse.close();
  }
});
