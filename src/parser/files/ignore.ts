/** Whether a path (relative to the package's root, with `/`) is left out. */
export type IgnoreRule = (path: string) => boolean;

/** Reads a `.dbtignore`: the patterns of git's ignore files. */
export function ignoreRule(text: string): IgnoreRule {
  const rules: { readonly pattern: RegExp; readonly ignored: boolean }[] = [];
  for (const raw of text.split(/\r\n|\n|\r/)) {
    let line = raw.replace(/(?<!\\)\s+$/, '');
    if (line === '' || line.startsWith('#')) continue;
    const ignored = !line.startsWith('!');
    if (!ignored) line = line.slice(1);
    line = line.replace(/^\\(?=[!#])/, '');
    const pattern = toPattern(line);
    if (pattern) rules.push({ pattern, ignored });
  }
  return (path) => {
    let result = false;
    for (const { pattern, ignored } of rules) if (pattern.test(path)) result = ignored;
    return result;
  };
}

function toPattern(line: string): RegExp | undefined {
  const anchored = line.replace(/\/$/, '').includes('/');
  const onlyDirectories = line.endsWith('/');
  const body = line.replace(/^\//, '').replace(/\/$/, '');
  if (body === '') return undefined;
  let source = anchored ? '^' : '^(?:.*/)?';
  for (let i = 0; i < body.length; i++) {
    const char = body[i] as string;
    if (body.startsWith('**/', i) && (i === 0 || body[i - 1] === '/')) {
      source += '(?:.*/)?';
      i += 2;
    } else if (body.startsWith('**', i)) {
      source += '.*';
      i += 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = body.indexOf(']', i + 2);
      if (end === -1) source += '\\[';
      else {
        source += `[${body
          .slice(i + 1, end)
          .replace(/^!/, '^')
          .replace(/\\/g, '\\\\')}]`;
        i = end;
      }
    } else if (char === '\\' && i + 1 < body.length) {
      i += 1;
      source += (body[i] as string).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    } else source += char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`${source}${onlyDirectories ? '/' : '(?:/|$)'}`);
}
