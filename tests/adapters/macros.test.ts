import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { duckdb } from '../../src/adapters/duckdb/plugin.js';
import { BUILTIN_PACKAGE } from '../../src/builtin/index.js';
import { compileTemplate } from '../../src/jinja/environment.js';

const packages = [
  { name: BUILTIN_PACKAGE.name, root: join(BUILTIN_PACKAGE.directory, 'macros') },
  { name: duckdb.packageName, root: join(duckdb.includeDir, 'macros') },
];

const files = packages.flatMap(({ name, root }) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => ({ name, path, text: readFileSync(join(root, path), 'utf8') })),
);

describe('the built-in macros', () => {
  it.each(files)('$name/$path parses', ({ text, path }) => {
    const template = compileTemplate(text, { file: path });
    expect(template.macros.length).toBeGreaterThan(0);
  });

  it('has no macro twice in a package', () => {
    const seen = new Set<string>();
    for (const { name, path, text } of files) {
      for (const macro of compileTemplate(text, { file: path }).macros) {
        const key = `${name}.${macro.fullName}`;
        expect(seen).not.toContain(key);
        seen.add(key);
      }
    }
  });
});
