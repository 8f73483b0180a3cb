import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { invoke } from '../../src/cli/invoke.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { formatSpan } from '../../src/diagnostics/span.js';
import { MemoryOutput } from '../helpers/memory-output.js';

interface Case {
  readonly what: string;
  readonly files: { readonly [path: string]: string };
  readonly args: readonly string[];
  readonly exit: number;
  readonly compiled?: { readonly [model: string]: string };
  readonly schemas?: { readonly [model: string]: string };
  /** dbt's words; the last lines of a Python traceback where dbt has none of its own. */
  readonly says?: readonly string[];
  readonly code?: string;
  readonly place?: string;
}

const file = fileURLToPath(new URL('../cases/vars-file/recorded.json', import.meta.url));
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] };
const PROFILES = 'p: {target: dev, outputs: {dev: {type: duckdb, path: db.duckdb}}}\n';

let root: string;
afterEach(() => rmSync(root, { recursive: true, force: true }));

function sqlBelow(directory: string): { [model: string]: string } {
  const found = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((e) => e.name.endsWith('.sql'));
  return Object.fromEntries(
    found.map((e) => [basename(e.name, '.sql'), readFileSync(join(e.parentPath, e.name), 'utf8')]),
  );
}

/** What dbt 1.12 makes of a vars.yml, see tests/oracle/vars_file_record.py. */
describe('vars.yml, as dbt 1.12', () => {
  it.each(cases.map((c) => [c.what, c] as const))('%s', async (_what, { files, args, ...expected }) => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-vars-')));
    for (const [path, text] of Object.entries({ 'profiles.yml': PROFILES, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const silent = new MemoryOutput();
    const options = { cwd: root, env: { HOME: root }, stdout: silent, stderr: silent };
    if (files['packages.yml']) expect((await invoke(['deps', ...args], options)).exitCode).toBe(0);
    const { exitCode, error } = await invoke(['compile', ...args], options);
    expect(exitCode, String(error)).toBe(expected.exit);
    if (expected.exit === 0) {
      expect(sqlBelow(join(root, 'target/compiled'))).toEqual(expected.compiled);
      const { nodes } = JSON.parse(readFileSync(join(root, 'target/manifest.json'), 'utf8')) as {
        nodes: { [id: string]: { name: string; schema: string; resource_type: string } };
      };
      const models = Object.values(nodes).filter((n) => n.resource_type === 'model');
      expect(Object.fromEntries(models.map((n) => [n.name, n.schema]))).toEqual(expected.schemas);
      return;
    }
    if (!(error instanceof DbtError)) throw error;
    const { code, span } = error.diagnostic;
    expect({ code, place: span && formatSpan(span) }).toEqual({ code: expected.code, place: expected.place });
    expect(existsSync(join(root, 'target/manifest.json'))).toBe(false);
  });
});
