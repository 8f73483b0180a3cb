import { Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { DbtError } from '../diagnostics/errors.js';

/** A profile as profiles.yml has it. */
export interface NewProfile {
  readonly target: string;
  readonly outputs: { readonly [target: string]: { readonly [key: string]: unknown } };
}

/**
 * Puts a profile into the text of a profiles.yml: in place of one of that name, else at the end. All other text stays as
 * it is. Throws `profile-invalid` when the text is no dictionary of profiles.
 */
export function setProfile(text: string, file: string, name: string, profile: NewProfile): string {
  const document: Document = parseDocument(text, { version: '1.1', keepSourceTokens: true, uniqueKeys: false });
  const root = document.contents;
  if (document.errors.length > 0 || (root !== null && !isMap(root))) {
    throw new DbtError('profile-invalid', `${file} is no dictionary of profiles: nothing can be added to it`, {
      span: { file, line: 1, column: 1 },
      sourceText: text,
      hint: 'Correct the file first; tsdbt debug says what is wrong.',
    });
  }
  if (root?.flow) {
    root.set(document.createNode(name), document.createNode(profile));
    return document.toString({ lineWidth: 0 });
  }
  const added = new Document({ [name]: profile }).toString({ lineWidth: 0 });
  const old = root ? rangeOf(root, name) : undefined;
  if (old) return `${text.slice(0, old.start)}${added}${text.slice(old.end)}`;
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return before.trim() === '' ? before + added : `${before}\n${added}`;
}

/** From the key to the end of the value's last line. */
function rangeOf(root: YAMLMap, name: string): { readonly start: number; readonly end: number } | undefined {
  const pair = root.items.find(({ key }: Pair) => isScalar(key) && String(key.value) === name);
  const key = (pair?.key as { range?: readonly number[] } | undefined)?.range;
  const value = (pair?.value as { range?: readonly number[] } | null | undefined)?.range;
  if (!key) return undefined;
  return { start: key[0] as number, end: (value ?? key)[2] as number };
}
