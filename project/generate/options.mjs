// The command line shared by the flagship's scripts: where the lake is, and the size of the world.

import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatDay, parseDay } from './calendar.mjs';

/** The root of the dbt project. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Named scales: members, days, customers, transactions and clients of the card issuer. A number of members may be given instead. */
export const SCALES = Object.freeze(
  /** @type {Readonly<Record<string, {members: number, days: number, customers: number, cardTransactions: number, cardClients: number}>>} */ ({
    tiny: { members: 1_000, days: 30, customers: 60, cardTransactions: 5_000, cardClients: 60 },
    small: { members: 2_000, days: 60, customers: 208, cardTransactions: 20_000, cardClients: 200 },
    medium: { members: 10_000, days: 90, customers: 5_000, cardTransactions: 250_000, cardClients: 500 },
    million: { members: 40_000, days: 90, customers: 100_000, cardTransactions: 1_000_000, cardClients: 1_000 },
    // What the pages that the systems follow have, or more: ten million transactions of members, thirteen million of cards with nine million labels.
    full: { members: 86_000, days: 365, customers: 100_000, cardTransactions: 13_305_915, cardClients: 2_000 },
  }),
);

export const DEFAULTS = Object.freeze({ scale: 'small', seed: 20_250_101, start: '2025-01-01' });

/** The flagship's systems, in the order in which they run. */
export const SYSTEMS = Object.freeze(
  /** @type {const} */ (['member_risk', 'customer_risk', 'financial_analytics', 'revenue_operations']),
);

export const SYSTEM_OPTION = Object.freeze(/** @type {const} */ ({ system: { type: 'string' } }));

/** A mistake of the caller: printed without a stack. */
export class UsageError extends Error {}

/** @typedef {import('./member_risk/members.mjs').World & { days: number, customers: number, cardTransactions: number, cardClients: number }} Options the world, how many of its days are wanted, and the sizes of the other systems */

/** What `parseArgs` needs to know about the options of the generator. */
export const WORLD_OPTIONS = Object.freeze(
  /** @type {const} */ ({
    scale: { type: 'string' },
    seed: { type: 'string' },
    start: { type: 'string' },
    days: { type: 'string' },
    until: { type: 'string' },
  }),
);

/** The system asked for, or all of them. @param {string | undefined} given @returns {readonly string[]} */
export function systemsOf(given) {
  if (given === undefined) return SYSTEMS;
  if (!SYSTEMS.some((name) => name === given))
    throw new UsageError(`--system must be one of ${SYSTEMS.join(', ')}, not '${given}'`);
  return [given];
}

/** @param {string} name @param {string} text @param {number} least */
function whole(name, text, least) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`--${name} must be a whole number of at least ${least}, not '${text}'`);
  return value;
}

/** @param {string} name @param {string} text */
function day(name, text) {
  try {
    return parseDay(text);
  } catch {
    throw new UsageError(`--${name} must be a date like 2025-01-31, not '${text}'`);
  }
}

/** @param {{scale?: string, seed?: string, start?: string, days?: string, until?: string}} given @returns {Options} */
export function worldOptions(given) {
  const scale = given.scale ?? DEFAULTS.scale;
  const named = Object.hasOwn(SCALES, scale) ? SCALES[scale] : undefined;
  if (!named && !/^\d+$/.test(scale)) {
    throw new UsageError(
      `--scale must be a number of members or one of ${Object.keys(SCALES).join(', ')}, not '${scale}'`,
    );
  }
  if (given.days !== undefined && given.until !== undefined)
    throw new UsageError('--days and --until exclude each other');
  const members = named?.members ?? whole('scale', scale, 1);
  const seed = whole('seed', given.seed ?? String(DEFAULTS.seed), 0);
  const start = day('start', given.start ?? DEFAULTS.start);
  let days = given.days === undefined ? (named?.days ?? SCALES.small.days) : whole('days', given.days, 1);
  if (given.until !== undefined) {
    days = day('until', given.until) - start + 1;
    if (days < 1) throw new UsageError(`--until ${given.until} is before the first day, ${formatDay(start)}`);
  }
  return {
    members,
    seed,
    start,
    days,
    customers: named?.customers ?? Math.max(20, Math.ceil(members / 10)),
    cardTransactions: named?.cardTransactions ?? members * 10,
    cardClients: named?.cardClients ?? Math.max(20, Math.ceil(members / 10)),
  };
}

/** The lake's folder: the option, then FLAGSHIP_LAKE, then project/lake. @param {string | undefined} given */
export function lakeFolder(given) {
  const chosen = given ?? process.env.FLAGSHIP_LAKE;
  return chosen ? resolve(chosen) : join(ROOT, 'project', 'lake');
}

/**
 * Reads the command line; prints `help` and ends the process when asked to.
 * @template {import('node:util').ParseArgsConfig['options']} T
 * @param {T} options @param {string} help @param {string[]} [args]
 */
export function readArguments(options, help, args = process.argv.slice(2)) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (/** @type {Record<string, unknown>} */ (values).help) {
      process.stdout.write(help);
      process.exit(0);
    }
    return { values: /** @type {Record<string, string | undefined>} */ (values), positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Runs a script's main function; a caller's mistake ends with status 2, anything else with 1. @param {() => Promise<void>} main */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n(--help lists the options)\n`);
      process.exitCode = 2;
    } else {
      process.stderr.write(
        `${error instanceof Error ? (error.name === 'LakeError' ? error.message : error.stack) : error}\n`,
      );
      process.exitCode = 1;
    }
  }
}
