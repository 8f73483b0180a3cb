// What a reader does without pause, and what it must find each time: one version, whole.

/** @typedef {import('@duckdb/node-api').DuckDBConnection} Connection */
/** @typedef {{ rows: string, ids: string, amount: string, clients: Record<string, string> }} Expected what every version has: they differ in `served_version` alone */
/** @typedef {{ reads: number, longest: number, versions: number[], wrong: string[], wrongCount: number, peakRss: number }} Reads `longest` in milliseconds, `peakRss` in bytes */

/** At most so many messages are kept. */
const KEPT = 5;

/** Of a table: rows, sums, and rows of some clients. @param {Connection} connection @param {string} relation @returns {Promise<Expected>} */
export async function expectedOf(connection, relation) {
  const [[rows, ids, amount] = []] = (
    await connection.runAndReadAll(
      `select count(*)::varchar, sum(transaction_id)::varchar, sum(amount)::varchar from ${relation}`,
    )
  ).getRowsJson();
  const clients = (
    await connection.runAndReadAll(
      `select client_id::varchar, count(*)::varchar from ${relation} group by client_id order by hash(client_id) limit 50`,
    )
  ).getRowsJson();
  return { rows: String(rows), ids: String(ids), amount: String(amount), clients: Object.fromEntries(clients) };
}

/**
 * Reads until `isOver`: the whole table, then what one client did, again and again.
 * @param {Expected} expected
 * @param {(client?: number) => Promise<{ relation: string, connection: Connection, done: () => Promise<void> }>} begin
 * @param {() => boolean} isOver
 * @returns {Promise<Reads>}
 */
export async function readUntil(expected, begin, isOver) {
  const clients = Object.entries(expected.clients);
  /** @type {Reads} */
  const reads = { reads: 0, longest: 0, versions: [], wrong: [], wrongCount: 0, peakRss: 0 };
  /** @param {string} what */
  const wrong = (what) => {
    reads.wrongCount += 1;
    if (reads.wrong.length < KEPT) reads.wrong.push(what);
  };
  let last = -1;
  for (let turn = 0; !isOver(); turn++) {
    const [client = '', count = ''] = clients[turn % clients.length] ?? [];
    const isWhole = turn % 2 === 0;
    const began = performance.now();
    try {
      const { relation, connection, done } = await begin(isWhole ? undefined : Number(client));
      try {
        const found = await connection.runAndReadAll(
          `select count(*)::varchar, sum(transaction_id)::varchar, sum(amount)::varchar, min(served_version), max(served_version),
            (select max(served_version) from ${relation}) from ${relation} ${isWhole ? '' : `where client_id = ${client}`}`,
        );
        const [[rows, ids, amount, least, greatest, again] = []] = found.getRowsJson();
        const version = Number(least);
        if (isWhole && (rows !== expected.rows || ids !== expected.ids || amount !== expected.amount))
          wrong(
            `rows ${rows}, ids ${ids}, amount ${amount} in place of ${expected.rows}, ${expected.ids}, ${expected.amount}`,
          );
        else if (!isWhole && rows !== count) wrong(`client ${client} has ${rows} rows in place of ${count}`);
        else if (least !== greatest || least !== again)
          wrong(`versions ${least}, ${greatest} and ${again} in one query`);
        else if (version < last) wrong(`version ${version} after ${last}`);
        if (version > last) reads.versions.push(version);
        last = Math.max(last, version);
      } finally {
        await done();
      }
    } catch (error) {
      wrong(error instanceof Error ? error.message : String(error));
    }
    reads.reads += 1;
    reads.longest = Math.max(reads.longest, performance.now() - began);
    reads.peakRss = process.resourceUsage().maxRSS * 1024;
    // A turn for whoever says that it is over.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return reads;
}
