import { type EventEntry, entry } from '../entry.js';
import { lineWrap } from '../line-wrap.js';
import { type WarningData, warningTail } from './warnings.js';

/**
 * How dbt heads a deprecation: with its event's name, without, or as any warning unless the flag
 * `require_event_names_in_deprecations` asks for the name.
 */
type Heading = 'named' | 'unnamed' | 'asked' | 'warning';

function deprecation(name: string, code: string, heading: Heading): EventEntry<WarningData> {
  return entry<WarningData>(code, 'warn', (d, paint, width, names) => {
    const named = heading === 'named' || (names === true && heading !== 'unnamed');
    const tag = `[${paint.yellow('WARNING')}]${named ? `[${name}]` : ''}: `;
    const head = heading === 'warning' && !named ? '' : 'Deprecated functionality\n\n';
    return `${lineWrap(`${tag}${head}${d.msg}`, width)}${warningTail(d, paint)}`;
  });
}

/** The events of dbt's deprecations: their codes and headings. */
const TABLE = {
  ArgumentsPropertyInGenericTestDeprecation: ['D038', 'named'],
  ConfigDataPathDeprecation: ['D004', 'asked'],
  ConfigLogPathDeprecation: ['D010', 'asked'],
  ConfigSourcePathDeprecation: ['D003', 'asked'],
  ConfigTargetPathDeprecation: ['D011', 'asked'],
  CustomKeyInConfigDeprecation: ['D026', 'named'],
  CustomKeyInObjectDeprecation: ['D027', 'named'],
  CustomOutputPathInSourceFreshnessDeprecation: ['D029', 'named'],
  CustomTopLevelKeyDeprecation: ['D025', 'named'],
  DuplicateNameDistinctNodeTypesDeprecation: ['D040', 'unnamed'],
  DuplicateYAMLKeysDeprecation: ['D024', 'named'],
  EnvironmentVariableNamespaceDeprecation: ['D036', 'unnamed'],
  EnvironmentVariableRenamed: ['D009', 'asked'],
  ExposureNameDeprecation: ['D007', 'asked'],
  GenericJSONSchemaValidationDeprecation: ['D022', 'named'],
  InternalDeprecation: ['D008', 'warning'],
  MFCumulativeTypeParamsDeprecation: ['D019', 'warning'],
  MFTimespineWithoutYamlConfigurationDeprecation: ['D018', 'warning'],
  MicrobatchMacroOutsideOfBatchesDeprecation: ['D020', 'warning'],
  MissingArgumentsPropertyInGenericTestDeprecation: ['D039', 'named'],
  MissingPlusPrefixDeprecation: ['D037', 'named'],
  ModelParamUsageDeprecation: ['D032', 'unnamed'],
  ModulesItertoolsUsageDeprecation: ['D034', 'unnamed'],
  PackageInstallPathDeprecation: ['D002', 'asked'],
  PackageMaterializationOverrideDeprecation: ['D016', 'warning'],
  PackageRedirectDeprecation: ['D001', 'asked'],
  ProjectFlagsMovedDeprecation: ['D013', 'asked'],
  PropertyMovedToConfigDeprecation: ['D030', 'named'],
  ResourceNamesWithSpacesDeprecation: ['D015', 'warning'],
  SourceFreshnessProjectHooksNotRun: ['D017', 'warning'],
  SourceOverrideDeprecation: ['D035', 'unnamed'],
  TestsConfigDeprecation: ['D012', 'asked'],
  UnexpectedJinjaBlockDeprecation: ['D023', 'named'],
  WEOIncludeExcludeDeprecation: ['D031', 'named'],
} as const satisfies { readonly [name: string]: readonly [code: string, heading: Heading] };

export type DeprecationName = keyof typeof TABLE;

/** Deprecations by dbt's names: the first of each kind is shown, all are counted for the summary. */
export const DEPRECATION_EVENTS = Object.fromEntries(
  Object.entries(TABLE).map(([name, [code, heading]]) => [name, deprecation(name, code, heading)]),
) as { readonly [name in DeprecationName]: EventEntry<WarningData> };
