import { asRecord } from '../../config/yaml.js';
import { renderNativeSync } from '../../jinja/environment.js';
import { pyStr } from '../../jinja/values.js';
import type { NodeEntry } from '../nodes/draft.js';
import { texts, type WrittenColumn, writtenColumns } from '../properties/columns.js';
import type { PropertiesEntry } from '../properties/file.js';
import { testsOf, type WrittenTests } from '../properties/normalize.js';
import { columnsOfVersion, type WrittenVersion } from '../properties/versions.js';
import type { ParserServices } from '../services.js';
import type { GenericTestParser } from './attach.js';

/** Makes the tests of a model, seed or snapshot: those of its columns, then its own. */
export function parseTestsOf(
  services: ParserServices,
  tests: GenericTestParser,
  entry: PropertiesEntry,
  versions: readonly WrittenVersion[],
): void {
  if (versions.length === 0) {
    for (const column of writtenColumns(entry, entry.data)) parseColumn(services, tests, entry, column, null);
    parseList(services, tests, entry, testsOf(entry, entry.data, []), null, null);
    return;
  }
  for (const version of versions) {
    for (const column of columnsOfVersion(entry, version)) parseColumn(services, tests, entry, column, version);
    const own = testsOf(entry, version.data, version.path) ?? testsOf(entry, entry.data, []);
    parseList(services, tests, entry, own, null, version);
  }
}

function parseColumn(
  services: ParserServices,
  tests: GenericTestParser,
  entry: PropertiesEntry,
  column: WrittenColumn,
  version: WrittenVersion | null,
): void {
  parseList(services, tests, entry, testsOf(entry, column.data, column.path), column, version);
}

function parseList(
  services: ParserServices,
  parser: GenericTestParser,
  entry: PropertiesEntry,
  written: WrittenTests | null,
  column: WrittenColumn | null,
  version: WrittenVersion | null,
): void {
  if (!written) return;
  const { file } = entry.file;
  const v = version?.v ?? null;
  const attached = attachedNode(services, entry, v);
  const label = v === null ? entry.name : `${entry.name}_v${v}`;
  const expression = v === null ? `ref('${entry.name}')` : `ref('${entry.name}', version='${v}')`;
  written.tests.forEach((value, i) => {
    parser.parse({
      value,
      target: { label, expression, isSource: false },
      column: column === null ? null : columnName(services, column, entry.data['quote_columns']),
      columnTags: column === null ? [] : columnTags(column),
      ownerName: entry.name,
      fileKey: `${entry.key}.${entry.name}`,
      file,
      span: () => entry.file.document.span([...entry.place.path, ...written.path, i]),
      render: (text) => renderNativeSync(text, entry.file.names, { file: file.display }),
      attached: attached ? { unique_id: attached.node.unique_id, group: attached.node.group } : null,
      reference: { ref: { name: entry.name, version: v } },
    });
  });
}

function attachedNode(
  { builder }: ParserServices,
  entry: PropertiesEntry,
  version: string | number | null,
): NodeEntry | undefined {
  const { packageName } = entry.file.file;
  return (
    builder.find(entry.name, packageName, version) ??
    builder.findDisabled(entry.name, null)[0] ??
    builder.findDisabled(entry.name.toUpperCase(), null)[0]
  );
}

/** The column's name as its tests get it: quoted when the column or its owner says so. */
export function columnName({ invocation }: ParserServices, { data }: WrittenColumn, quoteColumns: unknown): string {
  const name = pyStr(data['name']);
  const { quote } = data;
  const quoted = quote === true || ((quote === undefined || quote === null) && quoteColumns === true);
  if (!quoted) return name;
  const method = invocation.adapter.methods.get('quote');
  return method ? String(method.parse({ positional: [name], keyword: new Map() })) : `"${name}"`;
}

/** The tags that a column gives its tests. */
export function columnTags({ data }: WrittenColumn): string[] {
  return [...texts(data['tags']), ...texts(asRecord(data['config'])?.['tags'])];
}
