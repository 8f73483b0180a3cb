import type { Adapter, AdapterPlugin } from '../adapters/base/adapter.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import type { ReadObserver } from './reads.js';

/** What is the same for every template of one invocation. */
export interface Invocation {
  readonly config: RuntimeConfig;
  readonly adapter: Adapter;
  readonly plugin: AdapterPlugin;
  /** While parsing: is told what templates read beside their own text. */
  readonly reads?: ReadObserver;
  /** `log()`: to the log file, with `info` to the console too. */
  log(message: string, info: boolean, uniqueId: string | null): void;
  /** `print()`: to standard output as it is. */
  print(message: string): void;
  /** `exceptions.warn()` and dbt's own warnings from macros. */
  warn(message: string, uniqueId: string | null, name?: string): void;
}
