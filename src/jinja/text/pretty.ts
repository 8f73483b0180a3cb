import { compareText, pyCompare } from '../values/compare.js';
import { dictEntries, isDict } from '../values/dict.js';
import { pyRepr } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';

const WIDTH = 80;

/** Python's `pprint.pformat`: dict keys sorted, one item a line when it does not fit in 80 columns. */
export function prettyPrint(value: unknown): string {
  return format(value, 0, 0, 0);
}

function format(value: unknown, indent: number, allowance: number, depth: number): string {
  const flat = sortedRepr(value);
  if (flat.length <= WIDTH - indent - allowance || depth > 100) return flat;
  if (isDict(value)) {
    const parts = sortedEntries(value).map(([key, item], i, all) => {
      const name = pyRepr(key);
      const tail = i === all.length - 1 ? allowance + 1 : 1;
      return `${name}: ${format(item, indent + name.length + 3, tail, depth + 1)}`;
    });
    return `{${parts.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }
  if (Array.isArray(value) || value instanceof PyTuple) {
    const items = Array.isArray(value) ? value : value.items;
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['(', items.length === 1 ? ',)' : ')'];
    const parts = items.map((item, i) =>
      format(item, indent + 1, i === items.length - 1 ? allowance + close.length : 1, depth + 1),
    );
    return `${open}${parts.join(`,\n${' '.repeat(indent + 1)}`)}${close}`;
  }
  return flat;
}

function sortedEntries(value: Parameters<typeof dictEntries>[0]): [unknown, unknown][] {
  return [...dictEntries(value)].sort(([a], [b]) => {
    try {
      return pyCompare(a, b);
    } catch {
      return compareText(typeName(a), typeName(b));
    }
  });
}

function sortedRepr(value: unknown): string {
  if (isDict(value)) {
    return `{${sortedEntries(value)
      .map(([key, item]) => `${pyRepr(key)}: ${sortedRepr(item)}`)
      .join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(sortedRepr).join(', ')}]`;
  if (value instanceof PyTuple) {
    return value.items.length === 1
      ? `(${sortedRepr(value.items[0])},)`
      : `(${value.items.map(sortedRepr).join(', ')})`;
  }
  return pyRepr(value);
}
