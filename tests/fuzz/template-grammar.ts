import type { Random } from '../helpers/random.js';

/** Names that a template may use: those of the recorded cases' context, some of them missing. */
const NAMES = [
  'a',
  'b',
  'n',
  'name',
  'xs',
  'd',
  's',
  'nothing',
  'big',
  'rel',
  'loop',
  'caller',
  'm',
  'varargs',
  'kwargs',
  'zz',
  'deep',
  'long',
  'cyclic',
  'day',
  'money',
  'modules',
  'self',
];
const ATTRIBUTES = [
  'name',
  'items',
  'keys',
  'values',
  'append',
  'x',
  'a',
  'upper',
  'format',
  'split',
  'join',
  'replace',
  'center',
  'zfill',
  'index',
  'length',
  'get',
  'update',
  'pop',
  'sort',
  'count',
  'isoformat',
  '__class__',
  'constructor',
  'last',
  'nextitem',
  'cycle',
  'strftime',
  'translate',
  'encode',
  'ljust',
  'expandtabs',
  'splitlines',
];
const FILTERS = [
  'list',
  'length',
  'join',
  'map',
  'select',
  'reject',
  'selectattr',
  'sort',
  'unique',
  'groupby',
  'batch',
  'slice',
  'first',
  'last',
  'sum',
  'min',
  'max',
  'int',
  'float',
  'string',
  'round',
  'abs',
  'upper',
  'replace',
  'default',
  'd',
  'tojson',
  'dictsort',
  'items',
  'indent',
  'wordwrap',
  'truncate',
  'center',
  'format',
  'trim',
  'striptags',
  'urlencode',
  'xmlattr',
  'pprint',
  'filesizeformat',
  'reverse',
  'attr',
  'random',
  'title',
  'escape',
  'safe',
  'wordcount',
  'nofilter',
  'forceescape',
  'urlize',
];
const TESTS = [
  'defined',
  'none',
  'string',
  'number',
  'mapping',
  'iterable',
  'sequence',
  'odd',
  'even',
  'divisibleby',
  'in',
  'sameas',
  'eq',
  'lt',
  'callable',
  'lower',
  'true',
  'integer',
  'float',
  'boolean',
  'filter',
  'test',
  'escaped',
  'undefined',
  'notest',
];
const LITERALS = [
  '0',
  '1',
  '2',
  '-1',
  '1.5',
  '1e400',
  '1e-400',
  '10**20',
  '9007199254740993',
  "''",
  "'x'",
  "'%s %d %(a)s'",
  "'{0!r:>10} {a}'",
  '"\\u1F600"',
  "'\\x41'",
  'none',
  'true',
  'False',
  '[]',
  '{}',
  '()',
  '(1,)',
  "'a,b'",
  '1_000',
  '0x1f',
  '1000000000',
  "'%Y-%m-%d'",
  "'{:,}'",
  "'*'",
];
const BINARY = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '~',
  '==',
  '!=',
  '<',
  '>=',
  'and',
  'or',
  'in',
  'not in',
  '|',
  'is',
];

/** A template made by the rules of Jinja's grammar, of values that do not fit each other. */
export function grammarTemplate(random: Random): string {
  return statements(random, 3);
}

function statements(random: Random, depth: number): string {
  return random.times(1 + random.below(3), () => statement(random, depth)).join(random.chance(0.3) ? '\n' : ' ');
}

