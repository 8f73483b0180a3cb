import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configNames } from '../../src/config/names.js';
import { hashPackages } from '../../src/config/package-lock.js';
import { readPackages } from '../../src/config/packages.js';
import { formatVersionSpec, parseVersionSpec } from '../../src/config/semver.js';
import { combine, formatRange, highest, installable, readVersion } from '../../src/deps/version-range.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { type DepsCase, type Recorded, readCases, runCase } from './deps-case.js';
import { type Hub, type HubServer, serveHub } from './hub-server.js';
import type { TarEntries } from './tarball-of.js';

describe('deps with a hub and tarballs, as dbt 1.11.16', () => {
  const { hub, files, cases } = readCases<{ hub: Hub; files: { [path: string]: TarEntries }; cases: DepsCase[] }>(
    'hub.json',
  );
  const recorded = readCases<Recorded>('hub.recorded.json').cases;
  let server: HubServer;
  beforeAll(async () => {
    server = await serveHub(hub, files);
  });
  afterAll(() => server.close());

  for (const one of cases) {
    test(one.name, async () => {
      const env = { DBT_PACKAGE_HUB_URL: server.url };
      await runCase(one.name, one, recorded[one.name] ?? [], env, () => ({ '<hub>': server.url.slice(0, -1) }));
    });
  }
});

describe('versions, as dbt 1.11.16', () => {
  interface Row {
    readonly wanted: readonly string[];
    readonly there: readonly string[];
    readonly prerelease: boolean;
    readonly range?: string;
    readonly installable?: readonly string[];
    readonly chosen?: string | null;
    readonly error?: string;
  }
  const { chosen, read } = readCases<{
    cases: { chosen: Row[]; read: { [text: string]: string | { error: string } } };
  }>('versions.recorded.json').cases;

  test('requirements are read', () => {
    const ours = Object.keys(read).map((text) => {
      const spec = parseVersionSpec(text);
      return [text, spec ? formatVersionSpec(spec) : { error: `"${text}" is not a valid semantic version.` }];
    });
    expect(Object.fromEntries(ours)).toEqual(read);
  });

  test.each(chosen.map((row, i) => [`${i}: ${row.wanted.join(' ')} of ${row.there.join(' ')}`, row] as const))(
    '%s',
    (_, row) => {
      const specs = row.wanted.map((text) => parseVersionSpec(text)).filter((spec) => spec !== undefined);
      const range = combine(specs);
      if (!range) {
        expect(row.error).toBeDefined();
        return;
      }
      const prerelease = row.prerelease || specs.some((spec) => spec.prerelease !== null);
      const there = installable(
        row.there.map(readVersion).filter((version) => version !== undefined),
        prerelease,
      );
      expect({
        range: formatRange(range),
        installable: there.map(({ text }) => text),
        chosen: highest(there, range)?.text ?? null,
      }).toEqual({ range: row.range, installable: row.installable, chosen: row.chosen });
    },
  );
});

describe('the hash of packages.yml, as dbt 1.11.16', () => {
  const recorded = readCases<{ cases: { [text: string]: string | { error: string } } }>('hashes.recorded.json').cases;
  const env = { T: 'x', DBT_ENV_SECRET_S: 's3cret' };
  const names = configNames({ env, cliVars: {}, secrets: true });
  /** An `npm:` entry is tsdbt's own. */
  const OWN = (text: string): boolean => text.includes('npm:');

  test.each(Object.entries(recorded).filter(([text]) => !OWN(text)))('%j', (text, hash) => {
    const edited = { file: 'packages.yml', text };
    const read = (): string => hashPackages(readPackages('/nowhere', { names, env, edited }).packages);
    if (typeof hash === 'string') expect(read()).toBe(hash);
    else expect(read).toThrow(DbtError);
  });
});
