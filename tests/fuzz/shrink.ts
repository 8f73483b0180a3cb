/**
 * Makes a failing input smaller while it still fails: parts of its texts are left out, halves first, then ever smaller
 * parts down to a character. `fails` says whether an input fails in the same way.
 */
export async function shrink(
  input: unknown,
  fails: (input: unknown) => Promise<boolean>,
  until = Date.now() + 15_000,
): Promise<unknown> {
  const still = async (candidate: unknown): Promise<boolean> => Date.now() < until && (await fails(candidate));
  if (typeof input === 'string') return shrinkText(input, still);
  if (input === null || typeof input !== 'object') return input;
  let out = input as { readonly [key: string]: unknown };
  for (const key of Object.keys(out)) {
    const within = async (value: unknown): Promise<boolean> => still(put(out, key, value));
    const value = out[key];
    const smaller = typeof value === 'string' ? await shrinkText(value, within) : await shrink(value, within, until);
    out = put(out, key, smaller) as typeof out;
  }
  return out;
}

function put(value: object, key: string, item: unknown): unknown {
  return Array.isArray(value) ? value.map((old, i) => (String(i) === key ? item : old)) : { ...value, [key]: item };
}

async function shrinkText(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let out = text;
  for (let size = Math.ceil(out.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < out.length; ) {
      const candidate = out.slice(0, at) + out.slice(at + size);
      if (candidate !== out && (await fails(candidate))) out = candidate;
      else at += size;
    }
  }
  return out;
}
