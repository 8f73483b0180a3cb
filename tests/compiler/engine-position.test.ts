import { describe, expect, it } from 'vitest';
import { enginePosition } from '../../src/sql/engine-position.js';

describe('enginePosition', () => {
  it('reads line and column under a caret', () => {
    const statement = '/* c */\nselect id,\n  nope\nfrom t';
    const message = 'Binder Error: no column "nope"\n\nLINE 3:   nope\n          ^';
    expect(enginePosition(message, statement)).toEqual({ line: 3, column: 2 });
  });

  it('finds the column when the engine shows only a part of a long line', () => {
    const long = `select ${'aaaaaaaaaa, '.repeat(20)}nope from t`;
    const shown = `...aaaaaaa, nope from t`;
    const message = `Binder Error: x\n\nLINE 1: ${shown}\n        ${' '.repeat(shown.indexOf('nope'))}^`;
    expect(enginePosition(message, long)).toEqual({ line: 1, column: long.indexOf('nope') });
  });

  it('gives only the line when there is no caret or the text is not to be found', () => {
    expect(enginePosition('x\nLINE 2: foo', 'a\nb')).toEqual({ line: 2 });
    expect(enginePosition('x\nLINE 1: ...zzz\n           ^', 'select 1')).toEqual({ line: 1 });
  });

  it('gives nothing for a message without a place', () => {
    expect(enginePosition('Catalog Error: no such table', 'select 1')).toBeUndefined();
  });
});
