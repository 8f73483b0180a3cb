import { createRequire } from 'node:module';
import type * as YamlLibrary from 'yaml';
import type { Document, Node, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { pyStr } from '../../jinja/values.js';
import { hashable, hasKey, putKey, type YamlDict } from './mapping.js';
import { foldQuoted, unescapeDouble } from './quoted.js';
import { plainTag, plainValue, ScalarError, type ScalarTag, scalarValue } from './scalars.js';
import type { Dates } from './timestamp.js';

const require = createRequire(import.meta.url);
let loaded: typeof YamlLibrary | undefined;

/** The library, loaded when a text first needs it: most commands never do, and it takes some 20 ms. */
function library(): typeof YamlLibrary {
  loaded ??= require('yaml') as typeof YamlLibrary;
  return loaded;
}

const isAlias: typeof YamlLibrary.isAlias = (node): node is YamlLibrary.Alias => library().isAlias(node);
const isMap: typeof YamlLibrary.isMap = <K, V>(node: unknown): node is YAMLMap<K, V> => library().isMap(node);
const isPair: typeof YamlLibrary.isPair = <K, V>(node: unknown): node is YamlLibrary.Pair<K, V> =>
  library().isPair(node);
const isScalar: typeof YamlLibrary.isScalar = <T>(node: unknown): node is Scalar<T> => library().isScalar(node);
const isSeq: typeof YamlLibrary.isSeq = <T>(node: unknown): node is YamlLibrary.YAMLSeq<T> => library().isSeq(node);

/** A range of offsets in the text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Why a text can't be read, and where. */
export class YamlProblem extends Error {
  constructor(
    /** The parser's word for the kind of problem, or ''. */
    readonly kind: string,
    message: string,
    readonly at: TextRange,
  ) {
    super(message);
  }
}

/** What the complete parser makes of a text. */
export interface YamlTree {
  readonly value: unknown;
  readonly duplicates: readonly { readonly key: string; readonly at: TextRange }[];
}

type Pairs = { readonly key: ParsedNode; readonly value: ParsedNode | null }[];

/** Control characters that YAML does not allow anywhere. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\ufffe\uffff]/;

/**
 * Parses to the library's tree, without its schema: tags are ours. Throws a YamlProblem, unless only places are wanted:
 * the fast reader takes some texts that the library complains of, and reads them as PyYAML does.
 */
export function parseTree(text: string, onlyPlaces = false): Document.Parsed | undefined {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) {
    const code = `#x${forbidden[0].charCodeAt(0).toString(16).padStart(4, '0')}`;
    const at = { start: forbidden.index, end: forbidden.index + 1 };
    throw new YamlProblem('CONTROL', `unacceptable character ${code}: control characters are not allowed`, at);
  }
  const { LineCounter, parseAllDocuments } = library();
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    version: '1.1',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: new LineCounter(),
  });
  if ('empty' in documents) {
    // A directive that nothing follows.
    const warning = documents.warnings[0];
    if (warning) throw new YamlProblem(warning.code, warning.message, { start: warning.pos[0], end: warning.pos[1] });
    return undefined;
  }
  if (onlyPlaces) return documents[0] as Document.Parsed | undefined;
  for (const document of documents) {
    const error =
      document.errors.find((e) => !e.message.startsWith('Comments must be separated')) ??
      document.warnings.find((w) => w.code === 'BAD_DIRECTIVE');
    if (error) throw new YamlProblem(error.code, error.message, { start: error.pos[0], end: error.pos[1] });
  }
  const second = documents[1];
  if (second) {
    const start = second.range?.[0] ?? 0;
    throw new YamlProblem('MULTIPLE_DOCS', 'expected a single document in the stream', { start, end: start + 1 });
  }
  return documents[0] as Document.Parsed | undefined;
}

/** Reads a text completely, by PyYAML's rules. Throws a YamlProblem. */
export function readTree(text: string, dates: Dates = 'text'): YamlTree {
  const document = parseTree(text);
  const reader = new TreeReader(text, dates);
  const contents = document?.contents;
  return { value: contents ? reader.value(contents) : null, duplicates: reader.duplicates };
}

