import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const schemas = JSON.parse(readFileSync(new URL('../cases/artifacts/schemas.json', import.meta.url), 'utf8')) as {
  readonly [artifact: string]: object;
};

const ajv = new Ajv2020({ allErrors: true, strict: false });
(formats as unknown as (instance: Ajv2020) => void)(ajv);
const validators = new Map(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));

/** What is wrong with an artifact by dbt's schema of it: one line a problem, the deepest first. */
export function schemaProblems(
  artifact: 'manifest.json' | 'run_results.json' | 'catalog.json' | 'sources.json',
  value: unknown,
): string[] {
  const validate = validators.get(artifact);
  if (!validate) throw new Error(`no schema of ${artifact}`);
  if (validate(JSON.parse(JSON.stringify(value)))) return [];
  return (validate.errors ?? [])
    .sort((a, b) => b.instancePath.split('/').length - a.instancePath.split('/').length)
    .slice(0, 20)
    .map((e) => `${e.instancePath}: ${e.message} ${JSON.stringify(e.params)}`);
}
