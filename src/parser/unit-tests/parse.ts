import { asRecord } from '../../config/yaml.js';
import type { JsonObject } from '../../contracts/common.js';
import type { UnitTest, UnitTestFixture, UnitTestInput, UnitTestVersions } from '../../contracts/unit-test.js';
import { pyStr, toPlain } from '../../jinja/values.js';
import { ConfigRefused } from '../config/merge.js';
import { object } from '../properties/columns.js';
import type { PropertiesEntry } from '../properties/file.js';
import { descriptionOf } from '../properties/normalize.js';
import { checkShape, invalidEntry, type Keys, nullable, refuseAt } from '../properties/shape.js';
import type { ParserServices } from '../services.js';
import { unitTestChecksum } from './checksum.js';
import { type FixtureFiles, type ReadFixture, readFixture } from './fixtures.js';

const ROWS: Keys = {
  rows: { either: ['string', { list: 'object' }, 'null'] },
  format: ['csv', 'dict', 'sql'],
  fixture: nullable('string'),
};
const VERSIONS = nullable({ list: { either: ['string', 'number'] } });

const UNIT_TEST: Keys = {
  'name!': 'string',
  'model!': 'string',
  'given!': { list: { keys: { 'input!': 'string', ...ROWS } } },
  'expect!': { keys: ROWS },
  description: 'string',
  overrides: nullable({ keys: { macros: 'object', vars: 'object', env_vars: 'object' } }),
  config: 'object',
  versions: nullable({ keys: { include: VERSIONS, exclude: VERSIONS } }),
};

/** Adds a unit test. Which model it tests is found later, when all of them are there. */
export function parseUnitTest(services: ParserServices, files: FixtureFiles, entry: PropertiesEntry): void {
  const { data } = entry;
  checkShape(entry, UNIT_TEST);
  const { packageName, relative, original } = entry.file.file;
  const model = pyStr(data['model']);
  const fqn = [packageName, ...original.split('/').slice(1, -1), model, entry.name];
  const read = (written: unknown, path: readonly (string | number)[]): ReadFixture =>
    readFixture(services, files, entry, asRecord(written) ?? {}, path);
  const given = (data['given'] as readonly unknown[]).map((written, i) => ({
    input: pyStr(asRecord(written)?.['input']),
    ...read(written, ['given', i]),
  }));
  const expect = read(data['expect'], ['expect']);
  const versions = versionsOf(entry);
  const overrides = asRecord(data['overrides']);
  const test: UnitTest = {
    model,
    given: given.map((input): UnitTestInput => ({ input: input.input, ...plainFixture(input) })),
    expect: plainFixture(expect),
    name: entry.name,
    resource_type: 'unit_test',
    package_name: packageName,
    path: relative,
    original_file_path: original,
    unique_id: `unit_test.${packageName}.${model}.${entry.name}`,
    fqn,
    description: descriptionOf(entry),
    overrides: overrides
      ? {
          macros: object(overrides['macros']) as JsonObject,
          vars: object(overrides['vars']) as JsonObject,
          env_vars: object(overrides['env_vars']) as JsonObject,
        }
      : null,
    depends_on: { macros: [], nodes: [] },
    config: configOf(services, entry, fqn),
    checksum: unitTestChecksum({
      model,
      versions,
      given,
      expect,
      overrides: overrides
        ? { macros: overrides['macros'] ?? {}, vars: overrides['vars'] ?? {}, env_vars: overrides['env_vars'] ?? {} }
        : null,
    }),
    schema: null,
    created_at: services.now(),
    versions,
    version: null,
  };
  add(services, entry, test);
}

function add({ builder }: ParserServices, entry: PropertiesEntry, test: UnitTest): void {
  if (!test.config.enabled) {
    builder.disable(test);
    return;
  }
  const other = builder.unitTests.get(test.unique_id);
  if (other) {
    throw entry.file.error(
      [...entry.place.path, 'name'],
      `dbt found two unit_tests with the name "${test.name}".`,
      'Rename or remove one of the two.',
    );
  }
  builder.unitTests.set(test.unique_id, { test, refuse: refuseAt(entry) });
}

function configOf(services: ParserServices, entry: PropertiesEntry, fqn: readonly string[]): UnitTest['config'] {
  const { packageName } = entry.file.file;
  try {
    const patch = object(entry.data['config']);
    return services.resolver.resolve({ type: 'unit_test', packageName, fqn, patch }) as UnitTest['config'];
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    throw invalidEntry(entry, ['config', error.key], error.message, `Correct '${error.key}'.`);
  }
}

function versionsOf(entry: PropertiesEntry): UnitTestVersions | null {
  const versions = asRecord(entry.data['versions']);
  if (!versions) return null;
  const list = (key: string): UnitTestVersions['include'] =>
    (toPlain(versions[key] ?? null) as UnitTestVersions['include']) ?? null;
  const [include, exclude] = [list('include'), list('exclude')];
  if (include?.length && exclude?.length) {
    const message = 'Unit tests can not both include and exclude versions.';
    throw invalidEntry(entry, ['versions'], `at path []: ${message}`, "Keep 'include' or 'exclude'.");
  }
  return { include, exclude };
}

function plainFixture({ rows, format, fixture }: ReadFixture): UnitTestFixture {
  return { rows: toPlain(rows) as UnitTestFixture['rows'], format, fixture };
}
