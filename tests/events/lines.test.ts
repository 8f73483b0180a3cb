import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENTS, type EventName } from '../../src/events/catalogue.js';
import type { EventEntry } from '../../src/events/entry.js';
import { humanDuration, pluralize } from '../../src/events/fancy-line.js';
import { lineWrap } from '../../src/events/line-wrap.js';
import { COLORED, PLAIN, wantsColors } from '../../src/events/paint.js';

interface Recorded {
  readonly data: { readonly [key: string]: unknown };
  readonly info: { readonly name: string; readonly code: string; readonly level: string; readonly msg: string };
}

const recorded = JSON.parse(readFileSync(new URL('../cases/console/recorded.json', import.meta.url), 'utf8')) as {
  readonly json: { readonly [project: string]: readonly Recorded[] };
};
const lines = Object.values(recorded.json).flat();
const format = (name: string, data: unknown): string =>
  (EVENTS[name as EventName] as EventEntry<never>).format(data as never, PLAIN, 80, false, 80);

describe("dbt's recorded events", () => {
  it('are all in the catalogue, with their codes', () => {
    const wrong = lines.filter((l) => (EVENTS as Record<string, { code: string }>)[l.info.name]?.code !== l.info.code);
    expect(wrong.map((l) => `${l.info.name} ${l.info.code}`)).toEqual([]);
  });

  it('read like dbt prints them', () => {
    // These carry more in tsdbt: reports of diagnostics.
    const skipped = new Set(['MainEncounteredError']);
    const wrong: string[] = [];
    for (const { data, info } of lines) {
      if (skipped.has(info.name)) continue;
      const known = EVENTS[info.name as EventName];
      const withText = Object.hasOwn(data, 'msg') || known.code.startsWith('D') ? data : { msg: info.msg, ...data };
      const text = format(info.name, withText);
      if (text !== info.msg) wrong.push(`${info.name}\n  ${text}\n  ${info.msg}`);
    }
    expect(wrong).toEqual([]);
  });

  it('have the levels of dbt unless the emitter says otherwise', () => {
    const own = new Set(['LogTestResult', 'LogModelResult']);
    const wrong = lines.filter((l) => !own.has(l.info.name) && EVENTS[l.info.name as EventName].level !== l.info.level);
    expect(wrong.map((l) => `${l.info.name} ${l.info.level}`)).toEqual([]);
  });
});

describe('words and widths', () => {
  it('says durations as dbt', () => {
    expect(humanDuration(0.62)).toBe(' in 0 hours 0 minutes and 0.62 seconds');
    expect(humanDuration(3725.5)).toBe(' in 1 hours 2 minutes and 5.50 seconds');
  });

  it('has the plurals of dbt', () => {
    expect([1, 2].map((n) => pluralize(n, 'test'))).toEqual(['1 test', '2 data tests']);
    expect(pluralize(0, 'error')).toBe('0 errors');
    expect(pluralize(2, 'analysis')).toBe('2 analyses');
  });

  it('wraps words, paragraphs apart', () => {
    expect(lineWrap('aaa bbb ccc\n\nddd eee', 7)).toBe('aaa bbb\nccc\nddd eee');
    expect(lineWrap('one\ntwo', 80)).toBe('one two');
    expect(lineWrap('x'.repeat(10), 4)).toBe('xxxx\nxxxx\nxx');
  });
});

describe('colours', () => {
  it('come only where they are wanted', () => {
    expect(wantsColors(null, {}, true)).toBe(true);
    expect(wantsColors(null, {}, false)).toBe(false);
    expect(wantsColors(null, { NO_COLOR: '1' }, true)).toBe(false);
    expect(wantsColors(true, { NO_COLOR: '1' }, false)).toBe(true);
    expect(wantsColors(false, {}, true)).toBe(false);
    expect(COLORED.red('x')).toBe('\u001b[31mx\u001b[39m');
  });
});
