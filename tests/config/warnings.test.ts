import { describe, expect, test } from 'vitest';
import { formatSpan } from '../../src/diagnostics/span.js';
import { allCases, loadCase } from './load-case.js';

/** Event, code and place of the warnings of the cases that have some. */
const EXPECTED: { readonly [name: string]: readonly string[] } = {
  'flags/env-unknown-engine': ['EnvironmentVariableNamespaceDeprecation env-var-reserved -'],
  'flags/env-deprecated-print': ['EnvironmentVariableRenamed flag-deprecated -'],
  'flags/project': ['WEOIncludeExcludeDeprecation flag-deprecated dbt_project.yml:3:1'],
  'flags/project-bad-type': ['ValidationWarning flag-invalid dbt_project.yml:3:20'],
  'profile/config-block': ['ProjectFlagsMovedDeprecation flag-deprecated profiles.yml:1:1'],
  'project/rendered': ['ConfigTargetPathDeprecation project-deprecated dbt_project.yml:5:1'],
  'project/source-paths-old': [
    'ConfigSourcePathDeprecation project-deprecated dbt_project.yml:3:1',
    'ConfigDataPathDeprecation project-deprecated dbt_project.yml:4:1',
  ],
  'project/target-path-custom': [
    'ConfigLogPathDeprecation project-deprecated dbt_project.yml:4:1',
    'ConfigTargetPathDeprecation project-deprecated dbt_project.yml:3:1',
  ],
  'project/target-path-flag': ['ConfigTargetPathDeprecation project-deprecated dbt_project.yml:3:1'],
  'project/clean-targets-default': ['ConfigTargetPathDeprecation project-deprecated dbt_project.yml:3:1'],
  'project/duplicate-key': ['DuplicateYAMLKeysDeprecation yaml-duplicate-key dbt_project.yml:3:1'],
};

describe('warnings about configuration', () => {
  for (const [name, config] of allCases()) {
    const outcome = loadCase(config);
    if (outcome.error || (outcome.warnings.length === 0 && !EXPECTED[name])) continue;
    test(name, () => {
      const told = outcome.warnings.map((w) => `${w.event} ${w.code} ${w.span ? formatSpan(w.span) : '-'}`);
      expect(told).toEqual(EXPECTED[name]);
    });
  }
});
