import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { invoke } from '../../src/index.js';

const CASES = resolve(import.meta.dirname, '../cases/parse');
const having = (file: string): string[] => readdirSync(CASES).filter((name) => existsSync(join(CASES, name, file)));
const read = (name: string, file: string): unknown => JSON.parse(readFileSync(join(CASES, name, file), 'utf8'));

/** Runs commands in a copy of a case's project. */
async function within(name: string, run: (root: string) => Promise<void>): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-ls-')));
  try {
    cpSync(join(CASES, name, 'project'), root, { recursive: true });
    await run(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function tsdbt(root: string, args: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const result = await invoke(['--quiet', '--no-use-colors', ...args], {
    cwd: root,
    env: { HOME: root, DBT_CASE_VALUE: 'from the environment' },
    onEvent: ({ info, data }) => {
      if (info.name === 'PrintEvent') lines.push(String((data as { msg: unknown }).msg));
    },
  });
  if (!result.success) throw result.error ?? new Error(`${args.join(' ')} failed`);
  return lines;
}

/** dbt leaves the order of a column's tags to chance. */
function tagsInOrder(line: string): string {
  return line.replaceAll(
    /"tags": \[("\w+"(?:, "\w+")+)\]/g,
    (_, tags: string) => `"tags": [${tags.split(', ').sort()}]`,
  );
}

describe('ls prints what dbt prints', () => {
  it.each(having('ls.json'))('%s', async (name) => {
    await within(name, async (root) => {
      if (existsSync(join(root, 'packages.yml'))) await tsdbt(root, ['deps']);
      for (const { args, lines } of read(name, 'ls.json') as { args: string[]; lines: string[] }[]) {
        const printed = await tsdbt(root, ['ls', ...args]);
        expect({ args, lines: printed.map(tagsInOrder) }).toEqual({ args, lines: lines.map(tagsInOrder) });
      }
      expect(existsSync(join(root, 'target/manifest.json'))).toBe(true);
    });
  });
});

describe("compiled SQL is dbt's, white space aside", () => {
  it.each(having('compiled.json'))('%s', async (name) => {
    await within(name, async (root) => {
      if (existsSync(join(root, 'packages.yml'))) await tsdbt(root, ['deps']);
      await tsdbt(root, ['compile']);
      const { nodes } = JSON.parse(readFileSync(join(root, 'target/manifest.json'), 'utf8')) as {
        nodes: { [id: string]: { compiled_code?: string | null } };
      };
      const compiled = Object.entries(nodes).map(([id, { compiled_code: code }]) => [
        id,
        (code ?? '').trim().split(/\s+/).join(' '),
      ]);
      expect(Object.fromEntries(compiled)).toEqual(read(name, 'compiled.json'));
    });
  });
});
