import { pyRepr } from '../../jinja/values.js';
import { sha256 } from '../files/source-file.js';
import type { ReadFixture } from './fixtures.js';

/** What a unit test's checksum is made of; all but its description and configuration. */
export interface ChecksumParts {
  readonly model: string;
  readonly versions: { readonly include: unknown; readonly exclude: unknown } | null;
  readonly given: readonly (ReadFixture & { readonly input: string })[];
  readonly expect: ReadFixture;
  readonly overrides: { readonly macros: unknown; readonly vars: unknown; readonly env_vars: unknown } | null;
}

/** dbt's checksum: of what Python prints of the parts. Decides `state:modified` against a manifest of dbt's. */
export function unitTestChecksum({ model, versions, given, expect, overrides }: ChecksumParts): string {
  const inputs = given.map(
    ({ input, ...fixture }) => `UnitTestInputFixture(input=${pyRepr(input)}, ${print(fixture)})`,
  );
  const parts = [
    model,
    versions === null
      ? 'None'
      : `UnitTestNodeVersions(include=${pyRepr(versions.include)}, exclude=${pyRepr(versions.exclude)})`,
    `[${inputs.join(', ')}]`,
    `UnitTestOutputFixture(${print(expect)})`,
    overrides === null
      ? 'None'
      : `UnitTestOverrides(macros=${pyRepr(overrides.macros)}, vars=${pyRepr(overrides.vars)}, env_vars=${pyRepr(overrides.env_vars)})`,
  ];
  const files = given
    .filter(({ fixture }) => fixture)
    .map(({ rows }) => (typeof rows === 'string' ? rows : pyRepr(rows)));
  return sha256([...parts, ...files].join('-'));
}

const MEMBERS = { csv: 'CSV', dict: 'Dict', sql: 'SQL' } as const;

function print({ rows, format, fixture }: ReadFixture): string {
  return `rows=${pyRepr(rows)}, format=<UnitTestFormat.${MEMBERS[format]}: '${format}'>, fixture=${pyRepr(fixture)}`;
}
