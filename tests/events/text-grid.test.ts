import { beforeAll, describe, expect, it } from 'vitest';
import { comparisonText, toldEvidence } from '../../src/events/evidence-text.js';
import { annotationLine } from '../../src/events/github-annotation.js';
import { PLAIN } from '../../src/events/paint.js';
import { cellText, cutText, drawGrid, fitWidths } from '../../src/events/text-grid.js';
import { displayWidth, loadTextWidth } from '../../src/events/text-width.js';
import { compareRows } from '../../src/runner/compare-rows.js';
import { Random } from '../helpers/random.js';

beforeAll(loadTextWidth);

describe('tables in a terminal', () => {
  it('shows what could not be seen or would do harm', () => {
    expect([null, '', 'NULL', ' a', 'a\n\tb', '\u001b[2J', '\u202e', 'ä'].map(cellText)).toEqual([
      'NULL',
      '""',
      '"NULL"',
      '" a"',
      'a\\n\\tb',
      '\\u001b[2J',
      '\\u202e',
      'ä',
    ]);
  });

  it('cuts by columns of the terminal, not by characters', () => {
    expect(cutText('abcdef', 4)).toBe('abc…');
    expect(cutText('日本語テキスト', 6)).toBe('日本…');
    expect(cutText('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 5)).toBe('👨‍👩‍👧👨‍👩‍👧…');
  });

  it('never takes more than there is, and leaves out what does not fit', () => {
    const random = new Random(7);
    for (let round = 0; round < 100; round += 1) {
      const count = 1 + random.below(12);
      const wanted = Array.from({ length: count }, () => 1 + random.below(90));
      const width = 20 + random.below(180);
      const widths = fitWidths(wanted, width);
      const total = widths.reduce((sum, w) => sum + w + 3, -3);
      if (widths.length > 1 || (wanted[0] ?? 0) <= width)
        expect(total, `${wanted} in ${width}`).toBeLessThanOrEqual(width);
      for (const [i, w] of widths.entries()) expect(w).toBeLessThanOrEqual(wanted[i] ?? 0);
      const names = wanted.map((w) => 'n'.repeat(w));
      for (const line of drawGrid(names, [names.map((text) => ({ text }))], width).lines) {
        expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, 8));
      }
    }
  });
});

describe('rows side by side', () => {
  const text = (columns: string[], expected: (string | null)[][], actual: (string | null)[][], width = 120): string =>
    comparisonText(
      toldEvidence(compareRows(columns, expected, actual), (t) => t),
      { paint: PLAIN, width },
    );

  it('pairs by a key, by most equal cells, and what is left of one column with the other', () => {
    const kinds = (columns: string[], a: (string | null)[][], b: (string | null)[][]): string[] =>
      compareRows(columns, a, b).rows.map((r) => `${r.kind} ${r.changed.join()}`);
    expect(
      kinds(
        ['id', 'v'],
        [
          ['1', 'a'],
          ['2', 'b'],
        ],
        [
          ['2', 'c'],
          ['3', 'a'],
        ],
      ),
    ).toEqual(['changed 0', 'changed 1']);
    expect(kinds(['k', 'a', 'b', 'c'], [['1', 'x', 'y', 'z']], [['2', 'x', 'y', 'z']])).toEqual(['changed 0']);
    expect(
      kinds(
        ['a', 'b'],
        [
          ['x', null],
          ['x', null],
        ],
        [['x', null]],
      ),
    ).toEqual(['missing ']);
    expect(kinds(['v'], [['1']], [['2']])).toEqual(['changed 0']);
    expect(kinds(['v'], [['1'], ['2']], [['3']])).toEqual(['missing ', 'missing ', 'unexpected ']);
    expect(kinds(['v'], [], [['3']])).toEqual(['unexpected ']);
  });

  it('accounts for every row, whatever they are', () => {
    const random = new Random(11);
    for (let round = 0; round < 100; round += 1) {
      const width = 1 + random.below(4);
      const row = (): (string | null)[] =>
        Array.from({ length: width }, () => [null, 'a', 'b', '1'][random.below(4)] ?? null);
      const expected = Array.from({ length: random.below(7) }, row);
      const actual = Array.from({ length: random.below(7) }, row);
      const { rows, same } = compareRows(
        Array.from({ length: width }, (_, i) => `c${i}`),
        expected,
        actual,
      );
      const side = (name: 'expected' | 'actual'): string[] =>
        rows.flatMap((r) => (r[name] ? [JSON.stringify(r[name])] : []));
      expect(side('expected').length + same).toBe(expected.length);
      expect(side('actual').length + same).toBe(actual.length);
      for (const r of rows) if (r.kind === 'changed') expect(r.changed.length).toBeGreaterThan(0);
    }
  });

  it('shows long values from where they differ, and names the columns that have no room', () => {
    const long = 'x'.repeat(400);
    expect(text(['id', 'v'], [['1', `${long}a`]], [['1', `${long}b`]])).toContain('≠ …xxxxxa ║  1 │ ≠ …xxxxxb');
    const columns = Array.from({ length: 30 }, (_, i) => `column_${i}`);
    const row = (cell: string): string[] => columns.map((_, i) => (i % 2 ? cell : 'same'));
    const wide = text(columns, [row('a')], [row('b')], 80);
    for (const line of wide.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(wide).toMatch(/… too narrow for more, which differ too: column_\d+, /);
  });

  it('marks a change in what is masked', () => {
    const told = toldEvidence(compareRows(['id', 'v'], [['1', 'secret']], [['1', 'secret2']]), (t) =>
      t.replace(/secret\d?/, '*****'),
    );
    expect(comparisonText(told, { paint: PLAIN, width: 80 })).toContain('≠ ***** ║  1 │ ≠ *****');
  });
});

describe('annotations', () => {
  it('are one line, whatever they hold', () => {
    expect(
      annotationLine({
        level: 'error',
        file: 'a,b:c%.sql',
        line: 2,
        column: 3,
        title: 'x: y',
        message: '100 %\r\n::error::no',
      }),
    ).toBe('::error file=a%2Cb%3Ac%25.sql,line=2,col=3,title=x%3A y::100 %25%0D%0A::error::no');
    expect(annotationLine({ level: 'warning', file: null, line: 1, column: 1, title: 't', message: 'm' })).toBe(
      '::warning title=t::m',
    );
  });
});
