type Part =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly (readonly [number, number])[] };

const compiled = new Map<string, readonly Part[]>();

/** True when the pattern has a character with a meaning of its own. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\]]/.test(pattern);
}

/**
 * Matches a whole name against a shell pattern as Python's `fnmatch` does on POSIX: `*` any text, `?` one character,
 * `[abc]`, `[a-z]`, `[!abc]`; case counts. Runs in time proportional to the lengths' product at worst.
 */
export function fnmatch(name: string, pattern: string): boolean {
  let parts = compiled.get(pattern);
  if (!parts) {
    parts = compile([...pattern]);
    if (compiled.size > 500) compiled.clear();
    compiled.set(pattern, parts);
  }
  const chars = [...name];
  let at = 0;
  let part = 0;
  let star = -1;
  let starAt = 0;
  while (at < chars.length) {
    const current = parts[part];
    if (current?.kind === 'star') {
      star = part++;
      starAt = at;
    } else if (current && matchesOne(current, chars[at] as string)) {
      part++;
      at++;
    } else if (star !== -1) {
      part = star + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  while (parts[part]?.kind === 'star') part++;
  return part === parts.length;
}

function matchesOne(part: Part, char: string): boolean {
  if (part.kind === 'any') return true;
  if (part.kind === 'char') return part.char === char;
  if (part.kind === 'star') return false;
  const code = char.codePointAt(0) as number;
  return part.ranges.some(([low, high]) => low <= code && code <= high) !== part.negated;
}

function compile(chars: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] as string;
    if (char === '*') {
      if (parts.at(-1)?.kind !== 'star') parts.push({ kind: 'star' });
    } else if (char === '?') {
      parts.push({ kind: 'any' });
    } else if (char === '[') {
      // A `]` that comes first, also after `!`, is a member; without an end the bracket is itself.
      let end = i + 1;
      if (chars[end] === '!') end++;
      if (chars[end] === ']') end++;
      while (end < chars.length && chars[end] !== ']') end++;
      if (end >= chars.length) {
        parts.push({ kind: 'char', char });
      } else {
        parts.push(compileSet(chars.slice(i + 1, end)));
        i = end;
      }
    } else {
      parts.push({ kind: 'char', char });
    }
  }
  return parts;
}

function compileSet(members: readonly string[]): Part {
  const negated = members[0] === '!';
  const ranges: [number, number][] = [];
  for (let i = negated ? 1 : 0; i < members.length; i++) {
    const low = (members[i] as string).codePointAt(0) as number;
    if (members[i + 1] === '-' && i + 2 < members.length) {
      const high = (members[i + 2] as string).codePointAt(0) as number;
      if (low <= high) ranges.push([low, high]);
      i += 2;
    } else {
      ranges.push([low, low]);
    }
  }
  return { kind: 'set', negated, ranges };
}
