import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isDbtError } from '../../src/diagnostics/errors.js';
import { compileMacros, extractBlocks } from '../../src/jinja/blocks.js';

interface BlockCase {
  readonly text: string;
  readonly blocks?: readonly (readonly [string, string, string, string])[];
  readonly error?: string;
}

const file = new URL('../cases/jinja/blocks.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly BlockCase[];
const kinds = ['macro', 'docs', 'snapshot', 'test', 'data_test', 'materialization'];

describe('the search for blocks', () => {
  it.each(recorded)('$text', ({ text, blocks, error }) => {
    try {
      const found = extractBlocks(text, { file: 'x.sql', kinds });
      expect(found.map((b) => [b.kind, b.name, b.body, b.fullBlock])).toEqual(blocks);
    } catch (raised) {
      if (!isDbtError(raised)) throw raised;
      expect(error, raised.message).toBeDefined();
      expect(raised.diagnostic.span).toBeDefined();
    }
  });

  it('gives the places of blocks in the file', () => {
    const [block] = extractBlocks('a\n{% docs x %}\nbody\n{% enddocs %}', { file: 'd.md', kinds: ['docs'] });
    expect(block?.span).toMatchObject({ line: 2, column: 1, endLine: 4 });
    expect(block?.bodySpan).toMatchObject({ line: 2, column: 13 });
  });

  it('reads macros and skips what stands between them', () => {
    const text =
      '{{ not jinja( }}\n{% macro a(x, y=1) %}{{ x.y.z }}{% endmacro %}\n# text %}\n  {% test t(model) %}x{% endtest %}';
    const macros = compileMacros(text, { file: 'macros/m.sql' });
    expect(macros.map((m) => [m.kind, m.name, m.fullName, m.span.line, m.span.column])).toEqual([
      ['macro', 'a', 'a', 2, 1],
      ['test', 't', 'test_t', 4, 3],
    ]);
    expect(macros[0]?.parameters).toEqual([
      { name: 'x', hasDefault: false },
      { name: 'y', hasDefault: true },
    ]);
    expect(macros[0]?.sourceText).toBe('{% macro a(x, y=1) %}{{ x.y.z }}{% endmacro %}');
    const bound = macros[0]?.bind({ get: () => undefined });
    expect(() => bound?.callSync({ positional: [{}], keyword: new Map() })).toThrowError(
      expect.objectContaining({
        diagnostic: expect.objectContaining({ span: expect.objectContaining({ line: 2, column: 29 }) }),
      }),
    );
  });
});
