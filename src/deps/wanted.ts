import { PACKAGE_LOCK_FILE, type PackageList, type PackageSpec } from '../config/packages.js';
import type { DiagnosticCode } from '../diagnostics/codes.js';
import { DbtError, type DiagnosticNote } from '../diagnostics/errors.js';
import type { SourceSpan } from '../diagnostics/span.js';

/** A package that somebody asks for. */
export interface Wanted {
  readonly spec: PackageSpec;
  /** The entry's place; for what a package of the hub asks for, that of the package. */
  readonly span: SourceSpan;
  readonly sourceText?: string;
  /** The package that asks for it, e.g. `acme/utils 1.0.0`; null for the project. */
  readonly by: string | null;
  /** The directory from which Node would look for an npm package. */
  readonly directory: string;
}

/** All who ask for one package: the first decides where there is no question. */
export interface Request {
  readonly kind: PackageSpec['kind'];
  /** The first is the package's name; the others mean the same package. */
  readonly keys: readonly string[];
  readonly wanted: readonly [Wanted, ...Wanted[]];
}

/** The packages of a list, as asked for by the project or by one of its packages. */
export function wantedOf(list: PackageList, by: string | null, directory: string, parent?: Wanted): readonly Wanted[] {
  return list.packages.map((spec, i) => {
    const origin = list.document
      ? { span: list.document.span(['packages', i]), sourceText: list.document.text }
      : parent
        ? { span: parent.span, ...(parent.sourceText === undefined ? {} : { sourceText: parent.sourceText }) }
        : { span: { file: list.file, line: 1, column: 1 } };
    return { spec, ...origin, by, directory };
  });
}

/** The names under which a package is known: a git package with and without `.git`. */
export function keysOf({ kind, location, fields }: PackageSpec): readonly string[] {
  if (kind !== 'git') return [location];
  const other = location.endsWith('.git') ? location.slice(0, -4) : `${location}.git`;
  const subdirectory = fields['subdirectory'];
  return [location, other].map((url) =>
    typeof subdirectory === 'string' && subdirectory ? `${url}/${subdirectory}` : url,
  );
}

/** An error about a package, at the entry that asks for it; who else asks for it is in notes. */
export function packageError(
  code: DiagnosticCode,
  message: string,
  wanted: Wanted | readonly Wanted[],
  hint: string,
  more: { readonly cause?: unknown; readonly notes?: readonly DiagnosticNote[] } = {},
): DbtError {
  const [first, ...others] = Array.isArray(wanted) ? (wanted as readonly Wanted[]) : [wanted as Wanted];
  const notes = [
    ...[first, ...others].flatMap((one) =>
      one?.by ? [{ message: `${describe(one)} is asked for by ${one.by}`, span: one.span }] : [],
    ),
    ...others.flatMap((one) => (one.by ? [] : [{ message: `${describe(one)} is asked for here too`, span: one.span }])),
    ...(more.notes ?? []),
  ];
  return new DbtError(code, message, {
    ...(first ? { span: first.span } : {}),
    ...(first?.sourceText === undefined ? {} : { sourceText: first.sourceText }),
    hint,
    ...(notes.length > 0 ? { notes } : {}),
    ...(more.cause === undefined ? {} : { cause: more.cause }),
  });
}

function describe({ spec }: Wanted): string {
  const version = spec.fields['version'] ?? spec.fields['revision'];
  return version === undefined || version === null
    ? shownUrl(spec.location)
    : `${shownUrl(spec.location)} ${String(version)}`;
}

/** Whether an entry is from package-lock.yml. */
export const isLocked = (wanted: Wanted): boolean => wanted.span.file === PACKAGE_LOCK_FILE;

/** A URL without the password or token in it. */
export function shownUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/@]+)@/i, (whole, scheme: string, user: string) =>
    user.includes(':') || (/^https?:/i.test(scheme) && user !== 'git') ? `${scheme}*****@` : whole,
  );
}
