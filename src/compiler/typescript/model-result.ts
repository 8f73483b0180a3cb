import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { RowObject } from '../../adapters/base/rows.js';
import { DbtError } from '../../diagnostics/errors.js';

/** What a model returned. */
export type ReturnedResult =
  | { readonly kind: 'query'; readonly sql: string }
  | { readonly kind: 'rows'; readonly rows: Iterable<unknown> | AsyncIterable<unknown> }
  | { readonly kind: 'parquet'; readonly paths: readonly string[] }
  | { readonly kind: 'parquet-bytes'; readonly bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array> };

const HINT = 'Return a query (a string), rows (an array, an iterable or an async iterable of objects) or { parquet }.';

/** Tells what a model returned. */
export function resultOf(value: unknown, root: string): ReturnedResult {
  if (typeof value === 'string') {
    if (value.trim() === '') throw wrong('an empty text');
    return { kind: 'query', sql: value };
  }
  if (typeof value !== 'object' || value === null) throw wrong(value === undefined ? 'nothing' : String(value));
  if (isIterable(value)) return { kind: 'rows', rows: value };
  if (!('parquet' in value)) throw wrong('an object that is neither rows nor { parquet }');
  const { parquet } = value;
  if (parquet instanceof Uint8Array) return { kind: 'parquet-bytes', bytes: [parquet] };
  const paths = Array.isArray(parquet) ? parquet : [parquet];
  if (paths.length > 0 && paths.every((path) => typeof path === 'string' || path instanceof URL)) {
    return { kind: 'parquet', paths: paths.map((path) => placeOf(path, root)) };
  }
  if (typeof parquet === 'object' && parquet !== null && Symbol.asyncIterator in parquet) {
    return { kind: 'parquet-bytes', bytes: parquet as AsyncIterable<Uint8Array> };
  }
  throw wrong('{ parquet } without a path, bytes or a stream of bytes');
}

function wrong(what: string): DbtError {
  return new DbtError('typescript-result', `The model returned ${what}`, { hint: HINT });
}

function isIterable(value: object): value is Iterable<unknown> | AsyncIterable<unknown> {
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}

/** A path relative to the project; URLs as they are. */
function placeOf(path: string | URL, root: string): string {
  if (path instanceof URL) return path.protocol === 'file:' ? fileURLToPath(path) : path.href;
  return isAbsolute(path) || /^[a-z][\w+.-]+:/i.test(path) ? path : resolve(root, path);
}

/**
 * The rows in chunks: a row by itself, an array of rows, or anything iterable that a row is not, e.g. a record batch. Stops when
 * `signal` is aborted, also while the model is waiting for something, and after `limit` rows.
 */
export async function* rowChunks(
  rows: Iterable<unknown> | AsyncIterable<unknown>,
  signal: AbortSignal,
  limit: number | null,
): AsyncGenerator<readonly RowObject[], void, undefined> {
  const isAsync = Symbol.asyncIterator in rows;
  const iterator = isAsync ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let left = limit ?? Number.POSITIVE_INFINITY;
  let chunk: RowObject[] = [];
  let finished = false;
  try {
    while (left > 0) {
      const pending = iterator.next();
      const next = pending instanceof Promise ? await untilAborted(pending, signal) : pending;
      if (next.done) {
        finished = true;
        break;
      }
      const { value } = next;
      const many = typeof value === 'object' && value !== null && Symbol.iterator in value;
      for (const row of many ? (value as Iterable<RowObject>) : [value as RowObject]) {
        chunk.push(row);
        left -= 1;
        if (left === 0) break;
      }
      if (chunk.length < CHUNK) continue;
      refuseAborted(signal);
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  } finally {
    // A model that was left early is told so, but not waited for when the run was cancelled.
    if (!finished) {
      const ended = iterator.return?.();
      if (signal.aborted) void Promise.resolve(ended).catch(() => undefined);
      else await ended;
    }
  }
}

const CHUNK = 2048;

function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new DbtError('interrupted', 'The run was stopped while the model ran');
}

/** Waits for a promise of the model's, but not longer than the run goes on. */
export async function untilAborted<T>(pending: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  refuseAborted(signal);
  let listen: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    listen = () => reject(new DbtError('interrupted', 'The run was stopped while the model ran'));
    signal.addEventListener('abort', listen, { once: true });
  });
  try {
    return await Promise.race([pending, aborted]);
  } finally {
    if (listen) signal.removeEventListener('abort', listen);
  }
}

/** Writes bytes to a file of its own in a directory, and says how to remove it. */
export async function writeBytes(
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  directory: string,
  signal: AbortSignal,
): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, `rows-${randomBytes(6).toString('hex')}.parquet`);
  const remove = (): Promise<void> => rm(path, { force: true });
  try {
    await pipeline(bytes, createWriteStream(path, { flags: 'wx' }), { signal });
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
