import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MacroTable } from '../../src/context/macro-table.js';
import { cell } from './markdown.js';

interface RecordedMacro {
  readonly package: string;
  readonly name: string;
  readonly arguments: string;
}

interface Deviation {
  readonly what: string;
  readonly deviates: string;
}

/** Macros that tsdbt has so that packages can call and replace them, but that need what it refuses. */
const REFUSED: readonly { readonly names: RegExp; readonly why: string }[] = [
  { names: /^(store_relation)$/, why: 'tsdbt has no plugins of dbt-duckdb.' },
];

/** The table of dbt's macros in docs/compatibility.md: what each is here, and in how many recorded results it is compared. */
export function macroSection(cases: string, table: MacroTable): string {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(cases, 'macros', name), 'utf8')) as T;
  const { macros } = read<{ macros: readonly RecordedMacro[] }>('names.json');
  const results = Object.keys(read<{ cases: object }>('results/expected.json').cases);
  const { cases: deviations } = read<{ cases: readonly Deviation[] }>('results/deviations.json');
  const calls = new Set(
    read<{ steps: readonly { readonly nodes: { readonly [id: string]: readonly string[] } }[] }>('calls/expected.json')
      .steps.flatMap(({ nodes }) => Object.values(nodes).flat())
      .map((line) => /^\w+(?=\()/.exec(line)?.[0] ?? ''),
  );
  const of = (name: string, text: string): boolean => new RegExp(`(^|[^\\w.])${name}\\(`).test(text);
  const rows = macros.map(({ package: packageName, name, arguments: given }) => {
    const there = table.byId(`macro.${packageName}.${name}`) !== undefined;
    const refused = REFUSED.find(({ names }) => names.test(name));
    const reasons = [...new Set(deviations.filter((d) => of(name, d.what)).map((d) => d.deviates))];
    const state = !there ? '**missing**' : refused ? 'refused' : reasons.length > 0 ? 'differs' : 'there';
    const compared = results.filter((text) => of(name, text)).length;
    const shown = `${compared > 0 ? compared : ''}${calls.has(name) ? ' called' : ''}`.trim();
    const why = refused ? refused.why : reasons.join(' ');
    return `| \`${cell(`${name}(${given})`)}\` | ${packageName} | ${state} | ${shown} | ${cell(why)} |`;
  });
  return `## Macros

All of dbt's macros by name: dbt-core's (\`dbt\`) and the adapter's (\`dbt_duckdb\`), with their arguments, which a test compares. The
fourth column counts the recorded calls whose results are compared, and says *called* where a build of every materialization calls the
macro: that each is called with dbt's arguments at dbt's place is compared too, by a project that overrides all of them.

| macro | package | here | compared | how it differs, and why |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