function statement(random: Random, depth: number): string {
  if (depth <= 0) return random.chance(0.5) ? tag(random, expression(random, 2), '{{', '}}') : 'text';
  const block = (opening: string, body: string, end: string): string =>
    tag(random, opening, '{%', '%}') + body + tag(random, end, '{%', '%}');
  const inner = (): string => statements(random, depth - 1);
  const value = (): string => expression(random, 3);
  switch (random.below(14)) {
    case 0:
      return block(`if ${value()}`, inner() + tag(random, `elif ${value()}`, '{%', '%}') + inner(), 'endif');
    case 1: {
      const otherwise = random.chance(0.3) ? tag(random, 'else', '{%', '%}') + inner() : '';
      const target = random.pick(['x', 'x, y', 'x, (y, z)', 'name']);
      const test = random.chance(0.2) ? ` if ${value()}` : '';
      const recursive = random.chance(0.1) ? ' recursive' : '';
      return block(`for ${target} in ${smallIterable(random)}${test}${recursive}`, inner() + otherwise, 'endfor');
    }
    case 2:
      return tag(random, `set ${random.pick(['a', 'b', 'x, y', 'ns.a', '(a, b)', 'zz'])} = ${value()}`, '{%', '%}');
    case 3:
      return block(
        `set ${random.pick(['a', 'b'])}${random.chance(0.3) ? ` | ${filter(random, 1)}` : ''}`,
        inner(),
        'endset',
      );
    case 4: {
      const parameters = random.times(random.below(3), (i) => `p${i}${random.chance(0.5) ? `=${value()}` : ''}`);
      return (
        block(`macro m(${parameters.join(', ')})`, inner(), 'endmacro') +
        (random.chance(0.7) ? `{{ m(${args(random, 2)}) }}` : '')
      );
    }
    case 5:
      return block(
        `call${random.chance(0.3) ? '(x, y=1)' : ''} ${random.pick(['m', 'a', 'name.format', 'd.get'])}(${args(random, 1)})`,
        inner(),
        'endcall',
      );
    case 6:
      return block(`filter ${filter(random, 1)}`, inner(), 'endfilter');
    case 7:
      return block(`with ${random.pick(['a', 'x'])} = ${value()}`, inner(), 'endwith');
    case 8:
      return tag(random, `do ${value()}`, '{%', '%}');
    case 9:
      return block('raw', random.pick(['{{ x }}', '{% if %}', '{#', 'text']), 'endraw');
    case 10:
      return `{# ${random.pick(['comment', '{{', '%}', '-'])} #}`;
    case 11:
      return random.pick([
        '{% break %}',
        '{% continue %}',
        "{% include 'x' %}",
        "{% extends 'x' %}",
        '{% block b %}x{% endblock %}',
        "{% import 'x' as y %}",
        '{% set ns = namespace(a=1) %}',
        '{% debug %}',
        '{% autoescape true %}x{% endautoescape %}',
        '{% trans %}x{% endtrans %}',
        '{{ return(a) }}',
      ]);
    default:
      return tag(random, value(), '{{', '}}');
  }
}

function tag(random: Random, body: string, open: string, close: string): string {
  return `${open}${random.chance(0.15) ? '-' : ''} ${body} ${random.chance(0.15) ? '-' : ''}${close}`;
}

/** What loops go over: few enough items for loops within loops. */
function smallIterable(random: Random): string {
  return random.pick([
    'xs',
    'd',
    'd.items()',
    's',
    'range(3)',
    'range(0, 9, 3)',
    '[1, [2], {}]',
    '[(1, 2), (3, 4)]',
    'nothing',
    'zz',
    'n',
    "'ab'",
    'varargs',
    'kwargs',
    'xs | batch(2)',
    'loop',
    '[[1, [2, 3]]]',
  ]);
}

function expression(random: Random, depth: number): string {
  if (depth <= 0) return random.chance(0.5) ? random.pick(NAMES) : random.pick(LITERALS);
  const one = (): string => expression(random, depth - 1);
  switch (random.below(13)) {
    case 0:
      return `${one()} ${random.pick(BINARY)} ${one()}`;
    case 1:
      return `(${one()})`;
    case 2:
      return `${one()} | ${filter(random, depth - 1)}`;
    case 3:
      return `${one()} is ${random.chance(0.2) ? 'not ' : ''}${random.pick(TESTS)}${random.chance(0.3) ? `(${args(random, depth - 1)})` : ''}`;
    case 4:
      return `${one()}.${random.pick(ATTRIBUTES)}`;
    case 5:
      return `${one()}.${random.pick(ATTRIBUTES)}(${args(random, depth - 1)})`;
    case 6:
      return `${one()}[${random.chance(0.3) ? `${one()}:${one()}` : one()}]`;
    case 7:
      return `${one()} if ${one()}${random.chance(0.7) ? ` else ${one()}` : ''}`;
    case 8:
      return `[${random.times(random.below(4), one).join(', ')}]`;
    case 9:
      return `{${random.times(random.below(3), () => `${one()}: ${one()}`).join(', ')}}`;
    case 10:
      return `${random.pick(['not ', '-', '+', '- -'])}${one()}`;
    case 11:
      return `${random.pick(['range', 'dict', 'namespace', 'cycler', 'joiner', 'lipsum', 'm', 'caller', 'rel.include', 'list_of', 'Decimal', 'boom', 'loop'])}(${args(random, depth - 1)})`;
    default:
      return random.chance(0.5) ? random.pick(NAMES) : random.pick(LITERALS);
  }
}

function filter(random: Random, depth: number): string {
  return random.pick(FILTERS) + (random.chance(0.6) ? `(${args(random, depth)})` : '');
}

function args(random: Random, depth: number): string {
  return random
    .times(random.below(4), () => {
      const value = expression(random, depth);
      const kind = random.below(12);
      if (kind === 0) return `*${value}`;
      if (kind === 1) return `**${value}`;
      return kind < 4
        ? `${random.pick(['attribute', 'default', 'reverse', 'width', 'x', 'start', 'case_sensitive', 'by', 'count'])}=${value}`
        : value;
    })
    .join(', ');
}
