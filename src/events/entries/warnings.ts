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

function tail(data: WarningData, paint: Paint): string {
  const code = data.code ? ` [${data.code}]` : '';
  const place = data.place ? `\n  ${paint.dim('-->')} ${data.place}${code}` : '';
  return data.hint ? `${place}\n  hint: ${data.hint}` : place;
}

function plain(code: string): EventEntry<WarningData> {
  return entry<WarningData>(code, 'warn', (d, paint) => `${d.msg}${tail(d, paint)}`);
}

function tagged(code: string): EventEntry<WarningData> {
  return entry<WarningData>(code, 'warn', (d, paint) => `[${paint.yellow('WARNING')}]: ${d.msg}${tail(d, paint)}`);
}

function wrapped(code: string): EventEntry<WarningData> {
  return entry<WarningData>(
    code,
    'warn',
    (d, paint, width) => `${lineWrap(`[${paint.yellow('WARNING')}]: ${d.msg}`, width)}${tail(d, paint)}`,
  );
}

/** Warnings by dbt's names, which `--warn-error-options` uses. */
export const WARNING_EVENTS = {
  AdapterEventWarning: plain('E003'),
  ConstraintNotEnforced: wrapped('E048'),
  ConstraintNotSupported: wrapped('E049'),
  DeprecatedModel: wrapped('I065'),
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
  NoNodesForSelectionCriteria: plain('M030'),
  NoNodesSelected: plain('Q038'),
  NodeNotFoundOrDisabled: tagged('I060'),
  NothingToDo: plain('Q035'),
  PackageNodeDependsOnRootProjectNode: tagged('I077'),
  SeedExceedsLimitAndPathChanged: plain('I054'),
  SeedExceedsLimitChecksumChanged: plain('I055'),
  SeedExceedsLimitSamePath: plain('I053'),
  SeedIncreased: plain('I052'),
  SemanticValidationFailure: plain('I070'),
  SnapshotTimestampWarning: plain('Q043'),
  UnsupportedConstraintMaterialization: wrapped('I068'),
  UnusedResourceConfigPath: tagged('I051'),
  UnusedTables: tagged('I056'),
  /** tsdbt's own: a warning that dbt has no name for. */
  UnnamedWarning: tagged('T004'),
  UnversionedBreakingChange: tagged('I071'),
  UpcomingReferenceDeprecation: tagged('I066'),
  ValidationWarning: tagged('I009'),
  WarnStateTargetEqual: plain('I072'),
  WrongResourceSchemaFile: wrapped('I057'),
} as const;

/** dbt names most of them in the tag, some not. */
function deprecation(name: string | null, code: string): EventEntry<WarningData> {
  return entry<WarningData>(
    code,
    'warn',
    (d, paint, width) =>
      `${lineWrap(`[${paint.yellow('WARNING')}]${name === null ? '' : `[${name}]`}: Deprecated functionality\n\n${d.msg}`, width)}${tail(d, paint)}`,
  );
}

/** Deprecations by dbt's names: the first of each kind is shown, all are counted for the summary. */
export const DEPRECATION_EVENTS = {
  ArgumentsPropertyInGenericTestDeprecation: deprecation('ArgumentsPropertyInGenericTestDeprecation', 'D038'),
  ConfigDataPathDeprecation: deprecation(null, 'D004'),
  ConfigLogPathDeprecation: deprecation(null, 'D010'),
  ConfigSourcePathDeprecation: deprecation(null, 'D003'),
  ConfigTargetPathDeprecation: deprecation(null, 'D011'),
  CustomKeyInConfigDeprecation: deprecation('CustomKeyInConfigDeprecation', 'D026'),
  CustomKeyInObjectDeprecation: deprecation('CustomKeyInObjectDeprecation', 'D027'),
  CustomOutputPathInSourceFreshnessDeprecation: deprecation('CustomOutputPathInSourceFreshnessDeprecation', 'D029'),
  CustomTopLevelKeyDeprecation: deprecation('CustomTopLevelKeyDeprecation', 'D025'),
  DuplicateNameDistinctNodeTypesDeprecation: deprecation(null, 'D040'),
  DuplicateYAMLKeysDeprecation: deprecation('DuplicateYAMLKeysDeprecation', 'D024'),
  EnvironmentVariableNamespaceDeprecation: deprecation(null, 'D036'),
  EnvironmentVariableRenamed: deprecation(null, 'D009'),
  ExposureNameDeprecation: deprecation(null, 'D007'),
  GenericJSONSchemaValidationDeprecation: deprecation('GenericJSONSchemaValidationDeprecation', 'D022'),
  InternalDeprecation: deprecation(null, 'D008'),
  MFCumulativeTypeParamsDeprecation: deprecation(null, 'D019'),
  MFTimespineWithoutYamlConfigurationDeprecation: deprecation(null, 'D018'),
  MicrobatchMacroOutsideOfBatchesDeprecation: deprecation(null, 'D020'),
  MissingArgumentsPropertyInGenericTestDeprecation: deprecation(
    'MissingArgumentsPropertyInGenericTestDeprecation',
    'D039',
  ),
  MissingPlusPrefixDeprecation: deprecation('MissingPlusPrefixDeprecation', 'D037'),
  ModelParamUsageDeprecation: deprecation(null, 'D032'),
  ModulesItertoolsUsageDeprecation: deprecation(null, 'D034'),
  PackageInstallPathDeprecation: deprecation(null, 'D002'),
  PackageMaterializationOverrideDeprecation: deprecation(null, 'D016'),
  PackageRedirectDeprecation: deprecation(null, 'D001'),
  ProjectFlagsMovedDeprecation: deprecation(null, 'D013'),
  PropertyMovedToConfigDeprecation: deprecation('PropertyMovedToConfigDeprecation', 'D030'),
  ResourceNamesWithSpacesDeprecation: deprecation(null, 'D015'),
  SourceFreshnessProjectHooksNotRun: deprecation(null, 'D017'),
  SourceOverrideDeprecation: deprecation(null, 'D035'),
  SpacesInResourceNameDeprecation: deprecation(null, 'D014'),
  TestsConfigDeprecation: deprecation(null, 'D012'),
  UnexpectedJinjaBlockDeprecation: deprecation('UnexpectedJinjaBlockDeprecation', 'D023'),
  WEOIncludeExcludeDeprecation: deprecation('WEOIncludeExcludeDeprecation', 'D031'),
} as const;

export type WarningName = keyof typeof WARNING_EVENTS;
export type DeprecationName = keyof typeof DEPRECATION_EVENTS;
