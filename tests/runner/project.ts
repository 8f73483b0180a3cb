import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { invoke } from '../../src/cli/invoke.js';
import type { InvokeOptions, InvokeResult } from '../../src/cli/invoke-types.js';

const PROJECT = "name: shop\nversion: '1.0'\nconfig-version: 2\nprofile: case\n";

/** A small project in a directory of its own. */
export class Project {
  readonly root: string;

  constructor(files: { readonly [path: string]: string }, output: { readonly [key: string]: unknown } = {}) {
    this.root = mkdtempSync(join(tmpdir(), 'tsdbt-project-'));
    const dev = { type: 'duckdb', path: 'db.duckdb', threads: 1, ...output };
    const all = {
      'dbt_project.yml': PROJECT,
      'profiles.yml': JSON.stringify({ case: { target: 'dev', outputs: { dev } } }),
      ...files,
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  /** Runs a command; what it writes is collected. */
  async run(
    args: readonly string[],
    options: Partial<InvokeOptions> = {},
  ): Promise<InvokeResult & { readonly output: string }> {
    let output = '';
    const result = await invoke(['--no-use-colors', ...args], {
      cwd: this.root,
      env: { ...process.env, DBT_PROFILES_DIR: this.root },
      stdout: (text) => {
        output += text;
      },
      ...options,
    });
    return { ...result, output };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
