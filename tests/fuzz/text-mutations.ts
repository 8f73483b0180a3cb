import type { Random } from '../helpers/random.js';

/** What a language's texts are cut at and what is thrown into them. */
export interface Language {
  /** Words and marks of the language, and characters that trouble readers of it. */
  readonly pieces: readonly string[];
  /** The tokens of a text, roughly; joined they give it again. */
  readonly token: RegExp;
  /** The blocks of a text, roughly: lines, tags. */
  readonly block: RegExp;
}

/** Characters that are trouble everywhere. */
export const ODD_CHARACTERS: readonly string[] = [
  '\u0000',
  '\u0001',
  '\t',
  '\r',
  '\r\n',
  '\u000b',
  '\u001c',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\uffff',
  '\ud800',
  '\udfff',
  '\u{1f600}',
  'e\u0301',
  'ß',
  'İ',
  '\\',
  '`',
  '${',
  '*/',
  '__proto__',
  'constructor',
  'toString',
];

const MAX_LENGTH = 4000;

/** A text of the corpus with a few edits of characters, tokens and blocks, and pieces of other texts. */
export function mutated(random: Random, corpus: readonly string[], language: Language): string {
  let text = random.pick(corpus);
  if (text.length > MAX_LENGTH) {
    const from = random.below(text.length - MAX_LENGTH / 2);
    text = text.slice(from, from + MAX_LENGTH / 2);
  }
  const edits = 1 + random.below(random.chance(0.2) ? 12 : 4);
  for (let i = 0; i < edits; i++) text = edited(random, text, corpus, language);
  return text.slice(0, MAX_LENGTH);
}

function edited(random: Random, text: string, corpus: readonly string[], language: Language): string {
  const at = random.below(text.length + 1);
  const length = random.below(8);
  switch (random.below(10)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + random.pick(language.pieces) + text.slice(at);
    case 2:
      return text.slice(0, at) + random.pick(language.pieces) + text.slice(at + length);
    case 3:
      return text.slice(0, at) + random.pick(ODD_CHARACTERS) + text.slice(at + random.below(2));
    case 4: {
      const other = random.pick(corpus);
      const from = random.below(other.length);
      return text.slice(0, at) + other.slice(from, from + 1 + random.below(60)) + text.slice(at);
    }
    case 5:
      return rearranged(random, text.match(language.token) ?? [], random.pick(corpus).match(language.token) ?? []);
    case 6:
      return rearranged(random, text.match(language.block) ?? [], random.pick(corpus).match(language.block) ?? []);
    case 7: {
      const piece = text.slice(at, at + 1 + random.below(12));
      return text.slice(0, at) + piece.repeat(1 + random.below(random.chance(0.1) ? 120 : 4)) + text.slice(at);
    }
    case 8:
      return random.chance(0.5) ? text.slice(0, at) : text.slice(at);
    default:
      return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
  }
}

/** Drops, doubles, swaps or replaces one of the parts. */
function rearranged(random: Random, parts: readonly string[], others: readonly string[]): string {
  if (parts.length === 0) return '';
  const out = [...parts];
  const at = random.below(out.length);
  const to = random.below(out.length);
  const part = out[at] as string;
  switch (random.below(5)) {
    case 0:
      out.splice(at, 1 + random.below(3));
      break;
    case 1:
      out.splice(to, 0, part);
      break;
    case 2:
      out[at] = out[to] as string;
      out[to] = part;
      break;
    case 3:
      if (others.length > 0) out.splice(at, 1, random.pick(others));
      break;
    default:
      if (others.length > 0) out.splice(at, 0, random.pick(others));
  }
  return out.join('');
}
