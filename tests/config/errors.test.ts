import { describe, expect, test } from 'vitest';
import { formatSpan } from '../../src/diagnostics/span.js';
import { allCases, loadCase } from './load-case.js';

/** Code and place of every case that fails; `-` where there is no file to point at. */
const EXPECTED = `
flags/env-bad-bool                 flag-invalid           -
  flags/env-bad-choice               flag-invalid           -
  flags/env-bad-indirect             flag-invalid           -
  flags/project-null                 project-invalid        dbt_project.yml:3:7
  flags/project-weo-both             flags-conflict         dbt_project.yml:3:1
  flags/project-warn-error-options-unknown flag-invalid     dbt_project.yml:3:1
  flags/conflict                     flags-conflict         -
  flags/project-jinja                jinja-runtime          dbt_project.yml:3:21
  packages/local-not-installed       packages-missing       packages.yml:1:1
  packages/local-and-missing         packages-missing       packages.yml:1:1
  packages/both-files                packages-invalid       dependencies.yml:1:1
  packages/projects-in-packages      packages-invalid       packages.yml:1:1
  packages/unknown-key               packages-invalid       packages.yml:1:1
  packages/extra-key                 packages-invalid       packages.yml:2:1
  packages/packages-null             packages-invalid       packages.yml:1:1
  packages/packages-dict             packages-invalid       packages.yml:1:1
  packages/hub-no-version            packages-invalid       packages.yml:2:5
  packages/hub-no-namespace          packages-invalid       packages.yml:2:5
  packages/local-empty               packages-invalid       packages.yml:2:5
  packages/entry-unknown             packages-invalid       packages.yml:2:5
  packages/entry-string              packages-invalid       packages.yml:2:5
  packages/same-name-as-root         package-duplicate      dbt_packages/other/dbt_project.yml:1:1
  packages/same-name-twice           package-duplicate      dbt_packages/other/dbt_project.yml:1:1
  packages/directory-without-project project-missing        dbt_packages/other/dbt_project.yml:1:1
  packages/package-invalid           project-invalid        dbt_packages/other/dbt_project.yml:1:7
  packages/package-version           project-version        dbt_packages/other/dbt_project.yml:2:22
  packages/package-env-missing       env-var-missing        dbt_packages/other/dbt_project.yml:2:23
  packages/malformed                 yaml-syntax            packages.yml:3:3
  profile/no-profiles-file           profile-missing        dbt_project.yml:3:10
  profile/empty-profiles             profile-invalid        profiles.yml:1:1
  profile/malformed                  yaml-syntax            profiles.yml:3:11
  profile/profile-unset              profile-missing        dbt_project.yml:1:1
  profile/profile-null               profile-missing        dbt_project.yml:1:1
  profile/profile-int                profile-missing        dbt_project.yml:2:10
  profile/wrong-profile              profile-missing        dbt_project.yml:2:10
  profile/profile-flag-missing       profile-missing        profiles.yml:1:1
  profile/profile-empty              profile-invalid        profiles.yml:1:1
  profile/profile-list               profile-invalid        profiles.yml:1:1
  profile/no-outputs                 profile-invalid        profiles.yml:1:1
  profile/outputs-null               profile-invalid        profiles.yml:1:1
  profile/target-missing             profile-target-missing profiles.yml:3:3
  profile/target-default-missing     profile-target-missing profiles.yml:2:3
  profile/output-list                profile-invalid        profiles.yml:4:5
  profile/type-missing               profile-invalid        profiles.yml:4:5
  profile/type-unknown               adapter-unknown        profiles.yml:4:17
  profile/env-missing                env-var-missing        profiles.yml:6:19
  profile/env-secret-missing         env-var-missing        profiles.yml:4:37
  profile/threads-text               profile-invalid        profiles.yml:4:34
  profile/threads-digits             profile-invalid        profiles.yml:4:34
  profile/var-in-profile-missing     var-missing            profiles.yml:4:37
  profile/config-block-both          flags-conflict         profiles.yml:1:1
  project/name-missing               project-invalid        dbt_project.yml:1:1
  project/name-hyphen                project-invalid        dbt_project.yml:1:7
  project/name-digit                 project-invalid        dbt_project.yml:1:7
  project/name-int                   project-invalid        dbt_project.yml:1:7
  project/name-reserved              project-invalid        dbt_project.yml:1:7
  project/version-int                project-invalid        dbt_project.yml:2:10
  project/version-bad                project-invalid        dbt_project.yml:2:10
  project/config-version-text        project-invalid        dbt_project.yml:2:17
  project/empty-file                 project-invalid        dbt_project.yml:1:1
  project/list-file                  project-invalid        dbt_project.yml:1:1
  project/scalar-file                project-invalid        dbt_project.yml:1:1
  project/malformed                  yaml-syntax            dbt_project.yml:2:10
  project/no-project                 project-missing        dbt_project.yml:1:1
  project/unknown-key                project-key-unknown    dbt_project.yml:3:1
  project/unknown-keys               project-key-unknown    dbt_project.yml:3:1
  project/meta-key                   project-key-unknown    dbt_project.yml:3:1
  project/key-int                    project-key-unknown    dbt_project.yml:3:1
  project/key-underscore             project-key-unknown    dbt_project.yml:3:1
  project/paths-string               project-invalid        dbt_project.yml:3:14
  project/paths-int                  project-invalid        dbt_project.yml:3:14
  project/models-list                project-invalid        dbt_project.yml:3:9
  project/tests-null                 project-invalid        dbt_project.yml:3:7
  project/sources-null               project-invalid        dbt_project.yml:3:9
  project/vars-list                  project-invalid        dbt_project.yml:3:7
  project/tests-both                 project-invalid        dbt_project.yml:3:8
  project/source-paths-both          project-invalid        dbt_project.yml:3:1
  project/hooks-dict                 project-invalid        dbt_project.yml:3:15
  project/hooks-list-dict            project-invalid        dbt_project.yml:3:15
  project/query-comment-bad          project-invalid        dbt_project.yml:3:16
  project/query-comment-false        project-invalid        dbt_project.yml:3:16
  project/quoting-bad                project-invalid        dbt_project.yml:3:10
  project/quoting-unknown            project-invalid        dbt_project.yml:3:10
  project/dispatch-missing-order     project-invalid        dbt_project.yml:3:11
  project/dispatch-bad-order         project-invalid        dbt_project.yml:3:11
  project/dispatch-dict              project-invalid        dbt_project.yml:3:11
  project/dispatch-null              project-invalid        dbt_project.yml:3:10
  project/require-version-short      project-invalid        dbt_project.yml:3:22
  project/require-version-spaces     project-invalid        dbt_project.yml:3:22
  project/require-version-v          project-invalid        dbt_project.yml:3:22
  project/require-version-too-new    project-version        dbt_project.yml:3:22
  project/require-version-too-old    project-version        dbt_project.yml:3:22
  project/require-version-impossible project-version        dbt_project.yml:3:22
  project/require-version-malformed  project-invalid        dbt_project.yml:3:22
  project/require-version-number     project-invalid        dbt_project.yml:3:22
  project/env-missing                env-var-missing        dbt_project.yml:4:16
  project/env-secret                 env-var-secret         dbt_project.yml:4:16
  project/var-missing                var-missing            dbt_project.yml:4:16
  project/jinja-broken               jinja-syntax           dbt_project.yml:4:19
  project/jinja-undefined            jinja-undefined        dbt_project.yml:4:12
  project/jinja-undefined-call       jinja-undefined        dbt_project.yml:4:16
  project/jinja-as-bool-bad          jinja-runtime          dbt_project.yml:4:14
  project/dbt-cloud-bad              project-invalid        dbt_project.yml:3:12
  project/flags-bad                  project-invalid        dbt_project.yml:3:8
  project/restrict-access-bad        project-invalid        dbt_project.yml:3:18
  selectors/no-selectors-key         selectors-invalid      selectors.yml:1:1
  selectors/selectors-null           selectors-invalid      selectors.yml:1:1
  selectors/name-missing             selectors-invalid      selectors.yml:2:5
  selectors/definition-missing       selectors-invalid      selectors.yml:2:5
  selectors/definition-list          selectors-invalid      selectors.yml:3:17
  selectors/unknown-key              selectors-invalid      selectors.yml:4:5
  selectors/two-defaults             selectors-invalid      selectors.yml:3:30
  selectors/malformed                yaml-syntax            selectors.yml:1:13
  selectors/list                     selectors-invalid      selectors.yml:1:3
  vars/list                          vars-invalid           --vars:1:1
  vars/text                          vars-invalid           --vars:1:1
  vars/empty                         vars-invalid           --vars:1:1
  vars/number                        vars-invalid           --vars:1:1
  vars/malformed                     vars-invalid           --vars:1:6
  vars/no-space                      vars-invalid           --vars:1:1
  vars/nested-colon                  vars-invalid           --vars:1:5
  vars/key-int                       vars-invalid           --vars:1:1
`;

const cases = new Map(allCases());
const rows = EXPECTED.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/) as [name: string, code: string, place: string]);

describe('mistakes in configuration: code, place, hint', () => {
  for (const [name, code, place] of rows) {
    test(name, () => {
      const { error } = loadCase(cases.get(name) ?? {});
      expect(error?.code).toBe(code);
      expect(error?.diagnostic.span ? formatSpan(error.diagnostic.span) : '-').toBe(place);
      if (!code.startsWith('jinja-')) expect(error?.diagnostic.hint).toBeTruthy();
    });
  }

  test('every case that fails is in the table', () => {
    const failing = [...cases].filter(([, config]) => loadCase(config).error !== undefined).map(([name]) => name);
    expect(failing.filter((name) => !rows.some((row) => row[0] === name))).toEqual([]);
  });
});
