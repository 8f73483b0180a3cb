import { inferSeed } from '../../src/adapters/base/seed-inference.js';
import { readYaml } from '../../src/config/yaml.js';
import { compileMacros, extractBlocks } from '../../src/jinja/blocks.js';
import { compileTemplate, renderNativeSync } from '../../src/jinja/environment.js';

/** A kind of input that can be made as large as wanted, and what reads it. */
interface Family {
  readonly name: string;
  readonly make: (n: number) => string;
  readonly run: (text: string) => unknown;
}

const render = (text: string): unknown => compileTemplate(text, { file: 'm.sql' }).renderSync({ get: () => undefined });
const native = (text: string): unknown => renderNativeSync(text, { get: () => undefined }, { file: 'm.yml' });
const blocks = (text: string): unknown => extractBlocks(text, { file: 'm.md', kinds: ['docs'] });
const macros = (text: string): unknown => compileMacros(text, { file: 'm.sql' });
const yaml = (text: string): unknown => readYaml(text, 'm.yml').value;
const placed = (text: string): unknown => readYaml(text, 'm.yml').span(['k0']);
const csv = (text: string): unknown => inferSeed(text);
const lines = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n');

const FAMILIES: readonly Family[] = [
  { name: 'text', make: (n) => 'select 1\n'.repeat(n * 50), run: render },
  { name: 'open braces', make: (n) => '{ '.repeat(n * 50), run: render },
  { name: 'unclosed tags', make: (n) => '{{ '.repeat(n * 10), run: render },
  { name: 'unclosed comments', make: (n) => '{# '.repeat(n * 10), run: render },
  { name: 'unclosed raw', make: (n) => '{% raw %}'.repeat(n * 10), run: render },
  { name: 'unclosed strings', make: (n) => `{{ '${"\\'".repeat(n * 20)} }}`, run: render },
  { name: 'quotes in tags', make: (n) => `{% set a = '${'{%'.repeat(n * 20)}' %}`, run: render },
  { name: 'outputs', make: (n) => '{{ a }}'.repeat(n), run: render },
  { name: 'sets', make: (n) => lines(n, (i) => `{% set v${i} = ${i} %}`), run: render },
  { name: 'ifs', make: (n) => '{% if a %}x{% endif %}\n'.repeat(n), run: render },
  {
    name: 'elifs',
    make: (n) => `{% if a %}${'{% elif b %}y'.repeat(Math.min(n, 400))}{% endif %}`.repeat(Math.ceil(n / 400)),
    run: render,
  },
  { name: 'loops', make: (n) => '{% for x in [1] %}{{ x }}{{ loop.index }}{% endfor %}\n'.repeat(n), run: render },
  {
    name: 'macros in a template',
    make: (n) => lines(n, (i) => `{% macro m${i}(a, b=1) %}{{ a }}{% endmacro %}{{ m${i}(1) }}`),
    run: render,
  },
  { name: 'strip marks', make: (n) => ' \n{%- set a = 1 -%} \n'.repeat(n), run: render },
  {
    name: 'blanks before a mark',
    make: (n) => `${' '.repeat(n * 100)}{%- set a = 1 -%}${' '.repeat(n * 100)}x`,
    run: render,
  },
  { name: 'blanks', make: (n) => `x${' '.repeat(n * 100)}y`, run: render },
  { name: 'a long list', make: (n) => `{{ [${'1, '.repeat(n * 5)}2] | length }}`, run: render },
  { name: 'a long dictionary', make: (n) => `{{ {${lines(n, (i) => `'k${i}': ${i}, `)}} | length }}`, run: render },
  { name: 'long arguments', make: (n) => `{{ dict(${lines(n, (i) => `k${i}=1,`)}) | length }}`, run: render },
  { name: 'concatenation', make: (n) => `{{ ${"'a' ~ ".repeat(n * 2)}'b' }}`, run: render },
  {
    name: 'a text that grows',
    make: (n) =>
      `{% set ns = namespace(t='') %}{% for x in range(${Math.ceil(n / 50)}) %}{% for y in range(200) %}{% set ns.t = ns.t ~ 'x' %}{% endfor %}{% endfor %}{{ ns.t | length }}`,
    run: render,
  },
  {
    name: 'a list that grows',
    make: (n) =>
      `{% set l = [] %}{% for x in range(${Math.ceil(n / 50)}) %}{% for y in range(200) %}{% do l.append(y) %}{% endfor %}{% endfor %}{{ l | join(',') }}`,
    run: render,
  },
  { name: 'macro files', make: (n) => lines(n, (i) => `{% macro m${i}(a) %}\n{{ a }}\n{% endmacro %}\n`), run: macros },
  { name: 'docs blocks', make: (n) => lines(n, (i) => `{% docs d${i} %}\ntext {{ x }}\n{% enddocs %}`), run: blocks },
  { name: 'a docs block of quotes', make: (n) => `{% docs d %}${`it's "`.repeat(n * 10)}{% enddocs %}`, run: blocks },
  { name: 'native outputs', make: (n) => 'a {{ a }}'.repeat(n), run: native },
  { name: 'yaml keys', make: (n) => lines(n * 4, (i) => `k${i}: v`), run: yaml },
  {
    name: 'yaml models',
    make: (n) =>
      `models:\n${lines(n, (i) => `  - name: m${i}\n    columns:\n      - name: id\n        data_tests: [unique, not_null]`)}`,
    run: yaml,
  },
  { name: 'yaml with anchors', make: (n) => `a: &a {x: 1}\n${lines(n, (i) => `k${i}: {<<: *a, y: ${i}}`)}`, run: yaml },
  { name: 'yaml duplicates', make: (n) => lines(n, () => 'k: v'), run: yaml },
  { name: 'yaml block text', make: (n) => `k0: |\n${'  some text: here\n'.repeat(n * 10)}`, run: yaml },
  { name: 'yaml folded text', make: (n) => `k0: >-\n${'  some text\n\n'.repeat(n * 10)}`, run: yaml },
  { name: 'yaml plain text', make: (n) => `k0: a\n${'  some text\n'.repeat(n * 10)}`, run: yaml },
  { name: 'yaml quotes', make: (n) => `k0: "${'some \\n text\n  '.repeat(n * 10)}"`, run: yaml },
  { name: 'yaml flow', make: (n) => `k0: [${'{a: 1, b: [x]}, '.repeat(n)}]`, run: yaml },
  { name: 'yaml comments', make: (n) => `${'# comment\n'.repeat(n * 10)}k0: 1`, run: yaml },
  { name: 'yaml blank lines', make: (n) => `k0: 1\n${'\n'.repeat(n * 50)}k1: 2`, run: yaml },
  { name: 'yaml places', make: (n) => lines(n, (i) => `k${i}: {a: [1, 2]}`), run: placed },
  { name: 'csv rows', make: (n) => `a,b,c\n${'1,2020-01-01,x y\n'.repeat(n * 4)}`, run: csv },
  {
    name: 'csv columns',
    make: (n) => `${lines(1, () => Array.from({ length: n }, (_, i) => `c${i}`).join(','))}\n${'1,'.repeat(n - 1)}1\n`,
    run: csv,
  },
  { name: 'csv same columns', make: (n) => `${'a,'.repeat(n / 4)}a\n`, run: csv },
  { name: 'csv quotes', make: (n) => `a\n"${'""x,\n'.repeat(n * 10)}"\n`, run: csv },
];

/** Linear growth is four times as much, quadratic growth sixteen times; the rest is the collector of garbage. */
const MOST = 10;
/** What takes less, in milliseconds, says nothing. */
const LEAST_MS = 160;

function cost(family: Family, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    try {
      family.run(text);
    } catch {
      // An error takes its time too.
    }
    const { user } = process.cpuUsage(before);
    best = Math.min(best, user / 1000);
  }
  return best;
}

/** A family of inputs whose time grows faster than its size. */
export interface Growth {
  readonly name: string;
  /** The length of the texts and the milliseconds of processor time that they took. */
  readonly small: readonly [length: number, ms: number];
  readonly large: readonly [length: number, ms: number];
  readonly linear: boolean;
}

/** Measures how the time of each family grows when its text becomes four times as long. */
export function growths(names: readonly string[] = []): Growth[] {
  return FAMILIES.filter(({ name }) => names.length === 0 || names.includes(name)).map((family) => {
    let n = 500;
    let text = family.make(n);
    let small = cost(family, text);
    // Large enough to be measured, where that is possible at all.
    while (small < LEAST_MS / 8 && n < 32_000) {
      n *= 2;
      text = family.make(n);
      small = cost(family, text);
    }
    const longer = family.make(n * 4);
    const large = cost(family, longer);
    return {
      name: family.name,
      small: [text.length, small],
      large: [longer.length, large],
      linear: large < LEAST_MS || large < Math.max(small, 1) * MOST * (longer.length / (text.length * 4)),
    };
  });
}
