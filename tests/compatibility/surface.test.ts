import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cell } from './markdown.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cases = join(root, 'tests/cases');

/** A line of dbt's surface, and the cases recorded from dbt that hold it. */
interface Row {
  readonly feature: string;
  readonly mark: 'core' | 'common' | 'rare';
  /** A case below tests/cases -> words that its input must have, so that a row can't name a case that does not show it. */
  readonly cases: Readonly<Record<string, readonly string[]>>;
  /** What is refused or differs, in a sentence. */
  readonly note?: string;
}

interface Section {
  readonly section: string;
  readonly rows: readonly Row[];
}

/** What dbt answered; a case's input is everything else. */
const RECORDED = /^(expected|manifest|semantic_manifest|error|recorded)\.json$|\.recorded\.json$/;

const sections: readonly Section[] = readdirSync(join(cases, 'surface'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(cases, 'surface', name), 'utf8')));

/** The files of a case by name; one file where the case is a file of several cases. */
function filesOf(path: string): readonly string[] {
  const full = join(cases, path);
  if (!existsSync(full)) throw new Error(`no such case: ${path}`);
  if (statSync(full).isFile()) return [full];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name));
}

/** Whether dbt's answer to a case lies beside it, in the directory of a file of cases, or in the file itself. */
function isRecorded(path: string): boolean {
  const full = join(cases, path);
  if (!statSync(full).isFile()) return readdirSync(full).some((name) => RECORDED.test(name));
  return (
    readdirSync(join(full, '..')).some((name) => RECORDED.test(name)) ||
    /^\{\s*"recorded/.test(readFileSync(full, 'utf8'))
  );
}

function inputOf(path: string): string {
  return filesOf(path)
    .filter((file) => !RECORDED.test(file.slice(file.lastIndexOf('/') + 1)) || path.endsWith('.json'))
    .map((file) => `${file.slice(cases.length)}\n${readFileSync(file, 'utf8')}`)
    .join('\n');
}

function page(): string {
  const rows = sections.flatMap((s) => s.rows);
  const held = (mark: Row['mark']): string => {
    const marked = rows.filter((r) => r.mark === mark);
    return `${marked.filter((r) => Object.keys(r.cases).length > 0).length} of ${marked.length} ${mark}`;
  };
  const lines = [
    "# dbt's surface: what is held by a recorded case",
    '',
    'Generated from `tests/cases/surface/`; `npx vitest run tests/compatibility -u` renews it. Each case was recorded from real dbt and is repeated by the',
    'suite; the test of this page checks that a case is there, that its input has the feature, and that no core or common line is without one.',
    '',
    `**${held('core')}, ${held('common')}, ${held('rare')} lines are held.**`,
  ];
  for (const { section, rows: own } of sections) {
    lines.push('', `## ${section}`, '', '| feature | mark | cases | note |', '| --- | --- | --- | --- |');
    for (const row of own) {
      const names = Object.keys(row.cases).map((name) => `\`${name}\``);
      lines.push(`| ${cell(row.feature)} | ${row.mark} | ${names.join(' ') || '**none**'} | ${cell(row.note ?? '')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

describe.each(sections)('surface, $section', ({ rows }) => {
  it.each(rows)('$feature', ({ mark, cases: named }) => {
    if (mark !== 'rare') expect(Object.keys(named).length).toBeGreaterThan(0);
    for (const [path, words] of Object.entries(named)) {
      expect(isRecorded(path), `${path} has no recorded answer`).toBe(true);
      expect(words.length, `${path} needs a word to look for`).toBeGreaterThan(0);
      const input = inputOf(path);
      for (const word of words) expect(input.includes(word), `${path} has no ${word}`).toBe(true);
    }
  });
});

it('docs/surface.md is current', async () => {
  await expect(page()).toMatchFileSnapshot(join(root, 'docs/surface.md'));
});
