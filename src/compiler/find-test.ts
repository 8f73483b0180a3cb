import type { YamlDocument } from '../config/yaml.js';
import type { TestNode } from '../contracts/nodes.js';

type Path = readonly (string | number)[];

/** A test as it is written under `data_tests:` (or `tests:`) of a column or of a whole resource. */
interface Written {
  readonly path: Path;
  readonly name: string;
  readonly args: object;
  readonly column: string | null;
}

/** The path of a generic test in its properties file; of the same test twice the one with the node's arguments. */
export function findTest(document: YamlDocument, node: TestNode): Path | undefined {
  const [kind = '', owner] = splitOnce(node.file_key_name ?? '');
  const resources = (document.value as { [kind: string]: unknown } | null)?.[kind];
  if (!Array.isArray(resources) || !node.test_metadata) return undefined;
  const { name, namespace, kwargs } = node.test_metadata;
  const full = namespace ? `${namespace}.${name}` : name;
  const found: Written[] = [];
  resources.forEach((resource: { name?: unknown } | null, i) => {
    if (resource?.name === owner) collect(resource, [kind, i], null, found);
  });
  const same = found.filter((test) => test.name === full && test.column === (node.column_name ?? null));
  const known = new Map(Object.entries(kwargs ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));
  const alike = (test: Written): number =>
    Object.entries(test.args).filter(([key, value]) => known.get(key) === JSON.stringify(value)).length;
  return same.reduce<Written | undefined>((best, t) => (best && alike(best) >= alike(t) ? best : t), undefined)?.path;
}

/** Every test at or below a part of a resource, whatever stands between: tables, columns, versions. */
function collect(value: unknown, path: Path, column: string | null, into: Written[]): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) {
    if ((key === 'data_tests' || key === 'tests') && Array.isArray(item)) {
      item.forEach((test: unknown, i) => {
        into.push({ ...readTest(test), path: [...path, key, i], column });
      });
    } else if (Array.isArray(item)) {
      item.forEach((part: { name?: unknown } | null, i) => {
        const inner = key === 'columns' && typeof part?.name === 'string' ? part.name : column;
        collect(part, [...path, key, i], inner, into);
      });
    }
  }
}

/** The forms of a test: `unique`, `{unique: {…}}`, `{name: …, test_name: unique, …}`. */
function readTest(test: unknown): { name: string; args: object } {
  if (typeof test === 'string') return { name: test, args: {} };
  const entries = Object.entries((test ?? {}) as { [key: string]: unknown });
  const [first] = entries;
  const named = (test as { test_name?: unknown } | null)?.test_name;
  const [name, args] = typeof named === 'string' ? [named, test] : [first?.[0] ?? '', first?.[1]];
  const inner = (args as { arguments?: object } | null)?.arguments;
  return { name, args: { ...(args as object | null), ...inner } };
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('.');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
