import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './support.ts';

interface RawRecord {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  readonly problem: string | undefined;
}

interface RecordsModule {
  readHeader(bytes: Buffer): { columns: string[]; next: number };
  readRecords(bytes: Buffer, from: number, width: number): Iterable<RawRecord>;
}

const path: string = join(ROOT, 'project/load/records.mjs');
const { readHeader, readRecords } = (await import(path)) as RecordsModule;

function records(text: string | Buffer, width = 2): [string, string | undefined][] {
  const bytes = Buffer.from(text as string);
  const found = [...readRecords(bytes, 0, width)];
  expect(found.map((record) => record.row)).toEqual(found.map((_, index) => index + 1));
  return found.map((record) => [bytes.toString('utf8', record.start, record.end), record.problem]);
}

test.each<[string, string, [string, string | undefined][]]>([
  [
    'plain',
    'a,b\nc,d\n',
    [
      ['a,b', undefined],
      ['c,d', undefined],
    ],
  ],
  [
    'no line end at the end',
    'a,b\nc,d',
    [
      ['a,b', undefined],
      ['c,d', undefined],
    ],
  ],
  [
    'CRLF',
    'a,b\r\nc,d\r\n',
    [
      ['a,b', undefined],
      ['c,d', undefined],
    ],
  ],
  ['blank lines are none', '\na,b\n\n\n', [['a,b', undefined]]],
  ['a comma and a quote in quotes', '"a,x","b""y"\n', [['"a,x","b""y"', undefined]]],
  [
    'a line end in quotes',
    '"a\nx",b\nc,d\n',
    [
      ['"a\nx",b', undefined],
      ['c,d', undefined],
    ],
  ],
  [
    'empty fields',
    ',\n"",\n',
    [
      [',', undefined],
      ['"",', undefined],
    ],
  ],
  [
    'too few fields',
    'a\nc,d\n',
    [
      ['a', 'wrong_field_count'],
      ['c,d', undefined],
    ],
  ],
  [
    'too many fields',
    'a,b,c\nc,d\n',
    [
      ['a,b,c', 'wrong_field_count'],
      ['c,d', undefined],
    ],
  ],
  [
    'a quote inside a plain field',
    'a,b"\nc,d\n',
    [
      ['a,b"', 'misplaced_quote'],
      ['c,d', undefined],
    ],
  ],
  [
    'text after a closing quote',
    '"a"x,b\nc,d\n',
    [
      ['"a"x,b', 'misplaced_quote'],
      ['c,d', undefined],
    ],
  ],
  [
    'a quote that never closes costs one line',
    'a,"b\nc,d\ne,f\n',
    [
      ['a,"b', 'unterminated_quote'],
      ['c,d', undefined],
      ['e,f', undefined],
    ],
  ],
  [
    'a zero byte',
    'a,\0\nc,d\n',
    [
      ['a,\0', 'invalid_encoding'],
      ['c,d', undefined],
    ],
  ],
])('%s', (_, text, expected) => {
  expect(records(text)).toEqual(expected);
});

test('bytes that are not UTF-8 spoil their own record only', () => {
  const text = Buffer.concat([Buffer.from('a,b\nJos'), Buffer.from([0xe9]), Buffer.from(',x\né,y\n')]);
  expect(records(text).map(([, problem]) => problem)).toEqual([undefined, 'invalid_encoding', undefined]);
});

test('a byte order mark is no part of the first name', () => {
  expect(readHeader(Buffer.from('\ufeffid,"name"\r\n1,x\n'))).toEqual({ columns: ['id', 'name'], next: 14 });
});
