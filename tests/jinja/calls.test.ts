import { describe, expect, it } from 'vitest';
import { compileMacros } from '../../src/jinja/blocks.js';
import { findCalls, readsName } from '../../src/jinja/calls.js';
import { compileTemplate } from '../../src/jinja/environment.js';

const calls = (text: string) => findCalls(compileTemplate(text, { file: 'm.sql', firstLine: 5 }));

describe('static calls', () => {
  it('are found with their constant arguments, outer before inner', () => {
    const found = calls(
      "{{ ref('a', v=2) }}{% if dbt_utils.star(from=ref('b')) %}{{ x | join(f(-1, [1, 'q'])) }}{% endif %}{{ a.b.c() }}{{ g()(1) }}",
    );
    expect(found.map((call) => [call.name, call.positional, [...call.keyword]])).toEqual([
      ['ref', ['a'], [['v', 2]]],
      ['dbt_utils.star', [], [['from', undefined]]],
      ['ref', ['b'], []],
      ['f', [-1, [1, 'q']], []],
      ['g', [], []],
    ]);
    expect(found[1]?.span).toMatchObject({ file: 'm.sql', line: 5, column: 26 });
  });

  it('are found in macros, call blocks, loops, sets and defaults', () => {
    const [macro] = compileMacros(
      "{% macro m(a=d1()) %}{% set x = s1() %}{% call w1() %}{{ c1() }}{% endcall %}{% for i in l1() if t1(i) %}{{ adapter.dispatch('n', 'pkg')(i) }}{% endfor %}{% set y %}{{ s2() }}{% endset %}{% do q1(*z, **k) %}{% endmacro %}",
      { file: 'm.sql' },
    );
    const found = macro ? findCalls(macro) : [];
    expect(found.map((call) => call.name)).toEqual([
      'd1',
      's1',
      'w1',
      'c1',
      'l1',
      'adapter.dispatch',
      't1',
      's2',
      'q1',
    ]);
    expect(found.find((call) => call.name === 'adapter.dispatch')?.positional).toEqual(['n', 'pkg']);
    expect(found.at(-1)?.dynamic).toBe(true);
  });

  it('tell whether a name is read', () => {
    expect(readsName(compileTemplate('{{ this.name }}', { file: 'm.sql' }), 'this')).toBe(true);
    expect(readsName(compileTemplate("{{ that }}{% set this = 1 %}{{ 'this' }}", { file: 'm.sql' }), 'this')).toBe(
      false,
    );
  });
});
