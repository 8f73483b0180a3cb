import { fileURLToPath } from 'node:url';

/** The internal package `dbt`: the macros, materializations and tests that every project has. */
export const BUILTIN_PACKAGE = {
  name: 'dbt',
  /** Absolute; its macros are below `macros/`. */
  directory: fileURLToPath(new URL('.', import.meta.url)).replace(/[/\\]$/, ''),
};
