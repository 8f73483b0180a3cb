import { listedPackages } from '../config/packages.js';
import { parseVersionSpec, type VersionSpec } from '../config/semver.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { pyRepr, pyStr } from '../jinja/values.js';
import type { PackageMetadata, Pin } from './context.js';
import type { HubVersion } from './hub-client.js';
import { checkName } from './package-name.js';
import { unpack } from './tarball.js';
import {
  combine,
  formatRange,
  highest,
  installable,
  isInRange,
  type ReadVersion,
  readVersion,
} from './version-range.js';
import { isLocked, packageError, type Wanted, wantedOf } from './wanted.js';

/** Chooses the highest version that all who ask for a hub package agree to. Throws `package-missing`, `package-version`. */
export const pinHub: Pin = async (request, context) => {
  const [wanted] = request.wanted;
  const name = request.keys[0] ?? '';
  const specs = request.wanted.flatMap((one) => versionSpecs(one));
  const versions = await context.hub.versions(name, wanted);
  const range = combine(specs.map(({ spec }) => spec));
  if (!range) {
    const options = pyRepr(specs.map(({ spec }) => formatOne(spec)));
    const message = `Version error for package ${name}: Could not find a satisfactory version from options: ${options}`;
    const hint = 'No version can be in all of these ranges: widen one of them.';
    throw packageError('package-version', message, request.wanted, hint);
  }
  const read = [...versions].flatMap(([text, version]) => {
    const known = readVersion(text);
    if (!known) throw badVersion(text, wanted, `the hub's list of ${name}`);
    return context.versionCheck && !suitsDbt(version, `${name} ${text}`, wanted) ? [] : [known];
  });
  const wantsPrerelease =
    wanted.spec.fields['install_prerelease'] === true || specs.some(({ spec }) => spec.prerelease !== null);
  const candidates = installable(read, wantsPrerelease);
  const chosen = highest(candidates, range);
  const entry = chosen && versions.get(chosen.text);
  if (!chosen || !entry) {
    const addendum = context.versionCheck
      ? `\n\n  Not shown: package versions incompatible with installed version of dbt-core\n  To include them, run 'dbt --no-version-check deps'`
      : '';
    const message = `Could not find a matching compatible version for package ${name}\n  Requested range: ${formatRange(range)}\n  Compatible versions: ${pyRepr(candidates.map(({ text }) => text))}${addendum}`;
    throw packageError(
      'package-version',
      message,
      request.wanted,
      versionHint(specs, candidates, versions, name, wanted),
    );
  }
  const version = chosen.text;
  const metadata: PackageMetadata = {
    name: checkName(entry.name, wanted, context),
    packages: wantedOf(
      listedPackages(entry.packages, `${name} ${version}`),
      `${name} ${version}`,
      context.root,
      wanted,
    ),
  };
  // As if the lock's version were asked for: prereleases count where it is one.
  const newest = installable(read, chosen.spec.prerelease !== null).at(-1)?.text ?? version;
  return {
    wanted,
    label: name,
    versionName: `version ${version}`,
    lock: () => ({ package: name, version }),
    newest: { version: newest, installed: newest === version },
    metadata: async () => metadata,
    install: async (target) => {
      const file = context.work.next('hub');
      await context.http.download(entry.tarball, file, wanted);
      await unpack(file, target, wanted);
    },
  };
};

function versionSpecs(wanted: Wanted): readonly { readonly text: string; readonly spec: VersionSpec }[] {
  const value = wanted.spec.fields['version'];
  return (Array.isArray(value) ? value : [value]).map((item) => {
    const text = pyStr(item);
    const spec = parseVersionSpec(text);
    if (!spec) throw badVersion(text, wanted, wanted.spec.location);
    return { text, spec };
  });
}

function badVersion(text: string, wanted: Wanted, whose: string): Error {
  const parts = text.split(',').map((part) => part.trim());
  const list = parts.length > 1 && parts.every((part) => parseVersionSpec(part));
  const hint = list
    ? `Write a list: [${parts.map((part) => `"${part}"`).join(', ')}].`
    : /^\d+(\.\d+)?$/.test(text)
      ? `Write all three numbers, in quotes: "${text.includes('.') ? `${text}.0` : `${text}.0.0`}".`
      : 'A version is "1.2.3", a range a list like [">=1.0.0", "<2.0.0"].';
  return packageError('package-version', `"${text}" is not a valid semantic version (${whose}).`, wanted, hint);
}

const formatOne = (spec: VersionSpec): string => formatRange({ low: spec, high: null });

/** Whether the dbt that tsdbt presents is in a version's `require_dbt_version`. */
function suitsDbt({ requireDbtVersion: required }: HubVersion, whose: string, wanted: Wanted): boolean {
  if (required === undefined || required === null || required === '') return true;
  const texts = (Array.isArray(required) ? required : [required]).map(pyStr);
  const specs = texts.map((text) => {
    const spec = parseVersionSpec(text);
    if (!spec) throw badVersion(text, wanted, `require_dbt_version of ${whose}`);
    return spec;
  });
  const range = combine(specs);
  const own = parseVersionSpec(DBT_VERSION);
  return range !== undefined && own !== undefined && isInRange(own, range);
}

function versionHint(
  specs: readonly { readonly text: string; readonly spec: VersionSpec }[],
  candidates: readonly ReadVersion[],
  versions: ReadonlyMap<string, HubVersion>,
  name: string,
  wanted: Wanted,
): string {
  const there = candidates.map(({ text }) => text);
  const [only] = specs;
  if (isLocked(wanted)) return `package-lock.yml asks for it: 'tsdbt deps --upgrade' resolves packages.yml anew.`;
  if (only && specs.length === 1) {
    const bare = only.text.replace(/^[<>=]+/, '');
    if (versions.has(bare) && !there.includes(bare)) {
      return `${name} ${bare} asks for another version of dbt than ${DBT_VERSION}, or is a prerelease.`;
    }
    const near = didYouMean(bare, there);
    if (near && only.spec.matcher === '=') return near;
  }
  const newest = there.at(-1);
  return newest === undefined
    ? `No version of ${name} can be installed.`
    : `The newest version of ${name} is ${newest}.`;
}
