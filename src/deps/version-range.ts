import { compareVersions, formatVersionSpec, parseVersionSpec, type VersionSpec } from '../config/semver.js';

/** What several requirements of versions leave: bounds, or the same exact version twice. Null is unbounded. */
export interface VersionRange {
  readonly low: VersionSpec | null;
  readonly high: VersionSpec | null;
}

const isExact = (spec: VersionSpec | null): boolean => spec?.matcher === '=';

/** At one version, what lies below it, at it, above it. */
const EDGE = { '<': 0, '<=': 1, '>=': 1, '>': 2, '=': undefined } as const;

/** dbt's order of requirements: by version, then by the side on which the requirement lies. Negative, 0 or positive. */
function compareSpecs(a: VersionSpec, b: VersionSpec): number {
  const sameNumbers = a.major === b.major && a.minor === b.minor && a.patch === b.patch;
  // `<2.0.0` lies below each prerelease of 2.0.0.
  if (sameNumbers && a.prerelease === null && b.prerelease !== null && a.matcher === '<') return -1;
  const order = compareVersions(a, b);
  if (order !== 0) return order;
  const [left, right] = [EDGE[a.matcher], EDGE[b.matcher]];
  return left === undefined || right === undefined ? 0 : left - right;
}

/** Whether an exact version lies within a bound. */
function within(exact: VersionSpec, bound: VersionSpec): boolean {
  const order = compareSpecs(bound, exact);
  if (order === 0) return bound.matcher === '>=' || bound.matcher === '<=';
  return bound.matcher.startsWith('>') ? order < 0 : order > 0;
}

/** The narrower of two bounds of one side; undefined when they exclude each other. */
function narrower(a: VersionSpec | null, b: VersionSpec | null, side: 'low' | 'high'): VersionSpec | null | undefined {
  if (a === null || b === null) return a ?? b;
  if (isExact(a)) return within(a, b) ? a : undefined;
  if (isExact(b)) return within(b, a) ? b : undefined;
  const order = compareSpecs(a, b);
  return (side === 'low' ? order < 0 : order > 0) ? b : a;
}

function rangeOf(spec: VersionSpec): VersionRange {
  const isUpper = spec.matcher.startsWith('<');
  return { low: isUpper ? null : spec, high: isUpper || isExact(spec) ? spec : null };
}

function intersect(a: VersionRange, b: VersionRange): VersionRange | undefined {
  if (isExact(a.low) && isExact(b.low)) {
    return a.low && b.low && compareSpecs(a.low, b.low) === 0 ? a : undefined;
  }
  const low = narrower(a.low, b.low, 'low');
  const high = narrower(a.high, b.high, 'high');
  if (low === undefined || high === undefined) return undefined;
  return low && high && compareSpecs(low, high) > 0 ? undefined : { low, high };
}

/** What all requirements together leave; undefined when they exclude each other. As in dbt the last one comes first. */
export function combine(specs: readonly VersionSpec[]): VersionRange | undefined {
  const [last, ...others] = [...specs.slice(-1), ...specs.slice(0, -1)];
  if (!last) return { low: null, high: null };
  return others.reduce<VersionRange | undefined>(
    (range, spec) => range && intersect(range, rangeOf(spec)),
    rangeOf(last),
  );
}

/** Prints a range as dbt does: `>=1.0.0, <2.0.0`; an exact version stands there twice. */
export function formatRange({ low, high }: VersionRange): string {
  const parts = [low, high].filter((bound) => bound !== null).map(formatVersionSpec);
  return parts.length === 0 ? 'ANY' : parts.join(', ');
}

/** Whether a version lies in a range. */
export function isInRange(version: VersionSpec, range: VersionRange): boolean {
  const bounds = [range.low, range.high].filter((bound) => bound !== null);
  return combine([version, ...bounds]) !== undefined;
}

/** A version of a list: its text, and as it reads. */
export interface ReadVersion {
  readonly text: string;
  readonly spec: VersionSpec;
}

/** Reads versions; undefined for what is none. */
export function readVersion(text: string): ReadVersion | undefined {
  const spec = parseVersionSpec(text);
  return spec && { text, spec };
}

/** Those that may be installed, lowest first: prereleases only where they are wanted. */
export function installable(versions: readonly ReadVersion[], prerelease: boolean): readonly ReadVersion[] {
  return versions
    .filter(({ spec }) => prerelease || spec.prerelease === null)
    .sort((a, b) => compareSpecs(a.spec, b.spec));
}

/** The highest version in a range; of equal ones the first. */
export function highest(versions: readonly ReadVersion[], range: VersionRange): ReadVersion | undefined {
  let best: ReadVersion | undefined;
  for (const version of versions) {
    if (!isInRange(version.spec, range)) continue;
    if (!best || compareSpecs(best.spec, version.spec) < 0) best = version;
  }
  return best;
}
