import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readYaml } from '../../src/config/yaml.js';
import { emptyProject } from '../helpers/loaded-project.js';
import { macroSection } from './macros.js';
import { cell } from './markdown.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cases = join(root, 'tests/cases');

interface Deviation {
  readonly where: string;
  readonly what: string;
  readonly reason: string;
}

/** Every object below `value` that says `deviates`, with the name of its case. */
function collect(value: unknown, where: string, into: Deviation[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, where, into);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const object = value as Record<string, unknown>;
  const deviates = object['deviates'];
  if (deviates !== undefined && deviates !== null) {
    const reason = typeof deviates === 'string' ? deviates : (deviates as { reason?: unknown }).reason;
    if (typeof reason !== 'string' || reason.length < 10) throw new Error(`${where}: a deviation needs its reason`);
    const what =
      [object['what'], object['name'], object['id'], object['template'], command(object['args'])].find(
        (v) => v !== undefined,
      ) ?? '';
    into.push({ where, what: String(what), reason });
  }
  for (const [key, item] of Object.entries(object)) if (key !== 'deviates') collect(item, where, into);
}

function command(args: unknown): string | undefined {
  return Array.isArray(args) ? args.join(' ') : undefined;
}

function deviations(): Deviation[] {
  const found: Deviation[] = [];
  const files = readdirSync(cases, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && (e.name.endsWith('.json') || e.name === 'case.yml' || e.parentPath.endsWith('config')))
    .map((e) => join(e.parentPath, e.name))
    .sort();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (!/"deviates"|deviates:/.test(text)) continue;
    const name = /case\.(json|yml)$/.test(file) ? dirname(file) : file;
    collect(
      file.endsWith('.yml') ? readYaml(text, file).value : JSON.parse(text),
      relative(cases, name).split(sep).join('/'),
      found,
    );
  }
  return found;
}

async function render(): Promise<string> {
  const rows = deviations().map((d) => `| \`${d.where}\` | ${cell(d.what)} | ${cell(d.reason)} |`);
  return `# Compatibility with dbt

Generated from the recorded cases; \`npx vitest run tests/compatibility -u\` renews it.

tsdbt presents itself as dbt 1.11.16 (\`dbt_version\`), and its expected results are recorded from dbt-core 1.11.16 with dbt-duckdb 1.11.1 and
DuckDB 1.5.5. Where it differs on purpose, the case says so with its reason:

| case | what | how tsdbt differs, and why |
| --- | --- | --- |
${rows.join('\n')}

What is not there yet is refused by name with an error, not ignored.

${macroSection(cases, (await emptyProject()).macros)}`;
}

it('docs/compatibility.md lists the declared deviations', async () => {
  await expect(await render()).toMatchFileSnapshot(join(root, 'docs/compatibility.md'));
});
