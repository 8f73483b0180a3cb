import { readFile } from 'node:fs/promises';
import { DbtError } from '../diagnostics/errors.js';

/** An artifact as read: an object whose metadata names its schema. */
export interface ReadArtifact {
  readonly metadata: { readonly dbt_schema_version: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/**
 * Reads an artifact of the given kind (`manifest`, `run-results` …) in one of the given schema versions. Throws a
 * DbtError `artifact-unreadable` when the file is missing, broken, or of another version, or when `problem` says what of it
 * is not as its schema has it.
 */
export async function readArtifact(
  path: string,
  kind: string,
  versions: readonly number[],
  problem: (artifact: ReadArtifact) => string | null = () => null,
): Promise<ReadArtifact> {
  const fail = (why: string, cause?: unknown): DbtError =>
    new DbtError('artifact-unreadable', `Can't read the artifact ${path}: ${why}`, { cause });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw fail(missing ? 'there is no such file' : (error as Error).message, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail(`it is not JSON (${(error as Error).message})`, error);
  }
  const schema = (value as Partial<ReadArtifact> | null)?.metadata?.dbt_schema_version;
  if (typeof schema !== 'string') throw fail('it has no metadata.dbt_schema_version');
  const match = /\/dbt\/([a-z-]+)\/v(\d+)\.json$/.exec(schema);
  if (!match || match[1] !== kind || !versions.includes(Number(match[2]))) {
    throw fail(`its schema is ${schema}; wanted is ${kind} v${versions.join(' or v')}`);
  }
  const wrong = problem(value as ReadArtifact);
  if (wrong !== null) throw fail(wrong);
  return value as ReadArtifact;
}

/** Whether a value of a JSON text is an object. */
export function isJsonObject(value: unknown): value is { readonly [key: string]: unknown } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
