import { readCsv } from '../../adapters/base/python-csv.js';
import { asRecord } from '../../config/yaml.js';
import type { ReadObserver } from '../../context/reads.js';
import type { UnitTestFormat } from '../../contracts/unit-test.js';
import { pyStr } from '../../jinja/values.js';
import type { SourceFile } from '../files/source-file.js';
import type { PropertiesEntry } from '../properties/file.js';
import type { Step } from '../properties/shape.js';
import { readReference } from '../references/expression.js';
import type { ParserServices } from '../services.js';

/** A row with the values as YAML has them: its floats are told from ints. */
export type Row = ReadonlyMap<string, unknown>;

/** Rows before they become plain data. */
export interface ReadFixture {
  readonly rows: string | readonly Row[] | null;
  readonly format: UnitTestFormat;
  readonly fixture: string | null;
}

/** Fixture files by package and name; of two with one name the later one counts. */
export type FixtureFiles = Pick<ReadonlyMap<string, SourceFile>, 'get'>;

/** Fixture files by the name under which unit tests of their package find them. */
export function fixtureFiles(files: readonly SourceFile[]): FixtureFiles {
  return new Map(files.map((file) => [`${file.packageName}.${file.name}`, file]));
}

/** The files; `reads` is told which are asked for. */
export function observedFixtures(files: FixtureFiles, reads: ReadObserver): FixtureFiles {
  return {
    get: (name) => {
      reads.read('fixture', '', name);
      return files.get(name);
    },
  };
}

/** Reads what a unit test gives or expects: rows of the entry, of a fixture file or, without either, of a seed. */
export function readFixture(
  services: ParserServices,
  files: FixtureFiles,
  entry: PropertiesEntry,
  written: { readonly [key: string]: unknown },
  path: readonly Step[],
): ReadFixture {
  const format = (written['format'] ?? 'dict') as UnitTestFormat;
  const fixture = typeof written['fixture'] === 'string' ? written['fixture'] : null;
  const kind = path[0] === 'given' ? 'input' : 'expected';
  const rows = written['rows'] ?? null;
  const mismatch = (what: string, hint: string): Error =>
    entry.file.error(
      [...entry.place.path, ...path],
      `Unit test ${entry.name} has ${kind} ${what} which do not match format ${format}${format === 'dict' ? '' : '.  Expected string.'}`,
      hint,
    );
  if (format === 'dict') {
    const list = rows === null && fixture === null ? seedRows(services, entry, written['input'], path) : rows;
    if (!Array.isArray(list)) throw mismatch('rows', "Write 'rows' as a list of dictionaries, or name its format.");
    return { rows: firstComplete(list.map(rowOf)), format, fixture };
  }
  if (typeof rows !== 'string' && !fixture)
    throw mismatch('rows or fixtures', `Write 'rows: |' with the ${format} below it, or name a fixture file.`);
  const text = fixture ? fixtureFile(files, entry, fixture, path) : { text: rows as string, csv: format === 'csv' };
  if (format === 'sql') return { rows: text.csv ? csvRows(text.text) : text.text, format, fixture };
  return { rows: firstComplete(csvRows(text.text).map(emptyAsNull)), format, fixture };
}

function fixtureFile(
  files: FixtureFiles,
  entry: PropertiesEntry,
  name: string,
  path: readonly Step[],
): { readonly text: string; readonly csv: boolean } {
  const { packageName, original } = entry.file.file;
  const file = files.get(`${packageName}.${name}`);
  if (file) return { text: file.contents, csv: file.relative.toLowerCase().endsWith('.csv') };
  throw entry.file.error(
    [...entry.place.path, ...path, 'fixture'],
    `File not found for fixture '${name}' in unit tests in ${original}`,
    `Create ${name}.csv or ${name}.sql in the directory fixtures of a test path.`,
  );
}

/** An input without rows has those of the seed that it names. */
function seedRows(
  { builder, config }: ParserServices,
  entry: PropertiesEntry,
  input: unknown,
  path: readonly Step[],
): readonly Row[] {
  const { packageName } = entry.file.file;
  const target = readReference(pyStr(input ?? ''));
  if (!target || Array.isArray(target)) {
    throw entry.file.error(
      [...entry.place.path, ...path],
      `Unit test ${entry.name} has neither rows nor a fixture for ${pyStr(input ?? 'what it expects')}`,
      "Add 'rows: []'; only a seed's rows can be left out.",
    );
  }
  const { name, package: from } = target as { name: string; package: string | null };
  const owner = from ?? packageName;
  const seed = builder.find(name, owner);
  if (seed?.node.resource_type === 'seed') return csvRows(seed.file.text);
  const { seed_paths: paths } = config.packages.get(packageName) ?? config.project;
  const where =
    owner === packageName ? `directories: [${paths.map((p) => `'${p}'`).join(', ')}]` : `'${owner}' package`;
  throw entry.file.error(
    [...entry.place.path, ...path],
    `Unable to find seed '${owner}.${name}' for unit tests in ${where}`,
    "Add 'rows: []'; only a seed's rows can be left out.",
  );
}

function rowOf(item: unknown): Row {
  return new Map(Object.entries(asRecord(item) ?? {}));
}

/** Rows as Python's `csv.DictReader` gives them: a missing field is None, an empty line no row. */
function csvRows(text: string): readonly Row[] {
  const [header = [], ...records] = [...readCsv(text)].filter((row) => row.length > 0);
  return records.map((record) => new Map(header.map((name, i) => [name, record[i] ?? null])));
}

function emptyAsNull(row: Row): Row {
  return new Map([...row].map(([name, value]) => [name, value === '' ? null : value]));
}

/** The first row without a null comes to the front: some databases take the types from it. */
function firstComplete(rows: readonly Row[]): readonly Row[] {
  const at = rows.findIndex((row) => [...row.values()].every((value) => value !== null));
  if (at <= 0) return rows;
  const ordered = [...rows];
  [ordered[0], ordered[at]] = [ordered[at] as Row, ordered[0] as Row];
  return ordered;
}
