import { fileURLToPath } from 'node:url';

/** The internal package `dbt`: the macros, materializations and tests that every project has. */
export const BUILTIN_PACKAGE = {
  name: 'dbt',
  /** Absolute; its macros are below `macros/`. */
  directory: fileURLToPath(new URL('.', import.meta.url)).replace(/[/\\]$/, ''),
};

/** The directory of the project that `init` starts with. `__name__` and `__profile__` in its files stand for names. */
export const STARTER = fileURLToPath(new URL('./starter', import.meta.url));
