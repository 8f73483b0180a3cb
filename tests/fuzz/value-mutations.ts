import type { Random } from '../helpers/random.js';

/** Values of every kind, for places that want one of another kind. Strings may hold Jinja, as those of YAML do. */
export const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  9007199254740991,
  '',
  ' ',
  'a b',
  'yes',
  '10',
  'A.b$c/../d',
  '..',
  '*',
  '{{ 1/0 }}',
  '{{ none }}',
  '{{ [1, {}] }}',
  "{{ var('nope') }}",
  "{{ env_var('NOPE') }}",
  "{{ ref('nope') }}",
  "{{ doc('nope') }}",
  '{{ target.name }}',
  '{{ nope }}',
  '{{ nope.nope() }}',
  '{% if',
  '{{ 1 | as_bool }}',
  '{{ "x" | as_number }}',
  'ref("orders")',
  "ref('a', 'b', v=1)",
  "source('a')",
  '1 day',
  '2024-01-01',
  '\u{1f600}',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  [],
  [null],
  [[]],
  [{}],
  [1, 'a', null, true],
  ['a', 'a'],
  [['a', ['b']]],
  {},
  { a: 1 },
  { name: 'x' },
  { name: null },
  { '': 1 },
  { constructor: 1, toString: null },
  { a: { b: { c: [{ d: null }] } } },
  { '+enabled': false },
  { count: 'x', period: 1 },
  { arguments: null },
  { config: null },
  { config: [] },
  [{ name: 'x', config: 1 }],
];

type Path = readonly (string | number)[];

/** Every place of a value, the value itself first. */
export function placesOf(value: unknown, at: Path = [], found: Path[] = []): Path[] {
  found.push(at);
  if (Array.isArray(value)) for (const [i, item] of value.entries()) placesOf(item, [...at, i], found);
  else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) placesOf(item, [...at, key], found);
  }
  return found;
}

/** The value with another at a place. */
export function replaced(value: unknown, path: Path, other: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return other;
  if (Array.isArray(value)) return value.map((item, i) => (i === first ? replaced(item, rest, other) : item));
  return fromEntries(Object.entries(value as object).map(([k, v]) => [k, k === first ? replaced(v, rest, other) : v]));
}

/** `Object.fromEntries` to which `__proto__` is a key like any other is what Object.fromEntries is. */
function fromEntries(entries: [string, unknown][]): unknown {
  return Object.fromEntries(entries);
}

/** A value with one or two of its places changed: another kind of value, a key gone, renamed or added, an item doubled. */
export function changed(random: Random, value: unknown): unknown {
  let out = value;
  const edits = random.chance(0.8) ? 1 : 2;
  for (let i = 0; i < edits; i++) out = changedOnce(random, out);
  return out;
}

function changedOnce(random: Random, value: unknown): unknown {
  const places = placesOf(value);
  const place = random.pick(places);
  const old = at(value, place);
  switch (random.below(10)) {
    case 0:
      return replaced(value, place, [old]);
    case 1:
      return replaced(value, place, Array.isArray(old) ? [...old, ...old] : { x: old });
    case 2:
      return replaced(value, place, Array.isArray(old) ? old.slice(1) : withoutKey(random, old));
    case 3:
      return replaced(value, place, renamedKey(random, old));
    case 4:
      return replaced(value, place, at(value, random.pick(places)));
    default:
      return replaced(value, place, random.pick(VALUES));
  }
}

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as { [step: string | number]: unknown })[step], value);
}

function withoutKey(random: Random, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return null;
  const entries = Object.entries(value);
  entries.splice(random.below(entries.length), 1);
  return fromEntries(entries);
}

function renamedKey(random: Random, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { [String(value)]: value };
  const entries = Object.entries(value);
  const entry = entries[random.below(entries.length)];
  if (!entry) return { x: 1 };
  const name = random.pick([
    '',
    ' ',
    '1',
    'x',
    '__proto__',
    'constructor',
    entry[0].toUpperCase(),
    `+${entry[0]}`,
    `${entry[0]}s`,
  ]);
  return fromEntries(entries.map((one) => (one === entry ? [name, one[1]] : one)));
}