class TreeReader {
  readonly duplicates: { key: string; at: TextRange }[] = [];
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #values = new Map<Node, unknown>();
  /** How many values a node stands for once each alias in it is written out. */
  readonly #sizes = new Map<Node, number>();
  readonly #flattened = new Map<YAMLMap, Pairs>();
  readonly #merging = new Set<YAMLMap>();
  /** The size of what is being read so far. */
  #size = 0;
  readonly #open = new Set<Node>();
  readonly #text: string;
  readonly #dates: Dates;

  constructor(text: string, dates: Dates) {
    this.#text = text;
    this.#dates = dates;
  }

  value(node: ParsedNode): unknown {
    const target = this.#resolve(node);
    if (this.#values.has(target)) {
      this.#size += this.#sizes.get(target) ?? 1;
      if (this.#size > MAX_SIZE) throw problem(`the aliases stand for more than ${MAX_SIZE} values`, node);
      return this.#values.get(target);
    }
    if (this.#open.has(target)) throw problem('an anchor must not contain an alias of itself', node);
    if (this.#open.size >= MAX_NESTING) throw problem('the text is nested too deeply', node);
    this.#open.add(target);
    const before = this.#size;
    this.#size += 1;
    const value = this.#construct(target);
    this.#open.delete(target);
    this.#values.set(target, value);
    this.#sizes.set(target, this.#size - before);
    return value;
  }

  /** Follows an alias; remembers anchors on the way. */
  #resolve(node: ParsedNode): ParsedNode {
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (!target) throw problem(`found undefined alias '${node.source}'`, node);
      return target;
    }
    if (node.anchor !== undefined) {
      const before = this.#anchors.get(node.anchor);
      if (before && before !== node) throw problem(`found duplicate anchor '${node.anchor}'`, node);
      this.#anchors.set(node.anchor, node);
    }
    return node;
  }

  #construct(node: ParsedNode): unknown {
    if (isScalar(node)) return this.#scalar(node);
    const tag = node.tag?.replace(CORE, '');
    if (isSeq(node)) {
      if (tag !== undefined && tag !== 'seq' && tag !== '!') throw unknownTag(node.tag ?? '', node);
      return node.items.map((item) => {
        if (!isPair(item)) return this.value(item as ParsedNode);
        const { key, value } = item as unknown as Pairs[number];
        return this.#mapping([{ key, value }], false);
      });
    }
    if (isMap(node)) {
      if (tag !== undefined && tag !== 'map' && tag !== '!') throw unknownTag(node.tag ?? '', node);
      const pairs = node.items as unknown as Pairs;
      const first = pairs[0]?.key;
      return this.#mapping(this.#flatten(node), isScalar(first) && first.source === '<<');
    }
    throw problem('this is no YAML value', node);
  }

  #scalar(node: Scalar.Parsed): unknown {
    // A value that is not there, as in `{a:  }`, comes with the blanks in its place.
    const text = node.type === 'PLAIN' ? node.source.replace(/^[ \t\n]+|[ \t\n]+$/g, '') : node.source;
    const tag = node.tag?.replace(CORE, '');
    try {
      if (tag === undefined || tag === '?' || tag === '!')
        return node.type === 'PLAIN' ? plainValue(text, this.#dates) : this.#textOf(node);
      if (TAGS.has(tag)) return scalarValue(tag as ScalarTag, this.#textOf(node), this.#dates);
    } catch (error) {
      if (error instanceof ScalarError) throw problem(error.message, node);
      throw error;
    }
    throw unknownTag(node.tag ?? '', node);
  }

  /** The text of a quoted or block scalar. A block at the very end of the text has no line break that is not there. */
  #textOf(node: Scalar.Parsed): string {
    if (node.type === 'QUOTE_DOUBLE') return this.#doubleQuoted(node);
    const text = String(node.value);
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    const atEnd = isBlock && node.range[1] >= this.#text.length && !this.#text.endsWith('\n');
    return atEnd && text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  #doubleQuoted(node: Scalar.Parsed): string {
    const raw = this.#text.slice(node.range[0] + 1, node.range[1] - 1);
    // The library loses the blank lines that follow an escaped line break.
    if (!/\\\n[ \t]*\n/.test(raw)) return String(node.value);
    return unescapeDouble(foldQuoted(raw, true)) ?? String(node.value);
  }

