import { type EventEntry, entry } from '../entry.js';
import type { Paint } from '../level.js';
import { lineWrap } from '../line-wrap.js';

/** Data of a warning: its text, and where tsdbt knows them its place (`path:line:column`) and what to do. */
export interface WarningData {
  readonly msg: string;
  readonly place?: string;
  /** The code of the catalogue. */
  readonly code?: string;
  readonly hint?: string;
}

/** Place, code and hint below a warning's text. */
export function warningTail(data: WarningData, paint: Paint): string {
  const code = data.code ? ` [${data.code}]` : '';
  const place = data.place ? `\n  ${paint.dim('-->')} ${data.place}${code}` : '';
  return data.hint ? `${place}\n  hint: ${data.hint}` : place;
}

function plain(code: string): EventEntry<WarningData> {
  return entry<WarningData>(code, 'warn', (d, paint) => `${d.msg}${warningTail(d, paint)}`);
}

function tagged(code: string): EventEntry<WarningData> {
  return entry<WarningData>(
    code,
    'warn',
    (d, paint) => `[${paint.yellow('WARNING')}]: ${d.msg}${warningTail(d, paint)}`,
  );
}

function wrapped(code: string): EventEntry<WarningData> {
  return entry<WarningData>(
    code,
    'warn',
    (d, paint, width) => `${lineWrap(`[${paint.yellow('WARNING')}]: ${d.msg}`, width)}${warningTail(d, paint)}`,
  );
}

/** A warning about what the project deprecates: like any other, unless the flag `require_event_names_in_deprecations` asks for the name. */
function deprecated(name: string, code: string): EventEntry<WarningData> {
  return entry<WarningData>(code, 'warn', (d, paint, width, names) => {
    const tag = `[${paint.yellow('WARNING')}]`;
    const text = names ? lineWrap(`${tag}[${name}]: Deprecated functionality\n\n${d.msg}`, width) : `${tag}: ${d.msg}`;
    return `${text}${warningTail(d, paint)}`;
  });
}

/** Warnings by dbt's names, which `--warn-error-options` uses. */
export const WARNING_EVENTS = {
  AdapterEventWarning: plain('E003'),
  ConstraintNotEnforced: wrapped('E048'),
  ConstraintNotSupported: wrapped('E049'),
  DeprecatedModel: deprecated('DeprecatedModel', 'I065'),
  DeprecatedReference: tagged('I067'),
  DepsScrubbedPackageName: plain('M035'),
  DepsUnpinned: plain('M029'),
  FreshnessConfigProblem: plain('I073'),
  InvalidConcurrentBatchesConfig: wrapped('I075'),
  InvalidMacroAnnotation: plain('I076'),
  InvalidValueForField: plain('I008'),
  JinjaLogWarning: plain('I061'),
  MacroNotFoundForPatch: tagged('I059'),
  MicrobatchModelNoEventTimeInputs: tagged('I074'),
  NoNodeForYamlKey: tagged('I058'),
  NoNodesForSelectionCriteria: entry<{ spec_raw: string }>(
    'M030',
    'warn',
    (d) => `The selection criterion '${d.spec_raw}' does not match any enabled nodes`,
  ),
  NoNodesSelected: plain('Q038'),
  InvalidDisabledTargetInTestNode: tagged('I050'),
  NodeNotFoundOrDisabled: tagged('I060'),
  NothingToDo: entry<Record<string, never>>(
    'Q035',
    'warn',
    () => 'Nothing to do. Try checking your model configs and model specification args',
  ),
  PackageNodeDependsOnRootProjectNode: tagged('I077'),
  SeedExceedsLimitAndPathChanged: plain('I054'),
  SeedExceedsLimitChecksumChanged: plain('I055'),
  SeedExceedsLimitSamePath: plain('I053'),
  SeedIncreased: plain('I052'),
  SemanticValidationFailure: plain('I070'),
  SnapshotTimestampWarning: plain('Q043'),
  /** No deprecation that dbt counts; `ResourceNamesWithSpacesDeprecation` is. */
  SpacesInResourceNameDeprecation: tagged('D014'),
  UnsupportedConstraintMaterialization: wrapped('I068'),
  UnusedResourceConfigPath: tagged('I051'),
  UnusedTables: tagged('I056'),
  /** tsdbt's own: a warning that dbt has no name for. */
  UnnamedWarning: tagged('T004'),
  UnversionedBreakingChange: tagged('I071'),
  UpcomingReferenceDeprecation: tagged('I066'),
  ValidationWarning: tagged('I009'),
  WarnStateTargetEqual: entry<{ state_path: string }>('I072', 'warn', (d, paint) =>
    paint.yellow(
      `Warning: The state and target directories are the same: '${d.state_path}'. This could lead to missing changes due to overwritten state including non-idempotent retries.`,
    ),
  ),
  WrongResourceSchemaFile: wrapped('I057'),
} as const;

export type WarningName = keyof typeof WARNING_EVENTS;
