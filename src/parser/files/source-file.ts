import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { FileHash } from '../../contracts/common.js';
import { DbtError } from '../../diagnostics/errors.js';
import { joinPath, stem, strip, strippedLines } from './text.js';

/** A seed above this many bytes is known by its path, not by its content. */
const MAXIMUM_SEED_SIZE = 1024 * 1024;

/** A file of a package, read at most once. */
export class SourceFile {
  readonly packageName: string;
  /** Absolute, of the package. */
  readonly root: string;
  /** The configured directory that it was found under, e.g. `models`. */
  readonly searched: string;
  /** Relative to that directory, with `/`. */
  readonly relative: string;
  /** Relative to the package's root. */
  readonly original: string;
  /** The path for diagnostics: relative to the root project. */
  readonly display: string;
  #text: string | undefined;
  #bytes: Buffer | undefined;
  #hash: string | undefined;

  constructor(options: {
    packageName: string;
    root: string;
    searched: string;
    relative: string;
    displayPrefix?: string;
    /** The text of what is no file. */
    text?: string;
  }) {
    this.#text = options.text;
    this.packageName = options.packageName;
    this.root = options.root;
    this.searched = options.searched;
    this.relative = options.relative;
    this.original = joinPath(options.searched, options.relative);
    this.display = (options.displayPrefix ?? '') + this.original.replace(/^\.\//, '');
  }

  get absolute(): string {
    return joinPath(this.root, this.original);
  }

  /** dbt's id of the file, e.g. in `patch_path`. */
  get id(): string {
    return `${this.packageName}://${this.original}`;
  }

  /** The name without its extension. */
  get name(): string {
    return stem(this.relative);
  }

  /** The text as it is on disk. */
  get text(): string {
    this.#text ??= decode(this.#read(), this.display);
    return this.#text;
  }

  /** The text as dbt takes it: without white space around it. */
  get contents(): string {
    return strip(this.text);
  }

  /** The line of the file on which `contents` begins, 1-based. */
  get firstLine(): number {
    return strippedLines(this.text) + 1;
  }

  /** A hash of the bytes, to know the file again. Of the same reading as `text`. */
  get hash(): string {
    this.#hash ??= createHash('sha1')
      .update(this.#text ?? this.#read())
      .digest('base64');
    return this.#hash;
  }

  /** The hash of a seed; a big one is known by its size and times, as its rows are not read while parsing. */
  get seedHash(): string {
    const { size, mtimeNs, ctimeNs } = statSync(this.absolute, { bigint: true });
    return size > MAXIMUM_SEED_SIZE ? `${size} ${mtimeNs} ${ctimeNs}` : this.hash;
  }

  #read(): Buffer {
    this.#bytes ??= readBytes(this.absolute, this.display);
    return this.#bytes;
  }

  /** dbt's checksum of a file's contents. */
  get checksum(): FileHash {
    return { name: 'sha256', checksum: sha256(this.contents) };
  }

  /** dbt's checksum of a seed: a big one is known by its path. */
  get seedChecksum(): FileHash {
    if (statSync(this.absolute).size > MAXIMUM_SEED_SIZE) return { name: 'path', checksum: this.original };
    return this.checksum;
  }
}

/** SHA-256 of a text in UTF-8, hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readBytes(path: string, display: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new DbtError('file-unreadable', `${display} can't be read: ${(error as Error).message}`, {
      span: { file: display, line: 1, column: 1 },
      cause: error,
    });
  }
}

function decode(bytes: Buffer, display: string): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new DbtError('file-unreadable', `${display} is not valid UTF-8`, {
      span: { file: display, line: 1, column: 1 },
      hint: 'Save the file in UTF-8.',
      cause: error,
    });
  }
}
