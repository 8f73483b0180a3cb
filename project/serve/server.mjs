// Answers look-ups over HTTP while it refreshes the wide table: the writing process serves, on connections of its own.

import { createServer } from 'node:http';
import { readArguments, runScript, UsageError } from '../generate/options.mjs';
import { publishTable, RETENTION_HELP, RETENTION_OPTIONS, retentionOf } from './publish-table.mjs';
import { LOOKUPS, publishedFolder, TABLE } from './tables.mjs';
import { numberOption, openWarehouse, WAREHOUSE_HELP, WAREHOUSE_OPTIONS } from './warehouse.mjs';

const HELP = `Serves look-ups of ${TABLE} over HTTP and refreshes it without downtime: until the new table is whole, the old one answers.

  node project/serve/server.mjs [options]

  GET  /lookup?client_id=77                  what a client did
  GET  /lookup?client_id=77&month=2019-03    in a month
  GET  /lookup?mcc=5411&day=2019-03-01       what was paid at merchants of a category on a day
  GET  /status                               the version that is served, and how the last refresh ended
  POST /refresh                              builds the model anew; answers when the new table is served

  --port <n>              default 8321
  --host <address>        default 127.0.0.1: there are no users or passwords here
  --every <minutes>       refreshes by itself
  --publish               publishes Parquet after each refresh, as publish.mjs does
  --connections <n>       look-ups that are answered at once (default 2)
${RETENTION_HELP}${WAREHOUSE_HELP}`;

/** A request that can't be answered as it is. */
class BadRequest extends Error {}

/** @param {URLSearchParams} query @param {string} name */
function whole(query, name) {
  const text = query.get(name) ?? '';
  if (!/^\d{1,9}$/.test(text)) throw new BadRequest(`${name} must be a whole number, not '${text}'`);
  return Number(text);
}

/** @param {URLSearchParams} query @param {string} name @param {RegExp} pattern @param {string} like */
function date(query, name, pattern, like) {
  const text = query.get(name) ?? '';
  if (!pattern.test(text) || Number.isNaN(Date.parse(text)))
    throw new BadRequest(`${name} must be like ${like}, not '${text}'`);
  return text;
}

/** The look-up that a query string asks for. @param {URLSearchParams} query */
export function lookupOf(query) {
  const names = [...query.keys()].sort().join(' ');
  if (names === 'client_id') return LOOKUPS.client({ client_id: whole(query, 'client_id') });
  if (names === 'client_id month')
    return LOOKUPS.client_month({
      client_id: whole(query, 'client_id'),
      month: date(query, 'month', /^\d{4}-\d\d$/, '2019-03'),
    });
  if (names === 'day mcc')
    return LOOKUPS.mcc_day({ mcc: whole(query, 'mcc'), day: date(query, 'day', /^\d{4}-\d\d-\d\d$/, '2019-03-01') });
  throw new BadRequest('A look-up is client_id, client_id and month, or mcc and day');
}

/** Connections that take turns. @param {readonly import('./warehouse.mjs').Connection[]} connections */
function turns(connections) {
  const idle = [...connections];
  /** @type {((connection: import('./warehouse.mjs').Connection) => void)[]} */
  const waiting = [];
  return async (/** @type {string} */ sql) => {
    const connection = idle.pop() ?? (await new Promise((resolve) => waiting.push(resolve)));
    try {
      return (await connection.runAndReadAll(sql)).getRowObjectsJson();
    } finally {
      const next = waiting.shift();
      if (next) next(connection);
      else idle.push(connection);
    }
  };
}

await runScript(async () => {
  const { values, positionals } = readArguments(
    {
      ...WAREHOUSE_OPTIONS,
      ...RETENTION_OPTIONS,
      port: { type: 'string' },
      host: { type: 'string' },
      every: { type: 'string' },
      connections: { type: 'string' },
      publish: { type: 'boolean' },
    },
    HELP,
  );
  if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`);
  const port = numberOption(values, 'port', 8321);
  const every = numberOption(values, 'every', 0) * 60_000;
  const connections = numberOption(values, 'connections', 2, 1);
  const retention = retentionOf(values);
  const warehouse = await openWarehouse(values);
  const ending = new AbortController();
  try {
    const query = turns(await Promise.all(Array.from({ length: connections }, () => warehouse.connect())));
    const own = await warehouse.connect();
    const status = {
      served_version: await warehouse.servedVersion(own),
      refreshing: false,
      refreshed_at: /** @type {string | null} */ (null),
      seconds: /** @type {number | null} */ (null),
      published: /** @type {string | null} */ (null),
      error: /** @type {string | null} */ (null),
    };
    /** @type {Promise<void>} */
    let refreshing = Promise.resolve();

    const refresh = async () => {
      Object.assign(status, { refreshing: true, error: null });
      try {
        const version = status.served_version + 1;
        const seconds = await warehouse.refresh(version, ending.signal);
        Object.assign(status, { served_version: version, seconds, refreshed_at: new Date().toISOString() });
        if (values.publish) {
          const folder = values.out ?? publishedFolder(warehouse.lake);
          status.published = (await publishTable(own, folder, retention)).version;
        }
      } catch (error) {
        // What was served is served on; who watches sees it in /status and here.
        status.error = error instanceof Error ? error.message : String(error);
        process.stderr.write(`refresh failed: ${status.error}\n`);
      } finally {
        status.refreshing = false;
      }
    };

    /** @param {import('node:http').IncomingMessage} request @returns {Promise<[number, unknown]>} */
    const answer = async (request) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const route = `${request.method} ${pathname}`;
      if (route === 'GET /status') return [200, status];
      if (route === 'GET /lookup') {
        const { relation, where } = lookupOf(searchParams);
        return [200, await query(`select * from ${relation} where ${where}`)];
      }
      if (route === 'POST /refresh') {
        if (status.refreshing) return [409, { error: 'It is being refreshed already' }];
        refreshing = refresh();
        await refreshing;
        return [status.error === null ? 200 : 500, status];
      }
      return [404, { error: `There is no ${route}: --help lists what there is` }];
    };

    const server = createServer((request, response) => {
      answer(request)
        .catch((error) => {
          if (error instanceof BadRequest) return /** @type {[number, unknown]} */ ([400, { error: error.message }]);
          process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
          return /** @type {[number, unknown]} */ ([500, { error: 'It could not be answered: the log says why' }]);
        })
        .then(([code, body]) => {
          response.writeHead(code, { 'content-type': 'application/json' });
          response.end(`${JSON.stringify(body)}\n`);
        });
    });
    await new Promise((resolve, reject) => {
      server.once('error', (error) => reject(new UsageError(`Can't listen on port ${port}: ${error.message}`)));
      server.listen(port, values.host ?? '127.0.0.1', () => resolve(undefined));
    });
    const address = /** @type {import('node:net').AddressInfo} */ (server.address());
    process.stdout.write(
      `serving ${TABLE}, version ${status.served_version}, on http://${address.address}:${address.port}\n`,
    );
    const timer =
      every > 0
        ? setInterval(() => {
            if (!status.refreshing) refreshing = refresh();
          }, every)
        : undefined;

    await new Promise((resolve) => {
      for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, resolve);
    });
    clearInterval(timer);
    ending.abort();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    });
    await refreshing;
  } finally {
    warehouse.close();
  }
});
