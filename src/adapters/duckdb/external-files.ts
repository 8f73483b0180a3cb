import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type DictLike, dictEntries, dictGet, dictHas, dictSet, pyStr, truthy } from '../../jinja/values.js';
import { schemeOf } from './attachment.js';
import type { Filling } from './directory-swap.js';

const COMPRESSIONS: { readonly [extension: string]: string } = { '.gz': 'gzip', '.zst': 'zstd' };
const QUOTED = new Set(['delimiter', 'quote', 'escape', 'null']);

/**
 * The options of `COPY … TO` for an external model. What the file's name says of format and compression is put into
 * `options` itself, where the materialization reads it.
 */
export function writeOptions(location: string, options: DictLike): string {
  if (!dictHas(options, 'format')) {
    let extension = extname(location).toLowerCase();
    const compression = COMPRESSIONS[extension];
    if (compression !== undefined) extension = extname(location.slice(0, -extension.length)).toLowerCase();
    if (extension !== '') {
      dictSet(options, 'format', extension.slice(1));
      if (compression !== undefined && !dictHas(options, 'compression')) dictSet(options, 'compression', compression);
    } else dictSet(options, 'format', dictHas(options, 'delimiter') ? 'csv' : 'parquet');
  }
  if (dictGet(options, 'format') === 'csv' && !dictHas(options, 'header')) dictSet(options, 'header', 1);
  if (dictHas(options, 'partition_by')) {
    const columns = pyStr(dictGet(options, 'partition_by'));
    if (columns.includes(',') && !columns.startsWith('(')) dictSet(options, 'partition_by', `(${columns})`);
  }
  const parts: string[] = [];
  for (const [key, value] of dictEntries(options)) {
    const text = pyStr(value);
    const quote = QUOTED.has(pyStr(key).toLowerCase()) && !text.startsWith("'");
    parts.push(quote ? `${pyStr(key)} '${text}'` : `${pyStr(key)} ${text}`);
  }
  return parts.join(', ');
}

/** Options with which DuckDB writes several files, or that say themselves how one is written. */
const NOT_ASIDE = /\b(?:use_tmp_file|partition_by|per_thread_output|file_size_bytes|row_groups_per_file)\b/i;

/**
 * The options of `COPY … TO` with which one file is written aside and renamed when it is whole. DuckDB does so by itself
 * only for a file that is there already: a new one that a killed process began would be left half-written.
 */
export function copyOptions(
  location: string,
  options: string,
): { readonly text: string; readonly aside: string | null } {
  if (schemeOf(location) !== '' || /^\/dev\//.test(location) || NOT_ASIDE.test(options)) {
    return { text: options, aside: null };
  }
  const text = [options, 'use_tmp_file true'].filter((part) => part !== '').join(', ');
  return { text, aside: join(dirname(location), `tmp_${basename(location)}`) };
}

/** Options with which the location is a directory that DuckDB fills. */
const SEVERAL = /\b(?:partition_by|per_thread_output\s+(?:true|1)|file_size_bytes)\b/i;

/**
 * How the directory of a model that writes several files is filled from one beside it; null when it is written in its place:
 * one file, one that is not of this machine, or a directory with files in it and no option for that, which DuckDB refuses.
 *
 * @param location Absolute.
 */
export function fillingOf(location: string, options: string): Filling | null {
  if (schemeOf(location) !== '' || !SEVERAL.test(options)) return null;
  if (/\b(?:overwrite_or_ignore|append)\b(?!\s+(?:false|0))/i.test(options)) return 'add';
  if (/\boverwrite\b(?!\s+(?:false|0))/i.test(options)) return 'replace';
  return existsSync(location) && readdirSync(location).length > 0 ? null : 'replace';
}

/** Where the written files are read from: the file itself, or a pattern of them when there are several. */
export function readLocation(location: string, options: DictLike): string {
  const partitions = dictGet(options, 'partition_by');
  if (!truthy(partitions) && !truthy(dictGet(options, 'per_thread_output'))) return location;
  const levels = truthy(partitions) ? pyStr(partitions).split(',').length : 0;
  const format = dictHas(options, 'format') ? pyStr(dictGet(options, 'format')) : 'parquet';
  return `${[location, '*', ...Array.from({ length: levels }, () => '*')].join('/')}.${format}`;
}
