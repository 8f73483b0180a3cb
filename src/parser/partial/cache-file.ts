import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '../../artifacts/write-file.js';
import type { Unit } from './unit.js';

/** The name of the file in the target directory. */
export const CACHE_FILE = 'partial_parse.tsdbt';

/** Changes whenever what is kept changes its form. */
const FORMAT = 1;
const MAGIC = `tsdbt partial parse ${FORMAT}\n`;
const HASH_LENGTH = 40;

/** What a kept parse as a whole depends on, by the reason that dbt gives when it can't use one. */
export type BaseKey = { readonly [part: string]: string };

/** A unit as the index of the file has it. */
export interface KeptUnit {
  readonly id: string;
  readonly hash: string;
  readonly signature: string | null;
  readonly volatile: boolean;
  readonly warns: boolean;
  readonly names: readonly string[];
  /** Numbers of the file's reads. */
  readonly reads: readonly number[];
  /** Where its result is in the body, in bytes. */
  readonly start: number;
  readonly end: number;
}

/** A parse that was kept. */
export interface KeptParse {
  readonly base: BaseKey;
  readonly salt: string;
  /** Everything that was read and the fingerprint of what it was. */
  readonly reads: readonly (readonly [key: string, print: string])[];
  /** The reads of the macros that name relations. */
  readonly naming: readonly number[];
  readonly units: ReadonlyMap<string, KeptUnit>;
  /** A unit's result as it stands in the file, JSON in ASCII. */
  text(unit: KeptUnit): string;
  /** A part of the file. */
  bytes(start: number, end: number): Uint8Array;
}

type Row = readonly [
  id: string,
  hash: string,
  signature: string | null,
  marks: number,
  length: number,
  names: readonly number[],
  reads: readonly number[],
];

interface Index {
  readonly base: BaseKey;
  readonly salt: string;
  readonly reads: readonly (readonly [string, string])[];
  readonly naming: readonly number[];
  readonly names: readonly string[];
  readonly units: readonly Row[];
}

const VOLATILE = 1;
const WARNS = 2;

/** Reads the file; null when there is none. Throws an Error that says what is wrong with it. */
export function readCache(path: string): KeptParse | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const head = MAGIC.length + HASH_LENGTH + 1;
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new Error('it is not of this version of tsdbt');
  if (bytes.toString('latin1', MAGIC.length, head - 1) !== sha1([bytes.subarray(head)]))
    throw new Error('it is damaged');
  const indexEnd = bytes.indexOf(10, head);
  const index = JSON.parse(bytes.toString('latin1', head, indexEnd)) as Index;
  const units = new Map<string, KeptUnit>();
  let start = indexEnd + 1;
  for (const [id, hash, signature, marks, length, names, reads] of index.units) {
    units.set(id, {
      id,
      hash,
      signature,
      volatile: (marks & VOLATILE) !== 0,
      warns: (marks & WARNS) !== 0,
      names: names.map((name) => index.names[name] as string),
      reads,
      start,
      end: start + length,
    });
    start += length;
  }
  return {
    base: index.base,
    salt: index.salt,
    reads: index.reads,
    naming: index.naming,
    units,
    text: ({ start: from, end }) => bytes.toString('latin1', from, end),
    bytes: (from, end) => bytes.subarray(from, end),
  };
}

/** A unit to be written: parsed now, or taken over with the hash of its file as it is now. */
export type UnitToWrite =
  | { readonly unit: Unit; readonly text: string | null }
  | { readonly kept: KeptUnit; readonly hash: string; readonly from: KeptParse };

export interface ParseToWrite {
  readonly base: BaseKey;
  readonly salt: string;
  /** What the macros that name relations have read. */
  readonly naming: readonly string[];
  readonly units: readonly UnitToWrite[];
  /** The fingerprint of what a read gives now. */
  readonly print: (key: string) => string;
}

/** Writes the file aside and renames it. Throws a DbtError `artifact-unwritable`. */
export async function writeCache(path: string, parse: ParseToWrite): Promise<void> {
  const names = new Numbers();
  const reads = new Numbers();
  const rows: Row[] = [];
  const body = new Body();
  for (const one of parse.units) {
    if ('unit' in one) {
      const { unit } = one;
      const text = ascii(one.text ?? '');
      const marks = (unit.volatile || one.text === null ? VOLATILE : 0) | (unit.warnings.length > 0 ? WARNS : 0);
      rows.push([unit.id, unit.hash, unit.signature, marks, text.length, names.of(unit.names), reads.of(unit.reads)]);
      body.add(text);
    } else {
      const { kept, from, hash } = one;
      const keys = kept.reads.map((read) => from.reads[read]?.[0] as string);
      const marks = kept.warns ? WARNS : 0;
      const length = kept.end - kept.start;
      rows.push([kept.id, hash, kept.signature, marks, length, names.of(kept.names), reads.of(keys)]);
      body.take(from, kept);
    }
  }
  const naming = reads.of(parse.naming);
  const index: Index = {
    base: parse.base,
    salt: parse.salt,
    reads: reads.values.map((key) => [key, parse.print(key)]),
    naming,
    names: names.values,
    units: rows,
  };
  const content = [Buffer.from(`${ascii(JSON.stringify(index))}\n`, 'latin1'), ...body.parts()];
  await writeFileAtomic(path, Buffer.concat([Buffer.from(`${MAGIC}${sha1(content)}\n`, 'latin1'), ...content]));
}

/** The results one after the other; those of an earlier file that stand side by side there are taken as one part. */
class Body {
  readonly #parts: Uint8Array[] = [];
  #texts: string[] = [];
  #from: KeptParse | undefined;
  #start = 0;
  #end = 0;

  add(text: string): void {
    this.#flush();
    this.#texts.push(text);
  }

  take(from: KeptParse, { start, end }: KeptUnit): void {
    if (this.#from && start === this.#end) {
      this.#end = end;
      return;
    }
    this.#flush();
    if (this.#texts.length > 0) this.#parts.push(Buffer.from(this.#texts.join(''), 'latin1'));
    this.#texts = [];
    this.#from = from;
    this.#start = start;
    this.#end = end;
  }

  parts(): readonly Uint8Array[] {
    this.#flush();
    if (this.#texts.length > 0) this.#parts.push(Buffer.from(this.#texts.join(''), 'latin1'));
    this.#texts = [];
    return this.#parts;
  }

  #flush(): void {
    if (this.#from) this.#parts.push(this.#from.bytes(this.#start, this.#end));
    this.#from = undefined;
  }
}

/** Numbers for texts, in the order in which they are first seen. */
class Numbers {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(texts: Iterable<string>): number[] {
    const numbers: number[] = [];
    for (const text of texts) {
      let number = this.#numbers.get(text);
      if (number === undefined) {
        number = this.values.length;
        this.#numbers.set(text, number);
        this.values.push(text);
      }
      numbers.push(number);
    }
    return numbers;
  }
}

function sha1(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

const BEYOND_ASCII = /[^\x00-\x7f]/g;

/** JSON in ASCII: places in the file are the same in bytes and characters. */
function ascii(json: string): string {
  return json.replace(BEYOND_ASCII, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
