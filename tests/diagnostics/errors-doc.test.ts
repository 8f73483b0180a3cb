import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CODES } from '../../src/diagnostics/codes.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

function render(): string {
  const entries = Object.entries(CODES).map(
    ([code, { title, explanation }]) => `## \`${code}\`\n\n**${title}.** ${explanation}\n`,
  );
  return `# Errors and warnings

Generated from \`src/diagnostics/codes.ts\`; \`npx vitest run tests/diagnostics -u\` renews it.

Every message names its code, a place as \`path:line:column\` (1-based, the path relative to the project) where there is one, and mostly a hint.

${entries.join('\n')}`;
}

it('docs/errors.md is the catalogue', async () => {
  await expect(render()).toMatchFileSnapshot(join(root, 'docs/errors.md'));
});

it('each code has a case in the suite', () => {
  const texts = readdirSync(join(root, 'tests'), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.(ts|json|ya?ml|txt|md)$/.test(e.name))
    .map((e) => readFileSync(join(e.parentPath, e.name), 'utf8'))
    .join('\n');
  expect(Object.keys(CODES).filter((code) => !texts.includes(code))).toEqual([]);
});
