import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { injectCtes } from '../../src/sql/inject-ctes.js';
import { SourceMap } from '../../src/sql/source-map.js';
import { tokens } from '../../src/sql/tokens.js';

interface Case {
  readonly sql: string;
  readonly ctes: readonly string[];
  readonly injected: string;
}

const recorded = JSON.parse(readFileSync(new URL('../cases/run/inject-ctes.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
};

describe('injectCtes', () => {
  it.each(recorded.cases)('puts them where dbt does: $sql', ({ sql, ctes, injected }) => {
    expect(injectCtes(sql, ctes).sql).toBe(injected);
  });

  it.each([
    [
      'a type is no CTE',
      'select x::timestamp with time zone from t',
      'with c as (1) select x::timestamp with time zone from t',
    ],
    [
      'a comment between with and recursive',
      'with /* c */ recursive r as (2) select 1',
      'with /* c */ recursive  c as (1), r as (2) select 1',
    ],
    ['what follows a semicolon stays', 'select 1; select 2', 'with c as (1) select 1; select 2'],
    ['nothing but white space', ' \n', ' \nwith c as (1) '],
  ])('deviates from dbt on purpose: %s', (_name, sql, expected) => {
    expect(injectCtes(sql, [' c as (1)']).sql).toBe(expected);
  });

  it('gives the text back when there is nothing to put in', () => {
    expect(injectCtes('select 1', [])).toEqual({ sql: 'select 1', insertions: [] });
  });
});

describe('SourceMap', () => {
  const map = new SourceMap([
    { start: 0, end: 10, sourceStart: 5, sourceEnd: 15, verbatim: true },
    { start: 10, end: 14, sourceStart: 15, sourceEnd: 30, verbatim: false },
    { start: 20, end: 22, sourceStart: 40, sourceEnd: 42, verbatim: true },
  ]);

  it('leads verbatim text to its character, an expression to its stretch, anything else nowhere', () => {
    expect(map.originAt(3)).toEqual({ offset: 8 });
    expect(map.originAt(12)).toEqual({ offset: 15, end: 30 });
    expect(map.originAt(16)).toBeUndefined();
    expect(map.originAt(21)).toEqual({ offset: 41 });
    expect(map.originAt(99)).toBeUndefined();
  });

  it('still leads there after a text is put into the middle of a segment', () => {
    const moved = map.insert([{ offset: 4, text: 'XXXXX' }]);
    expect(moved.originAt(3)).toEqual({ offset: 8 });
    expect(moved.originAt(6)).toBeUndefined();
    expect(moved.originAt(9)).toEqual({ offset: 9 });
    expect(moved.originAt(17)).toEqual({ offset: 15, end: 30 });
    expect(moved.originAt(26)).toEqual({ offset: 41 });
  });

  it('agrees with the text wherever it is put', () => {
    const sql = '-- c\nwith a as (select 1)\nselect b from a';
    const whole = new SourceMap([{ start: 0, end: sql.length, sourceStart: 0, sourceEnd: sql.length, verbatim: true }]);
    const injected = injectCtes(sql, [' x as (\nselect 2\n)']);
    const after = whole.insert(injected.insertions);
    const b = injected.sql.indexOf('b from');
    expect(after.originAt(b)).toEqual({ offset: sql.indexOf('b from') });
    expect(after.originAt(injected.sql.indexOf('select 2'))).toBeUndefined();
  });
});

describe('tokens', () => {
  const cut = (sql: string): string[] => [...tokens(sql)].map((t) => `${t.kind}:${sql.slice(t.start, t.end)}`);

  it('tells text from code', () => {
    expect(cut("a'b''c'E'\\''\"q\"\"r\"")).toEqual(['word:a', "quoted:'b''c'", "quoted:E'\\''", 'quoted:"q""r"']);
    expect(cut('/* a /* b */ c */--d\n$x$ ; $x$')).toEqual([
      'comment:/* a /* b */ c */',
      'comment:--d',
      'space:\n',
      'quoted:$x$ ; $x$',
    ]);
  });

  it.each(["'open", '"open', '/* open', '$$ open', "E'open\\", '$'])('never fails: %s', (sql) => {
    expect(cut(sql).join('')).toContain(sql.slice(0, 1));
    const all = [...tokens(sql)];
    expect(all[0]?.start).toBe(0);
    expect(all[all.length - 1]?.end).toBe(sql.length);
  });
});
