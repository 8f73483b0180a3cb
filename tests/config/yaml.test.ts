import { describe, expect, test } from 'vitest';
import { readFast } from '../../src/config/yaml/fast.js';
import { readTree, YamlProblem } from '../../src/config/yaml/tree.js';
import { asRecord, readYaml } from '../../src/config/yaml.js';
import { codeFrame } from '../../src/diagnostics/code-frame.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { formatSpan } from '../../src/diagnostics/span.js';
import { PyDict, PyFloat } from '../../src/jinja/values.js';
import { encode } from './encode.js';

const TEXT = `version: 2

models:
  - name: orders
    columns:
      - name: id
        description: "the key"
  - name: customers
    meta: {owner: me, level: 3}
`;

describe('places', () => {
  const document = readYaml(TEXT, 'models/schema.yml');

  test.each([
    [['version'], 'models/schema.yml:1:1'],
    [['models'], 'models/schema.yml:3:1'],
    [['models', 0], 'models/schema.yml:4:5'],
    [['models', 0, 'columns', 0, 'description'], 'models/schema.yml:7:9'],
    [['models', 1, 'meta', 'level'], 'models/schema.yml:9:23'],
    [['models', 1, 'meta', 'absent'], 'models/schema.yml:9:5'],
    [['models', 7, 'x'], 'models/schema.yml:3:1'],
    [[], 'models/schema.yml:1:1'],
  ])('of the key at %j', (path, place) => {
    expect(formatSpan(document.span(path))).toBe(place);
  });

  test('of values, with their ends', () => {
    const span = document.span(['models', 0, 'columns', 0, 'description'], 'value');
    expect(span).toEqual({ file: 'models/schema.yml', line: 7, column: 22, endLine: 7, endColumn: 31 });
  });

  test('through aliases', () => {
    const aliased = readYaml('a: &x {k: 1}\nb: *x\n', 'x.yml');
    expect(formatSpan(aliased.span(['b', 'k']))).toBe('x.yml:1:8');
  });

  test('are those of the file although dbt strips its text', () => {
    const stripped = readYaml('\n\n  a: 1\nb: {x: 1}\n\n', 'x.yml');
    expect(stripped.value).toEqual({ a: 1, b: { x: 1 } });
    expect(formatSpan(stripped.span(['a']))).toBe('x.yml:3:3');
    expect(formatSpan(stripped.span(['b', 'x']))).toBe('x.yml:4:5');
  });

  test.each([
    ['CRLF', 'a: 1\r\nb:\r\n  c: 2\r\n'],
    ['BOM', '\ufeffa: 1\nb:\n  c: 2\n'],
    ['CR', 'a: 1\rb:\r  c: 2\r'],
  ])('with %s', (_name, text) => {
    const read = readYaml(text, 'x.yml');
    expect(read.value).toEqual({ a: 1, b: { c: 2 } });
    expect(formatSpan(read.span(['b', 'c']))).toBe('x.yml:3:3');
  });
});

describe('errors', () => {
  const failure = (text: string): DbtError => {
    try {
      readYaml(text, 'models/größe x.yml');
    } catch (error) {
      if (error instanceof DbtError) return error;
    }
    throw new Error('it was read');
  };

  test.each([
    ['a: b: c\n', '1:5', 'mapping values are not allowed here'],
    ['a:\n\tb: 1\n', '2:1', 'tab'],
    ['a: [1, 2\nb: 3\n', '2:1', 'flow sequence'],
    ['a: "open\n', '1:9', 'quoted scalar'],
    ['a: {{ var("x") }}\n', '1:5', 'unhashable key'],
    ['a: 1\n---\nb: 2\n', '2:1', 'single document'],
    ['a: *nope\n', '1:4', "undefined alias 'nope'"],
    ['a: !foo x\n', '1:9', "tag '!foo'"],
    ['a: 2020-13-01\n', '1:4', 'month must be in 1..12'],
    ['a: "\\d"\n', '1:5', 'escape'],
    ['a: x\u0001\n', '1:5', 'control characters'],
  ])('%j', (text, place, message) => {
    const { code, diagnostic } = failure(text);
    expect(code).toBe('yaml-syntax');
    expect(formatSpan(diagnostic.span ?? { file: '', line: 0, column: 0 })).toBe(`models/größe x.yml:${place}`);
    expect(diagnostic.message).toContain(message);
    expect(diagnostic.message).toMatch(/^Syntax error near line \d+: /);
    expect(diagnostic.sourceText).toBe(text);
  });

  test('a code frame can be drawn', () => {
    const { diagnostic } = failure('models:\n  - name: a\n     columns: x\n');
    const frame = codeFrame(diagnostic.sourceText ?? '', diagnostic.span ?? { file: '', line: 1, column: 1 });
    expect(frame.split('\n')).toContain('> 3 |      columns: x');
    expect(diagnostic.hint).toContain('same column');
  });

  test('unquoted Jinja is told as such', () => {
    expect(failure('a: {{ var("x") }}\n').diagnostic.hint).toContain('must be in quotes');
    expect(failure('{% if x %}\na: 1\n').diagnostic.hint).toContain('must be in quotes');
  });
});

