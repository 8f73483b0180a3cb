import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../src/adapters/duckdb/credentials.js';
import { openingSteps, sessionStatements } from '../../src/adapters/duckdb/opening.js';
import { readYaml } from '../../src/config/yaml.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { toPlain } from '../../src/jinja/values.js';

interface Recorded {
  /** dbt's message when it does not take the output, or fails on it when the database is opened. */
  readonly refused?: string;
  readonly fails?: string;
  readonly database?: string;
  readonly schema?: string;
  readonly options?: { readonly path: string; readonly config: { readonly [name: string]: unknown } };
  readonly opening?: readonly string[];
  readonly session?: readonly string[];
  readonly retries?: { readonly connect_attempts: number; readonly retryable_exceptions: readonly string[] } | null;
  readonly keep_open?: boolean;
  readonly target?: { readonly [key: string]: unknown };
}

const directory = join(import.meta.dirname, '../cases/adapters');
const text = readFileSync(join(directory, 'outputs.yml'), 'utf8');
const outputs = readYaml(text, 'outputs.yml').value as { [name: string]: { [key: string]: unknown } };
const { outputs: recorded } = JSON.parse(readFileSync(join(directory, 'outputs.recorded.json'), 'utf8')) as {
  outputs: { readonly [name: string]: Recorded };
};

/** What dbt takes and sends to a database that can't do anything with it. */
const REFUSED_HERE = new Set(['secret-type-null', 'attach-option-read-only-false']);

const place = { file: 'profiles.yml', profile: 'p', target: 'dev' };

describe('outputs of profiles.yml, as dbt-duckdb reads and opens them', () => {
  it.each(Object.entries(outputs))('%s', (name, output) => {
    const dbt = recorded[name] as Recorded;
    if (dbt.refused !== undefined || dbt.fails !== undefined || REFUSED_HERE.has(name)) {
      expect(() => parseCredentials(output, place)).toThrow(DbtError);
      return;
    }
    const ours = parseCredentials(output, place);
    expect(ours.database).toBe(dbt.database);
    expect(ours.schema).toBe(dbt.schema);
    expect(ours.path).toBe(dbt.options?.path);
    expect(ours.config_options).toEqual(dbt.options?.config);
    // An attachment is an object of dbt's with all its fields.
    const { attach, ...shown } = ours.shown as { readonly [key: string]: unknown };
    const { attach: theirs, ...target } = dbt.target ?? {};
    expect(toPlain(shown)).toEqual(target);
    expect(Array.isArray(attach)).toBe(Array.isArray(theirs));
    const opening = openingSteps(ours).flatMap((step) =>
      typeof step === 'string' ? [step] : 'sql' in step ? [step.sql] : [step.install, `LOAD ${step.name}`],
    );
    expect(opening.map(words)).toEqual(dbt.opening?.map(words));
    expect(sessionStatements(ours)).toEqual(dbt.session);
    if (dbt.retries) {
      expect(ours.retries.connect_attempts).toBe(dbt.retries.connect_attempts);
      expect(ours.retries.exceptions).toEqual(dbt.retries.retryable_exceptions);
    }
    expect(ours.keep_open).toBe(dbt.keep_open);
  });
});

/** The case of keywords is no matter. */
function words(statement: string): string {
  return statement.replace(/^(install|load)|\bfrom\b/gi, (word) => word.toUpperCase());
}

describe('what only Python or a service could do', () => {
  it.each([
    ['filesystems', [{ fs: 's3' }]],
    ['flights', { timeout_sec: 1 }],
    ['module_paths', ['lib']],
    ['plugins', [{ module: 'excel' }]],
    ['remote', { host: 'localhost', port: 5433, user: 'x' }],
  ])('%s is refused by name, with what there is in its place', (key, value) => {
    const error = (() => {
      try {
        return parseCredentials({ [key]: value }, place);
      } catch (thrown) {
        return thrown;
      }
    })() as DbtError;
    expect(error.message).toContain(`'${key}' is not supported`);
    expect(error.diagnostic.hint).toBeTruthy();
  });

  it.each(['md:', 'md:my_db', 'motherduck:my_db?motherduck_token=x'])('%s is refused by name', (path) => {
    expect(() => parseCredentials({ path }, place)).toThrow(/MotherDuck/);
    expect(() => parseCredentials({ attach: [{ path }] }, place)).toThrow(/MotherDuck/);
  });
});
