import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../src/diagnostics/code-frame.js';
import { CODES } from '../../src/diagnostics/codes.js';
import { closest, didYouMean } from '../../src/diagnostics/did-you-mean.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { LineIndex, positionAt } from '../../src/diagnostics/span.js';

describe('codeFrame', () => {
  const text = 'select *\nfrom {{ reff("a") }}\nwhere true\n';

  it('marks the line and underlines the span', () => {
    expect(codeFrame(text, { file: 'm.sql', line: 2, column: 9, endLine: 2, endColumn: 13 })).toBe(
      ['  1 | select *', '> 2 | from {{ reff("a") }}', '    |         ^^^^', '  3 | where true', '  4 |'].join('\n'),
    );
  });

  it('keeps tabs in the caret line, so that it stays aligned', () => {
    expect(codeFrame('\t\tx y', { file: 'm.sql', line: 1, column: 5 })).toBe('> 1 | \t\tx y\n    | \t\t  ^');
  });

  it('points behind the last character for an unexpected end', () => {
    expect(codeFrame('ab', { file: 'm.sql', line: 1, column: 99 })).toBe('> 1 | ab\n    |   ^');
  });

  it('is empty when the span is outside the text', () => {
    expect(codeFrame('ab', { file: 'm.sql', line: 9, column: 1 })).toBe('');
  });

  it('takes CRLF as one line end', () => {
    expect(codeFrame('a\r\nb\r\n', { file: 'm.sql', line: 2, column: 1 }).split('\n')[1]).toBe('> 2 | b');
  });
});

describe('didYouMean', () => {
  it('finds transpositions and single edits, ignoring case', () => {
    expect(closest('custoemrs', ['customers', 'orders'])).toEqual(['customers']);
    expect(closest('Stg_Orders', ['stg_orders', 'stg_order'])).toEqual(['stg_orders', 'stg_order']);
  });

  it('says nothing when nothing is close', () => {
    expect(didYouMean('xyz', ['customers'])).toBeUndefined();
    expect(didYouMean('a', [])).toBeUndefined();
  });

  it('names at most three', () => {
    expect(closest('abc', ['abd', 'abe', 'abf', 'abg'])).toEqual(['abd', 'abe', 'abf']);
  });
});

describe('LineIndex', () => {
  it('finds what positionAt finds', () => {
    for (const text of ['', 'ab', '\n', 'ab\ncd\n\nef', 'a\r\nb']) {
      const index = new LineIndex(text);
      for (let at = 0; at <= text.length + 2; at++) expect(index.at(at)).toEqual(positionAt(text, at));
    }
  });
});

describe('positionAt', () => {
  it('is 1-based', () => {
    expect(positionAt('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
    expect(positionAt('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
    expect(positionAt('ab', 99)).toEqual({ line: 1, column: 3 });
  });
});

describe('DbtError', () => {
  it('keeps its own details when an outer layer adds some', () => {
    const inner = new DbtError('jinja-undefined', 'x', { hint: 'inner' });
    const outer = inner.with({ hint: 'outer', span: { file: 'a.sql', line: 1, column: 2 } });
    expect(outer.diagnostic).toMatchObject({ hint: 'inner', span: { file: 'a.sql' }, code: 'jinja-undefined' });
  });
});

describe('the catalogue of codes', () => {
  it('is sorted', () => {
    expect(Object.keys(CODES)).toEqual(Object.keys(CODES).sort());
  });
});
