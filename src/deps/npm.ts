import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDirectory, isFile } from '../config/read-file.js';
import { parseVersionSpec, type VersionSpec } from '../config/semver.js';
import { isDict, pyStr } from '../jinja/values.js';
import type { Pin } from './context.js';
import { linkOrCopy } from './local.js';
import { projectMetadata } from './package-name.js';
import { combine, isInRange } from './version-range.js';
import { packageError, type Wanted } from './wanted.js';

/** npm's rule for names, without what it tolerates of old. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i;

/**
 * A dbt package that npm has installed: found from the directory of who asks for it as Node finds modules, so that npm's
 * lock file, registry and credentials hold. tsdbt's own; dbt has no such packages. It is linked.
 */
export const pinNpm: Pin = async (request, context) => {
  const [wanted] = request.wanted;
  const name = wanted.spec.location;
  if (!NAME.test(name)) {
    throw packageError(
      'packages-invalid',
      `'${name}' is no name of an npm package`,
      wanted,
      'Write e.g. "@scope/name".',
    );
  }
  const bases = new Set([
    ...request.wanted.map(({ directory }) => directory),
    context.root,
    ...npmDirectories(context.fetched),
  ]);
  const directory = [...bases].map((base) => findModule(name, base)).find((found) => found !== undefined);
  if (directory === undefined) {
    const message = `The npm package ${name} is not in node_modules`;
    throw packageError('npm-missing', message, wanted, `Install it first: 'npm install ${name}'.`);
  }
  context.fetched.set(`npm ${directory}`, Promise.resolve(directory));
  const version = moduleVersion(directory);
  checkVersion(name, version, request.wanted);
  const ranges = request.wanted.flatMap(({ spec }) => rangeTexts(spec.fields['version']));
  return {
    wanted,
    label: name,
    versionName: `npm (version ${version})`,
    lock: () => ({ npm: name, ...(ranges.length > 0 ? { version: [...new Set(ranges)] } : {}) }),
    metadata: async () => {
      const hint = `${name} is there, but is no dbt package.`;
      return projectMetadata(directory, `${name} ${version}`, wanted, context, hint);
    },
    install: (target) => linkOrCopy(directory, target),
  };
};

/** Where npm packages were found in this run: their own may lie below them. */
function npmDirectories(fetched: ReadonlyMap<string, unknown>): readonly string[] {
  return [...fetched.keys()].filter((key) => key.startsWith('npm ')).map((key) => key.slice(4));
}

/** The directory of a package, looked for where Node looks; a package's `exports` has no say in it. */
function findModule(name: string, from: string): string | undefined {
  const places = createRequire(join(realpathSync(from), 'package.json')).resolve.paths(name) ?? [];
  const directory = places
    .map((place) => join(place, name))
    .find((path) => isDirectory(path) && isFile(join(path, 'package.json')));
  return directory && realpathSync(directory);
}

function moduleVersion(directory: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
      readonly version?: unknown;
    };
    return typeof version === 'string' ? version : '0.0.0';
  } catch {
    return '0.0.0';
  }
}

/** `version:` is a check: npm chooses. Throws `package-version`. */
function checkVersion(name: string, version: string, wanted: readonly [Wanted, ...Wanted[]]): void {
  const own = parseVersionSpec(version);
  for (const one of wanted) {
    for (const text of rangeTexts(one.spec.fields['version'])) {
      const specs = readRange(text);
      if (!specs) {
        const hint = 'Write "1.2.3", a list like [">=1.0.0", "<2.0.0"], "^1.2.3" or "~1.2.3".';
        throw packageError('package-version', `"${text}" is not a version or range (${name}).`, one, hint);
      }
      const range = combine(specs);
      if (own && range && isInRange(own, range)) continue;
      const message = `node_modules has ${name} ${version}, which is not in the range ${text}`;
      throw packageError(
        'package-version',
        message,
        one,
        `Install another version with npm: 'npm install "${name}@${text}"'.`,
      );
    }
  }
}

function rangeTexts(value: unknown): readonly string[] {
  if (value === undefined || value === null || isDict(value)) return [];
  return (Array.isArray(value) ? value : [value]).map(pyStr);
}

/** A requirement of dbt's form, or npm's `^1.2.3` and `~1.2.3`. */
function readRange(text: string): readonly VersionSpec[] | undefined {
  const [, mark, rest] = /^([\^~])(.+)$/.exec(text.trim()) ?? [];
  const spec = parseVersionSpec(rest ?? text.trim());
  if (!spec) return undefined;
  if (mark === undefined) return [spec];
  const { major, minor, patch } = spec;
  const upper =
    mark === '~' || (major === 0 && minor > 0)
      ? [major, minor + 1, 0]
      : major > 0
        ? [major + 1, 0, 0]
        : [0, 0, patch + 1];
  const high = parseVersionSpec(`<${upper.join('.')}`);
  return high && [{ ...spec, matcher: '>=' }, high];
}
