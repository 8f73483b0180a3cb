import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { invoke } from '../../src/index.js';

const cases = fileURLToPath(new URL('../cases/bad-input', import.meta.url));

interface BadInputCase {
  readonly what: string;
  readonly command: readonly string[];
  readonly expect: {
    readonly code?: string;
    readonly place?: string;
    readonly hint?: string;
    readonly message?: string;
    readonly severity?: 'warning';
  };
  readonly dbt: { readonly status: number };
  /** Why tsdbt's exit status is another than dbt's, and which. */
  readonly deviates?: { readonly status: number; readonly reason: string };
}

/** The marked line of each code frame, beside that line of the file which the place above it names. */
function markedLines(output: string, project: string): { shown: string; inFile: string }[] {
  return [...output.matchAll(/^ +--> (\S+):(\d+):\d+.*\n(?: +\d+ \|.*\n)* *> *(\d+) \| ?(.*)$/gm)].flatMap(
    ([, file = '', line, marked, shown = '']) => {
      const path = join(project, file);
      if (!existsSync(path)) return [];
      const text = readFileSync(path, 'utf8').split(/\r\n|\n|\r/)[Number(line) - 1] ?? '';
      return [{ shown: `${marked}: ${shown}`, inFile: `${line}: ${text.trimEnd()}` }];
    },
  );
}

describe('bad input', () => {
  for (const name of readdirSync(cases).sort()) {
    const bad = JSON.parse(readFileSync(join(cases, name, 'case.json'), 'utf8')) as BadInputCase;
    it(`${name}: ${bad.what}`, async () => {
      const project = mkdtempSync(join(tmpdir(), `tsdbt-${name}-`));
      cpSync(join(cases, name), project, { recursive: true });
      let output = '';
      const result = await invoke([...bad.command], {
        cwd: project,
        env: { HOME: project, NO_COLOR: '1' },
        stdout: (text: string) => {
          output += text;
        },
      });
      const wanted = bad.expect;
      expect(result.exitCode, output).toBe(bad.deviates?.status ?? bad.dbt.status);
      if (wanted.code) expect(output).toContain(`[${wanted.code}]`);
      if (wanted.place) expect(output).toContain(wanted.place);
      if (wanted.message) expect(output).toContain(wanted.message);
      if (wanted.hint) expect(output).toMatch(new RegExp(`hint:.*${wanted.hint.replace(/\./g, '\\.')}`, 'i'));
      expect(output, 'a user’s error is not a bug of ours').not.toMatch(
        /bug of tsdbt|InternalError|\n\s+at .*\.(ts|js):\d/,
      );
      for (const { shown, inFile } of markedLines(output, project)) expect(shown).toBe(inFile);
      const leftovers = existsSync(join(project, 'target'))
        ? readdirSync(join(project, 'target'), { recursive: true }).filter((f) => /\.tmp|~$/.test(String(f)))
        : [];
      expect(leftovers).toEqual([]);
      rmSync(project, { recursive: true, force: true });
    });
  }
});