describe('values', () => {
  test('floats are apart from ints, big ints are exact', () => {
    const value = readYaml('a: 1.0\nb: 1\nc: 1.5\nd: 9007199254740993\n', 'x.yml').value as Record<string, unknown>;
    expect(value['a']).toBeInstanceOf(PyFloat);
    expect(value).toMatchObject({ b: 1, c: 1.5, d: 9007199254740993n });
  });

  test('mappings are plain objects unless their keys would suffer', () => {
    expect(Object.getPrototypeOf(readYaml('b: 1\na: 2\n', 'x.yml').value)).toBe(Object.prototype);
    for (const text of ['b: 1\n2: x\n', 'b: 1\n"10": 2\n"9": 3\n', '__proto__: 1\n', 'true: 1\n']) {
      expect(readYaml(text, 'x.yml').value, text).toBeInstanceOf(PyDict);
    }
    expect(Object.keys(asRecord(readYaml('b: 1\n2: x\n', 'x.yml').value) ?? {})).toEqual(['2', 'b']);
    expect(asRecord([1])).toBeUndefined();
  });

  test('aliases are one object', () => {
    const value = readYaml('a: &x [1]\nb: *x\n', 'x.yml').value as Record<string, unknown>;
    expect(value['a']).toBe(value['b']);
  });
});

describe('the fast reader', () => {
  /** A small linear congruential generator: the same texts each time. */
  function random(seed: number): (limit: number) => number {
    let state = seed;
    return (limit) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * limit);
    };
  }

  const PIECES = [
    'a: ',
    'b:',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    '-',
    '"x y"',
    "'it''s'",
    'x',
    '1',
    '1.0',
    'yes',
    '~',
    '[a, b]',
    '{k: v, l: 2}',
    '[',
    ']',
    '{',
    '}',
    ', ',
    ': ',
    ' # c',
    '#',
    '|',
    '>',
    '|-',
    '>+',
    '\n\n',
    '  ',
    ' ',
    '2020-01-01',
    '"a\\n"',
    '"',
    "'",
    '?',
    '&x ',
    '*x',
    '<<: ',
    '!t ',
    '%',
    '@',
    '\t',
    '---',
    'é',
    'key: value',
    '\n  - name: n\n    v: 1',
    '"q": 1',
    '\\',
  ];

  test('agrees with the complete one, and both throw nothing but problems of YAML', () => {
    let taken = 0;
    for (let seed = 1; seed <= 3000; seed++) {
      const next = random(seed);
      const text = Array.from({ length: 1 + next(14) }, () => PIECES[next(PIECES.length)]).join('');
      const fast = readFast(text);
      if (!fast) {
        expect(() => {
          try {
            readTree(text);
          } catch (error) {
            if (!(error instanceof YamlProblem)) throw error;
          }
        }, JSON.stringify(text)).not.toThrow();
        continue;
      }
      taken += 1;
      expect(encode(fast.value), JSON.stringify(text)).toEqual(encode(readTree(text).value));
    }
    expect(taken).toBeGreaterThan(250);
  });
});
