import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DbtError } from '../../src/diagnostics/errors.js';
import { extractBlocks } from '../../src/jinja/blocks.js';
import { compileTemplate, renderNativeSync } from '../../src/jinja/environment.js';
import { caseContext } from './harness.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20260101);
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 1500);
/** Far beyond what any of these small templates needs. */
const LIMIT_MS = 3000;

const file = new URL('../cases/jinja/oracle.json', import.meta.url);
const { context, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly context: Record<string, unknown>;
  readonly cases: readonly {
    readonly template: string;
    readonly echo?: boolean;
    readonly macros?: Record<string, string>;
  }[];
};
const corpus = cases
  .filter((item) => !item.echo)
  .flatMap((item) => [item.template, ...Object.values(item.macros ?? {})]);
const PIECES = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '-%}',
  '{%-',
  '{{-',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '|',
  ',',
  '.',
  ':',
  '=',
  '==',
  '<',
  '~',
  '*',
  '**',
  '//',
  '%',
  "'",
  '"',
  '\\',
  '\n',
  ' ',
  ' if ',
  ' else ',
  ' for x in xs ',
  ' in ',
  ' not ',
  ' is ',
  ' and ',
  'none',
  'true',
  '0',
  '1.5',
  '-1',
  '{% endif %}',
  '{% endfor %}',
  '{% else %}',
  '{% set x = 1 %}',
  '{% raw %}',
  '{% endraw %}',
  'loop',
  'caller()',
  'zz',
  'xs',
  'd',
  'name',
  '\u2028',
  '\u{1f600}',
  '\ud800',
  '\u0000',
  '__proto__',
  'constructor',
  '${',
  '`',
  '*/',
];

/** A small seeded generator: the same seed gives the same templates. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function mutate(next: () => number): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  let text = pick(corpus);
  const edits = 1 + Math.floor(next() * 4);
  for (let i = 0; i < edits; i++) {
    const at = Math.floor(next() * (text.length + 1));
    const length = Math.floor(next() * 8);
    const kind = Math.floor(next() * 5);
    if (kind === 0) text = text.slice(0, at) + text.slice(at + length);
    else if (kind === 1) text = text.slice(0, at) + pick(PIECES) + text.slice(at);
    else if (kind === 2) text = text.slice(0, at) + pick(PIECES) + text.slice(at + length);
    else if (kind === 3) text = text.slice(0, at) + text.slice(at, at + length * 3) + text.slice(at);
    else {
      const other = pick(corpus);
      const from = Math.floor(next() * other.length);
      text = text.slice(0, at) + other.slice(from, from + 20) + text.slice(at);
    }
  }
  return text.slice(0, 2000);
}

async function attempt(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof DbtError)) throw error;
    expect(error.diagnostic.span, error.message).toBeDefined();
  }
}

describe(`mutated templates, seed ${SEED}`, () => {
  it('give a text or a DbtError with a place, and end', { timeout: 120_000 }, async () => {
    const next = random(SEED);
    for (let i = 0; i < ROUNDS; i++) {
      const text = mutate(next);
      const start = performance.now();
      try {
        const lenient = i % 3 === 0 ? ({ undefined: 'lenient' } as const) : {};
        await attempt(() => compileTemplate(text, { file: 'f.sql' }).renderSync(caseContext(context, {}), lenient));
        await attempt(() => compileTemplate(text, { file: 'f.sql' }).render(caseContext(context, {}), lenient));
        await attempt(() => renderNativeSync(text, caseContext(context, {}), { file: 'f.yml' }));
        await attempt(() => extractBlocks(text, { file: 'f.sql', kinds: ['macro', 'docs'] }));
      } catch (error) {
        throw new Error(`round ${i}: ${JSON.stringify(text)}`, { cause: error });
      }
      expect(performance.now() - start, JSON.stringify(text)).toBeLessThan(LIMIT_MS);
    }
  });
});
