import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatSpan } from '../../src/diagnostics/span.js';
import { parseProjectAt } from './parse-case.js';

/** A use of the language, right or wrong, in a project that the uses of its file share. */
interface Use {
  readonly name: string;
  /** Over the project's files; null takes one away. « is where the error is expected, in dbt_project.yml and properties a key or an item. */
  readonly files: { readonly [path: string]: string | null };
  readonly code?: string;
  /** Why the words are our own: else dbt's message is a part of ours. */
  readonly own?: string;
  /** A part of the hint. */
  readonly hint?: string;
  /** Warnings that dbt does not give: event, code and place. */
  readonly warns?: readonly string[];
  readonly deviates?: string;
}

interface Recorded {
  readonly exit: number;
  readonly warnings: readonly string[];
  readonly says?: string;
  readonly foreseen?: boolean;
}

const CASES = resolve(import.meta.dirname, '../cases/wrong-use');
const names = readdirSync(CASES).filter((name) => name.endsWith('.json') && !name.endsWith('.recorded.json'));
const read = (name: string): unknown => JSON.parse(readFileSync(join(CASES, name), 'utf8'));

describe.each(names)('%s, as dbt', (file) => {
  const { project, uses } = read(file) as { project: Use['files']; uses: readonly Use[] };
  const recorded = read(file.replace('.json', '.recorded.json')) as { uses: { [name: string]: Recorded } };
  it.each(uses)('$name', async (use) => {
    const dbt = recorded.uses[use.name];
    if (!dbt) throw new Error('not recorded');
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-use-')));
    try {
      const root = join(base, 'p');
      const place = write(root, { ...project, ...use.files });
      const { error, warnings } = await parseProjectAt(root, base);
      const { code, span, hint = '', message } = error?.diagnostic ?? { code: undefined, message: '' };
      if (use.deviates !== undefined) expect(error === undefined).toBe(dbt.exit !== 0);
      else expect({ refused: error !== undefined, message }).toEqual({ refused: dbt.exit !== 0, message });
      if (error) {
        expect({ message, place: span && formatSpan(span) }).toEqual({ message, place });
        if (use.code !== undefined) expect(code).toBe(use.code);
        expect(hint).toContain(use.hint ?? '');
        if (use.own === undefined && dbt.foreseen) expect(words(message)).toContain(words(said(dbt)));
        return;
      }
      const more = use.warns ?? [];
      const events = warnings.map((w) => w.event).sort();
      if (dbt.exit === 0) expect(events).toEqual([...dbt.warnings, ...more.map((w) => w.split(' ')[0])].sort());
      const told = warnings.map((w) => `${w.event} ${w.code} ${w.span ? formatSpan(w.span) : '-'}`);
      expect(told).toEqual(expect.arrayContaining([...more]));
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  });
});

/** Writes a project; gives the place of the mark in it. */
function write(root: string, files: Use['files']): string | undefined {
  let place: string | undefined;
  for (const [name, text] of Object.entries(files)) {
    if (text === null) continue;
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replaceAll('«', ''));
    const mark = text.indexOf('«');
    if (mark < 0) continue;
    const lines = text.slice(0, mark).split('\n');
    place = `${name}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
  }
  return place;
}

/** dbt's message without what it quotes of the file: the path and what is wrong there. */
function said({ says = '' }: Recorded): string {
  const lines = says
    .replace(/^Encountered an error:\n/, '')
    .replace(/^(?:Parsing|Compilation|Runtime|Internal) Error(?: in .*)?\n/, '')
    .replace(/\n\s*@: [\s\S]*$/, '');
  return /at path \[[\s\S]*$/.exec(lines)?.[0] ?? lines;
}

function words(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}
