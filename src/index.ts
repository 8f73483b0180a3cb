/**
 * The programmatic door of tsdbt.
 *
 * @example
 * ```ts
 * import { invoke } from 'tsdbt';
 * const result = await invoke(['build', '--select', 'customers+'], { cwd: '/path/to/project' });
 * for (const { unique_id, status } of result.results) console.log(unique_id, status);
 * ```
 */
export { type EventStream, isEventOf, streamEvents } from './cli/event-stream.js';
export { invoke } from './cli/invoke.js';
export type { ConsoleOutput, InvokeOptions, InvokeResult } from './cli/invoke-types.js';
export {
  type CompiledSql,
  type OpenDatabase,
  openProject,
  Project,
  type ProjectOptions,
  type SelectCriteria,
} from './cli/project.js';
export type * from './contracts/catalog.js';
export type * from './contracts/common.js';
export type * from './contracts/manifest.js';
export type * from './contracts/nodes.js';
export type * from './contracts/results.js';
export type * from './contracts/semantic.js';
export type * from './contracts/typescript-model.js';
export type * from './contracts/unit-test.js';
export type { DiagnosticCode } from './diagnostics/codes.js';
export { DbtError, DbtErrors, type Diagnostic, InternalError, isDbtError } from './diagnostics/errors.js';
export type { SourceSpan } from './diagnostics/span.js';
export type { EventData, EventName } from './events/catalogue.js';
export type { EventInfo, RunEvent } from './events/event.js';
export type { EventLevel } from './events/level.js';
