import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DbtError } from '../../src/diagnostics/errors.js';
import { compileMacros } from '../../src/jinja/blocks.js';
import { compileTemplate, type JinjaContext } from '../../src/jinja/environment.js';
import { hostFunction, JINJA } from '../../src/jinja/values.js';

interface Hostile {
  readonly template: string;
  /** What it prints; anything that is no error will do when it is missing. */
  readonly prints?: string;
  /** A part of the error's message, when it must fail. */
  readonly fails?: string;
}

const file = new URL('../cases/jinja/hostile.json', import.meta.url);
const templates = JSON.parse(readFileSync(file, 'utf8')) as readonly Hostile[];

const TOO_DEEP = 'nested too deeply';

/** Templates that are large rather than clever; those without a message may print. */
const LARGE: readonly (Hostile & { readonly what: string })[] = [
  { what: 'parentheses', template: `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, fails: TOO_DEEP },
  { what: 'lists', template: `{{ ${'['.repeat(5000)}${']'.repeat(5000)} }}`, fails: TOO_DEEP },
  { what: 'minuses', template: `{{ ${'-'.repeat(5000)}1 }}`, fails: TOO_DEEP },
  { what: 'nots', template: `{{ ${'not '.repeat(5000)}1 }}`, fails: TOO_DEEP },
  { what: 'sums', template: `{{ 1${' + 1'.repeat(3000)} }}`, fails: TOO_DEEP },
  { what: 'attributes', template: `{{ a${'.b'.repeat(5000)} is defined }}`, fails: TOO_DEEP },
  { what: 'filters', template: `{{ xs${' | list'.repeat(3000)} }}`, fails: TOO_DEEP },
  { what: 'conditions', template: `{{ 1${' if 1 else 2'.repeat(500)} }}` },
  { what: 'ifs', template: `${'{% if 1 %}'.repeat(500)}x${'{% endif %}'.repeat(500)}`, fails: TOO_DEEP },
  { what: 'sums in parentheses', template: `{{ ${'('.repeat(150)}1${`${' + 1'.repeat(300)})`.repeat(150)} }}` },
  { what: 'open tags', template: '{% if 1 %}'.repeat(20_000), fails: TOO_DEEP },
  { what: 'open braces', template: '{{'.repeat(50_000) },
  { what: 'a long text', template: 'x'.repeat(2_000_000) },
  { what: 'many outputs', template: '{{ 1 }}{{ xs }}'.repeat(5000) },
];

declare global {
  var tsdbtPwned: unknown;
}

class Secretive {
  readonly secret = 'leaked';
  method(): string {
    return 'leaked';
  }
}

function context(): JinjaContext {
  const names = new Map<string, unknown>([
    ['d', { a: 1 }],
    ['xs', [1, 2]],
    ['s', 'text'],
    ['host', { [JINJA.attr]: (name: string) => (name === 'ok' ? 'fine' : undefined) }],
    ['instance', new Secretive()],
    ['raw', () => 'leaked'],
    ['fn', hostFunction('fn', ({ positional }) => positional.length)],
    ['frozen', Object.freeze({ a: 1 })],
  ]);
  return { get: (name) => names.get(name) };
}

describe.each(['sync', 'async'] as const)('hostile templates, %s', (mode) => {
  const all = [...templates.map((item) => ({ ...item, what: item.template })), ...LARGE];

  it.each(all)('$what', async ({ template, prints, fails }) => {
    globalThis.tsdbtPwned = undefined;
    const render = async (): Promise<string> => {
      const compiled = compileTemplate(template, { file: 'models/hostile.sql' });
      return mode === 'sync' ? compiled.renderSync(context()) : await compiled.render(context());
    };
    let text: string | undefined;
    let error: unknown;
    try {
      text = await render();
    } catch (raised) {
      error = raised;
    }
    expect(globalThis.tsdbtPwned).toBeUndefined();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    if (error !== undefined) expect(error).toBeInstanceOf(DbtError);
    if (prints !== undefined) expect(text ?? error).toBe(prints);
    if (fails !== undefined) expect(String((error as Error | undefined)?.message)).toContain(fails);
    expect(String(text)).not.toContain('leaked');
    expect(String(text)).not.toMatch(/native code|function \(|class /);
  });
});

describe('hostile names', () => {
  const names = [
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
    'prototype',
    'await',
    'let',
    'this',
    'p',
    'S',
    'K',
    'o',
    'e',
    'arguments',
    'eval',
    'ünïcode',
  ];

  it.each(names)('%s is an ordinary name of a macro, an argument and a key', async (name) => {
    const text = `{% macro ${name}(${name}, other=1) %}{% set v = {'${name}': ${name}} %}{{ v.${name} }}{{ v['${name}'] }}{{ kwargs.${name}x }}{% endmacro %}`;
    const [macro] = compileMacros(text, { file: 'macros/x.sql' });
    const bound = macro?.bind({ get: () => undefined });
    const args = {
      positional: [],
      keyword: new Map([
        [name, 5],
        [`${name}x`, 6],
      ]),
    };
    expect(bound?.callSync(args)).toBe('556');
    expect(await bound?.callAsync(args)).toBe('556');
  });

  it.each(names)('%s is found in the context only', (name) => {
    const template = compileTemplate(
      `{{ ${name} is defined }}{% set ${name} = 4 %}{{ ${name} }}{% for ${name} in [7] %}{{ ${name} }}{% endfor %}`,
      { file: 'm.sql' },
    );
    expect(template.renderSync({ get: () => undefined })).toBe('False47');
  });
});
