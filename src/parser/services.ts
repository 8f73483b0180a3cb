import type { ConfigWarning } from '../config/warnings.js';
import type { Invocation } from '../context/invocation.js';
import type { MacroTable } from '../context/macro-table.js';
import type { ParsePhase } from '../context/parse-context.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import type { ModuleFiles } from '../typescript/module-files.js';
import type { ConfigResolver } from './config/resolver.js';
import type { ManifestBuilder } from './manifest-builder.js';
import type { NodeDraft } from './nodes/draft.js';
import type { Units } from './partial/units.js';

/** What the parts of the parser share. */
export interface ParserServices {
  readonly config: RuntimeConfig;
  readonly invocation: Invocation;
  readonly macros: MacroTable;
  readonly phase: ParsePhase<NodeDraft>;
  readonly resolver: ConfigResolver;
  readonly builder: ManifestBuilder;
  readonly units: Units;
  /** TypeScript models and what they import. */
  readonly modules: ModuleFiles;
  readonly warn: (warning: ConfigWarning) => void;
  /** Seconds since the epoch. */
  readonly now: () => number;
}
