/** What Python's `str.strip` takes away; unlike JavaScript's `trim` not the byte order mark. */
const LEADING = /^[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const SPACE = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Python's `str.strip()`. */
export function strip(text: string): string {
  // A pattern that ends in `+$` would try each run of blanks within the text anew from each of its characters.
  let end = text.length;
  while (end > 0 && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(LEADING, '');
}

/** The number of line breaks in front of what `strip` leaves. */
export function strippedLines(text: string): number {
  const lead = LEADING.exec(text)?.[0];
  return lead ? lead.split(/\r\n|\n|\r/).length - 1 : 0;
}

/** What may follow the `.sql` of a file with dbt 1.12's flag `allow_jinja_file_extensions`. */
export const JINJA_EXTENSIONS: readonly string[] = ['.j2', '.jinja2', '.jinja'];

/** A file's name without its last extension, as Python's `os.path.splitext` sees it; one of Jinja's does not count. */
export function stem(path: string): string {
  const whole = path.slice(path.lastIndexOf('/') + 1);
  const jinja = JINJA_EXTENSIONS.find((extension) => whole.endsWith(extension));
  const base = jinja === undefined ? whole : whole.slice(0, -jinja.length);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}

/** A path without its last extension. */
export function withoutExtension(path: string): string {
  const slash = path.lastIndexOf('/');
  const dot = path.lastIndexOf('.');
  return dot > slash + 1 ? path.slice(0, dot) : path;
}

/** Joins two parts of a path as Python's `os.path.join` does, without normalising. */
export function joinPath(first: string, second: string): string {
  return first === '' || first.endsWith('/') ? first + second : `${first}/${second}`;
}
