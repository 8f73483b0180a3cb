/** A version requirement, e.g. `>=1.5.0-rc1`. */
export interface VersionSpec {
  readonly matcher: '=' | '>=' | '<=' | '>' | '<';
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: string | null;
  readonly build: string | null;
}

const SPEC =
  /^(?<matcher>=|>=|<=|>|<)?(?<major>0|[1-9]\d*)\.(?<minor>0|[1-9]\d*)\.(?<patch>0|[1-9]\d*)(?:-?(?<prerelease>(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+(?<build>[0-9a-zA-Z-]*(?:\.[0-9a-zA-Z-]*)*))?\n?$/;

/** Reads a requirement; undefined when it has not the form `>=1.2.3`. As in dbt, `1.2.3rc1` is `1.2.3-rc1`. */
export function parseVersionSpec(text: string): VersionSpec | undefined {
  const groups = SPEC.exec(text)?.groups;
  if (!groups) return undefined;
  return {
    matcher: (groups['matcher'] ?? '=') as VersionSpec['matcher'],
    major: Number(groups['major']),
    minor: Number(groups['minor']),
    patch: Number(groups['patch']),
    prerelease: groups['prerelease'] ?? null,
    build: groups['build'] ?? null,
  };
}

/** Prints a requirement in dbt's form, with `=` when no operator was written. */
export function formatVersionSpec(spec: VersionSpec): string {
  const pre = spec.prerelease === null ? '' : `-${spec.prerelease}`;
  const build = spec.build ? `+${spec.build}` : '';
  return `${spec.matcher}${spec.major}.${spec.minor}.${spec.patch}${pre}${build}`;
}

/** Compares versions by semver's order, ignoring the operators. */
export function compareVersions(a: VersionSpec, b: VersionSpec): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrerelease(a.prerelease, b.prerelease);
}

function comparePrerelease(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    if (x === y) continue;
    const [xNumber, yNumber] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (xNumber && yNumber) return Number(x) - Number(y);
    if (xNumber !== yNumber) return xNumber ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

/** Whether a version fulfils one requirement. */
export function satisfies(version: VersionSpec, spec: VersionSpec): boolean {
  const order = compareVersions(version, spec);
  switch (spec.matcher) {
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      // A prerelease of the bound itself lies below it by the numbers, but is not what `<2.0.0` asks for.
      return order < 0 && !(spec.prerelease === null && version.prerelease !== null && sameBase(version, spec));
  }
}

function sameBase(a: VersionSpec, b: VersionSpec): boolean {
  return a.major === b.major && a.minor === b.minor && a.patch === b.patch;
}

/** Whether any version could fulfil all requirements: of each pair of a lower and an upper bound, there is room. */
export function canBeSatisfied(specs: readonly VersionSpec[]): boolean {
  const exact = specs.find((spec) => spec.matcher === '=');
  if (exact) return specs.every((spec) => satisfies(exact, spec));
  const lower = specs.filter((spec) => spec.matcher.startsWith('>'));
  const upper = specs.filter((spec) => spec.matcher.startsWith('<'));
  return lower.every((low) =>
    upper.every((high) => {
      const order = compareVersions(low, high);
      return order < 0 || (order === 0 && low.matcher === '>=' && high.matcher === '<=');
    }),
  );
}
