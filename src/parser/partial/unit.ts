import type { ConfigWarning } from '../../config/warnings.js';
import type { ReadKind } from '../../context/reads.js';

/** Something that parsing a unit has put into one of the manifest builder's tables. */
export interface Item {
  /** The table. */
  readonly table: string;
  readonly key: string;
  readonly value: unknown;
}

/**
 * A part of the project that is parsed by itself and whose result can be kept: a file of SQL, seeds, docs or macros, the
 * head of a properties file, one entry of it, one table of a source, the hooks of a package.
 */
export class Unit {
  readonly id: string;
  /** The hash of the contents of its file. */
  readonly hash: string;
  /** The hash of its entry in a properties file, to know it again when something else of the file has changed. */
  signature: string | null;
  /** Names of resources that it defines, describes or looks for. Units with a name in common are parsed together. */
  readonly names = new Set<string>();
  /** What its templates looked at: `readKey`s. */
  readonly reads = new Set<string>();
  readonly warnings: ConfigWarning[] = [];
  readonly items: Item[] = [];
  /** What a macro file defines, or what an entry says of a macro. */
  readonly extras: unknown[] = [];
  /** Whether it must be parsed each time. */
  volatile = false;

  constructor(id: string, hash: string, signature: string | null) {
    this.id = id;
    this.hash = hash;
    this.signature = signature;
  }
}

/** The id of a file's unit. */
export function unitId(kind: string, file: { readonly id: string; readonly searched: string }): string {
  return `${kind}|${file.id}|${file.searched}`;
}

/** The id of a unit within another: an entry of a properties file, a table of a source. */
export function unitWithin(id: string, ...path: readonly (string | number)[]): string {
  return [id, ...path].join('\0');
}

/** The part of an id that names the file. */
export function fileOfUnit(id: string): string {
  return id.split('\0', 1)[0] as string;
}

/** The part of an id that names the entry of a properties file. */
export function entryOfUnit(id: string): string {
  return id.split('\0', 3).join('\0');
}

/** A read as one text. */
export function readKey(kind: ReadKind, scope: string, name: string): string {
  return `${kind}\0${scope}\0${name}`;
}

/** The parts of a `readKey`. */
export function readParts(key: string): readonly [kind: ReadKind, scope: string, name: string] {
  const [kind = '', scope = '', ...name] = key.split('\0');
  return [kind as ReadKind, scope, name.join('\0')];
}
