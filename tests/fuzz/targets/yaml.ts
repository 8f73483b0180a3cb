import { parseCliVars } from '../../../src/config/vars.js';
import { readFast } from '../../../src/config/yaml/fast.js';
import { readTree, YamlProblem } from '../../../src/config/yaml/tree.js';
import { readYaml } from '../../../src/config/yaml.js';
import { encode } from '../../config/encode.js';
import type { Random } from '../../helpers/random.js';
import { yamlCorpus } from '../corpus.js';
import { ends, Finding, type Target } from '../target.js';
import { type Language, mutated } from '../text-mutations.js';

export const YAML: Language = {
  pieces: [
    ...[
      ': ',
      ':',
      '- ',
      '-',
      '? ',
      '# ',
      ' #',
      '|',
      '>',
      '|-',
      '>+',
      '|2',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ',',
      '&a ',
      '*a',
      '!!',
      '!',
      '!!str ',
    ],
    ...[
      '<<: *a',
      '<<: ',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '\n',
      '\n  ',
      '\n    ',
      '  ',
      '\t',
      '~',
      'null',
      'yes',
      'No',
      'y',
      '0o17',
      '017',
      '1_000',
    ],
    ...[
      '1:30',
      '.inf',
      '.NaN',
      '1e3',
      '2020-01-01',
      '2020-13-45',
      '2001-12-14t21:59:43.10-05:00',
      '0x1F',
      '=',
      '@',
      '`',
      '\\x41',
      '"\\u1F',
      "''",
    ],
    ...[
      '{{ x }}',
      '{% if x %}',
      '[[[[',
      '{a: {b: ',
      'a: &a [*a]',
      '!!int x',
      '!!timestamp 2020',
      '!!set {a}',
      '!!binary x',
      '!!python/object:x',
      '!!omap',
      '\n- - - ',
    ],
  ],
  token: /[\p{L}\p{N}_]+|"[^"\n]*"|'[^'\n]*'| +|[\s\S]/gu,
  block: /[^\n]*\n|[^\n]+/g,
};

let more: readonly string[] = [];

function document(random: Random): string {
  const kind = random.below(24);
  if (kind === 0) return bomb(random);
  if (kind === 1) return nested(random);
  return mutated(random, more.length > 0 && random.chance(0.5) ? more : yamlCorpus(), YAML);
}

/** Aliases of aliases: "billion laughs", with lists, mappings or merge keys. */
function bomb(random: Random): string {
  const levels = 5 + random.below(40);
  const width = 2 + random.below(9);
  const kind = random.below(3);
  const lines = ['a0: &a0 {k0: 1}'];
  for (let i = 1; i <= levels; i++) {
    const parts = Array.from({ length: width }, () => `*a${i - 1}`).join(', ');
    if (kind === 0) lines.push(`a${i}: &a${i} [${parts}]`);
    else if (kind === 1)
      lines.push(`a${i}: &a${i} {${Array.from({ length: width }, (_, j) => `k${j}: *a${i - 1}`).join(', ')}}`);
    else lines.push(`a${i}: &a${i} {<<: [${parts}], k${i}: 1}`);
  }
  return lines.join('\n');
}

/** Deep and large texts. */
function nested(random: Random): string {
  const depth = 10 + random.below(random.chance(0.2) ? 3000 : 200);
  switch (random.below(6)) {
    case 0:
      return '['.repeat(depth) + ']'.repeat(random.chance(0.5) ? depth : 0);
    case 1:
      return '{a: '.repeat(depth) + '}'.repeat(random.chance(0.5) ? depth : 0);
    case 2:
      return Array.from({ length: Math.min(depth, 400) }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    case 3:
      return `${'- '.repeat(depth)}x`;
    case 4:
      return `a: ${'"x" '.repeat(depth)}`;
    default:
      return `${'? '.repeat(depth)}x`;
  }
}

/**
 * Where the library behind the complete reader wants more indentation than PyYAML: in quotes and brackets that go on on
 * the next line. The fast reader reads them as PyYAML does.
 */
const STRICTER =
  /sufficiently indented|^Missing closing|must be indented|Flow (?:map|sequence)|Implicit (?:keys|map)|end with a/;

/**
 * Where the library loses blanks that PyYAML and the fast reader keep: at the very end of a text (dbt strips files), and in a block of
 * text of a given indentation that begins with blank lines.
 */
const BLANK_BLOCK = /\n +$|[|>](?:[1-9][-+]?|[-+][1-9])[^\n]*\n(?: *\n)* +(?:\n|$)/;

/** The reader itself; where the fast reader reads, it reads as the complete one does. */
export const yaml: Target<string> = {
  name: 'yaml',
  what: 'mutated YAML: both readers, which must agree, and the places of what they read',
  short: 300,
  share: 4,
  prepare({ yml }) {
    more = yml;
  },
  generate: document,
  async attempt(text) {
    const { value } = await ends(() => readYaml(text, 'f.yml'));
    const fast = BLANK_BLOCK.test(text) ? undefined : readFast(text);
    const complete = fast && treeOf(text);
    if (fast && !(complete instanceof YamlProblem && STRICTER.test(complete.message))) {
      const [one, other] = [fast.value, complete].map((v) =>
        JSON.stringify(v instanceof YamlProblem ? v.message : encode(v)),
      );
      if (one !== other)
        throw new Finding(`the fast reader gives ${one?.slice(0, 300)}, the complete one ${other?.slice(0, 300)}`);
    }
    const first = value?.value !== null && typeof value?.value === 'object' ? Object.keys(value.value)[0] : undefined;
    if (value && first !== undefined) {
      const { line, column } = value.span([first]);
      if (!(line >= 1 && column >= 1)) throw new Finding(`the place of ${first} is ${line}:${column}`);
    }
  },
};

function treeOf(text: string): unknown {
  try {
    return readTree(text).value;
  } catch (error) {
    if (error instanceof YamlProblem) return error;
    throw error;
  }
}

/** `--vars`, `--args` and `--warn-error-options`. */
export const vars: Target<string> = {
  name: 'vars',
  what: 'mutated dictionaries of --vars and --args',
  short: 150,
  share: 0.5,
  generate: (random) =>
    random.chance(0.5)
      ? document(random)
      : mutated(random, ['{a: 1, b: [x, y]}', '{"start": "2024-01-01"}', 'a: {b: {c: 1}}', '{}'], YAML),
  async attempt(text) {
    await ends(() => parseCliVars(text));
    await ends(() => parseCliVars(text, 'args'));
  },
};
