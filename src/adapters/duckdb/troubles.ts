import type { DiagnosticCode } from '../../diagnostics/codes.js';

/** What is wrong when it is not the SQL: a disk, a file, memory. */
export interface Trouble {
  readonly code: DiagnosticCode;
  readonly hint: string;
}

/** By the words of DuckDB's message, and of the system's that are in it; the first that fits. `$1` is what a group found. */
const TROUBLES: readonly (Trouble & { readonly words: RegExp })[] = [
  {
    words: /No space left on device|Disk quota exceeded|File too large|not enough space on the disk/i,
    code: 'disk-full',
    hint: 'Make room and run again: what this statement had begun was taken back. Spilled data go where `temp_directory` says, a setting of the profile.',
  },
  {
    words: /^Out of Memory Error/,
    code: 'out-of-memory',
    hint: "Raise `memory_limit` below the profile's `settings`, run fewer nodes at a time with --threads, or give DuckDB a folder for what does not fit: `temp_directory` and `max_temp_directory_size`.",
  },
  {
    words: /we can only read versions? |newer version of DuckDB|was created with a newer/i,
    code: 'database-too-new',
    hint: 'A newer DuckDB has written it. Update tsdbt, or copy it with that DuckDB: ATTACH … (STORAGE_VERSION …) and COPY FROM DATABASE.',
  },
  {
    words: /The file "([^"]+)" exists, but it is not a valid DuckDB database file/,
    code: 'database-corrupt',
    hint: 'If $1 is no database, correct the path; if it was one, restore it. Nothing was written to it.',
  },
  {
    words:
      /Corrupt database file|Could not read enough bytes from file "[^"]+": attempted to read|Failure while replaying WAL/,
    code: 'database-corrupt',
    hint: 'The file has been damaged or cut off, as by a copy that was not finished. Restore it, or remove it and build anew. Nothing was written to it.',
  },
  {
    words: /has been invalidated because of a previous fatal error/,
    code: 'database-invalidated',
    hint: 'After an earlier error of this run DuckDB takes no more statements: see the first one, and run again.',
  },
  {
    words: /No files found that match the pattern "([^"]+)"/,
    code: 'data-file-missing',
    hint: "There is no such file. A relative path starts at the directory in which tsdbt was called: '$1'.",
  },
  {
    words:
      /(?:No magic bytes found at end of file|Footer length error in file|too small to be a Parquet file|^Invalid Input Error: Failed to read file "|Malformed JSON in file|CSV Error on Line|Error when sniffing file)/,
    code: 'data-file-invalid',
    hint: 'The file is damaged, was cut off or is of another format; the engine names it and the place. Nothing was built from it.',
  },
  {
    words: /Read-only file system|Permission denied|Access is denied/i,
    code: 'file-access',
    hint: 'Check the permissions of the file and its directory. A database that is only read needs `config_options: {access_mode: read_only}` in the profile.',
  },
];

/** The trouble that an engine's message tells of, if it is one. */
export function troubleOf(message: string): Trouble | undefined {
  for (const { words, code, hint } of TROUBLES) {
    const found = words.exec(message);
    if (found) return { code, hint: hint.replace('$1', found[1] ?? '') };
  }
  return undefined;
}