  /** The pairs of a mapping with those of its merge keys before them, as PyYAML's `flatten_mapping` has them. */
  #flatten(node: YAMLMap): Pairs {
    const known = this.#flattened.get(node);
    if (known) return known;
    // Merged into itself a mapping adds what it has beside the merge, as with PyYAML.
    if (this.#merging.has(node)) return (node.items as unknown as Pairs).filter(({ key }) => !isMergeKey(key));
    this.#merging.add(node);
    const own: Pairs = [];
    const merged: Pairs = [];
    for (const { key, value } of node.items as unknown as Pairs) {
      if (!isMergeKey(key)) {
        own.push({ key, value });
        continue;
      }
      const source = value === null ? null : this.#resolve(value);
      if (isMap(source)) add(merged, this.#flatten(source), key);
      else if (isSeq(source)) {
        const parts = source.items.map((item) => {
          const target = this.#resolve(item as ParsedNode);
          if (!isMap(target)) throw problem('expected a mapping for merging', target);
          return this.#flatten(target);
        });
        for (const part of parts.reverse()) add(merged, part, key);
      } else throw problem('expected a mapping or list of mappings for merging, but found scalar', key);
    }
    const all = [...merged, ...own];
    this.#merging.delete(node);
    this.#flattened.set(node, all);
    return all;
  }

  #mapping(pairs: Pairs, overrides: boolean): YamlDict {
    let dict: YamlDict = {};
    for (const { key: keyNode, value: valueNode } of pairs) {
      const key = this.#keyValue(keyNode);
      if (!hashable(key)) throw problem('found unhashable key', keyNode);
      const value = valueNode === null ? null : this.value(valueNode);
      if (!overrides && hasKey(dict, key)) this.duplicates.push({ key: pyStr(key), at: range(keyNode) });
      dict = putKey(dict, key, value);
    }
    return dict;
  }

  #keyValue(node: ParsedNode): unknown {
    const target = this.#resolve(node);
    if (isScalar(target) && target.type === 'PLAIN' && target.tag === undefined && target.source === '=') return '=';
    return this.value(target);
  }
}

/**
 * What the aliases of a text may stand for, and the pairs that merge keys may give: whoever goes through all of it, as
 * rendering does, would never end with ten aliases of ten aliases of ten aliases.
 */
const MAX_SIZE = 1_000_000;
const MAX_MERGED = 20_000;
/** How deep values may be nested: PyYAML ends at some 300 levels. */
const MAX_NESTING = 400;

function add(pairs: Pairs, more: Pairs, at: ParsedNode): void {
  if (pairs.length + more.length > MAX_MERGED) throw problem(`merge keys give more than ${MAX_MERGED} keys`, at);
  for (const pair of more) pairs.push(pair);
}

const CORE = /^(?:tag:yaml\.org,2002:|!!)/;
const TAGS: ReadonlySet<string> = new Set(['str', 'null', 'bool', 'int', 'float', 'timestamp']);

function isMergeKey(node: ParsedNode): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.tag === undefined && plainTag(node.source) === 'merge';
}

function range(node: Node | ParsedNode): TextRange {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
}

function problem(message: string, node: Node | ParsedNode): YamlProblem {
  return new YamlProblem('', message, range(node));
}

function unknownTag(tag: string, node: Node | ParsedNode): YamlProblem {
  return new YamlProblem('TAG', `could not determine a constructor for the tag '${tag}'`, range(node));
}

/**
 * The place of a key or value by its path. A path that does not exist gives the deepest part of it that does.
 * `what` says whether the last key or its value is meant.
 */
export function locate(text: string, path: readonly (string | number)[], what: 'key' | 'value'): TextRange | undefined {
  const anchors = parseTree(text, true);
  let node: Node | null | undefined = anchors?.contents;
  let found: TextRange | undefined;
  for (const part of path) {
    if (isAlias(node) && anchors) node = node.resolve(anchors);
    if (isMap(node)) {
      const pairs = node.items as unknown as Pairs;
      const pair = pairs.findLast(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) break;
      found = range(what === 'value' && pair.value !== null && part === path.at(-1) ? pair.value : pair.key);
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      const item = node.items[part] as Node | undefined;
      if (!item) break;
      found = range(item);
      node = item;
    } else break;
  }
  return found;
}
