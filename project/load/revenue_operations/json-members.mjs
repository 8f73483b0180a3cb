// A JSON file of any size -> the members of one of its objects, in constant memory. @streamparser/json makes the tokens; what they may be one
// after the other is checked here: the library's own parser takes three times as long for nine million members, and 900 MB (docs/adr/0009).

import { createReadStream } from 'node:fs';
import { Tokenizer, TokenType } from '@streamparser/json';
import { LakeError } from '../schema.mjs';

const READ = 1 << 20;
/** A value that is an object or a list is kept as text up to this length: it is for someone to look at. */
const LONGEST_TEXT = 2_000;

const { LEFT_BRACE, RIGHT_BRACE, LEFT_BRACKET, RIGHT_BRACKET, COLON, COMMA, STRING } = TokenType;

/** @typedef {{text: string, isString: boolean}} Value a string's text, or what else stands there as JSON */

/** What may come next. */
const VALUE = 0;
const FIRST_KEY = 1;
const KEY = 2;
const AFTER_KEY = 3;
const AFTER_VALUE = 4;
const FIRST_ITEM = 5;
const END = 6;

/** The grammar of JSON over tokens; members of the wanted object are handed on. */
class Members {
  /** Of each open object or list: whether it is an object. @type {boolean[]} */
  #open = [];
  #next = VALUE;
  /** The key of the outermost object that the reading is at. */
  #section = '';
  #key = '';
  /** How many objects and lists are open at a member of the wanted object; -1 outside of it. */
  #memberDepth = -1;
  /** A member's value that is an object or a list, as text, while it is read. @type {string | undefined} */
  #nested;
  found = false;

  /** @param {string | undefined} name the wanted object's key in the outermost one; undefined for that itself @param {(key: string, value: Value) => void} member */
  constructor(name, member) {
    this.name = name;
    this.member = member;
  }

  get isComplete() {
    return this.#next === END;
  }

  /** @param {number} token @param {unknown} value @param {number} offset @throws {SyntaxError} */
  take(token, value, offset) {
    if (this.#next === KEY || this.#next === FIRST_KEY) {
      if (token === STRING) return this.#atKey(/** @type {string} */ (value));
      if (token === RIGHT_BRACE && this.#next === FIRST_KEY) return this.#close();
    } else if (this.#next === AFTER_KEY) {
      if (token === COLON) return this.#goOn(':', VALUE);
    } else if (this.#next === AFTER_VALUE) {
      const isObject = this.#open[this.#open.length - 1];
      if (token === COMMA) return this.#goOn(',', isObject ? KEY : VALUE);
      if (token === (isObject ? RIGHT_BRACE : RIGHT_BRACKET)) return this.#close();
    } else if (this.#next === FIRST_ITEM && token === RIGHT_BRACKET) {
      return this.#close();
    } else if (
      this.#next !== END &&
      token !== RIGHT_BRACE &&
      token !== RIGHT_BRACKET &&
      token !== COLON &&
      token !== COMMA
    ) {
      return this.#atValue(token, value);
    }
    throw new SyntaxError(`${JSON.stringify(value).slice(0, 40)} at byte ${offset} is out of place`);
  }

  /** @param {string} text of what is read @param {number} next */
  #goOn(text, next) {
    this.#next = next;
    if (this.#nested !== undefined && this.#nested.length < LONGEST_TEXT) this.#nested += text;
  }

  /** @param {string} key */
  #atKey(key) {
    if (this.#nested !== undefined) return this.#goOn(JSON.stringify(key), AFTER_KEY);
    this.#key = key;
    if (this.#open.length === 1) this.#section = key;
    this.#next = AFTER_KEY;
  }

  /** @param {number} token @param {unknown} value */
  #atValue(token, value) {
    const depth = this.#open.length;
    const isMember = depth === this.#memberDepth && this.#nested === undefined;
    if (token === LEFT_BRACE || token === LEFT_BRACKET) return this.#begin(token === LEFT_BRACE, isMember);
    this.#goOn(this.#nested === undefined ? '' : JSON.stringify(value), depth === 0 ? END : AFTER_VALUE);
    if (!isMember) return;
    const isString = token === STRING;
    this.member(this.#key, { text: isString ? /** @type {string} */ (value) : JSON.stringify(value), isString });
  }

  /** @param {boolean} isObject @param {boolean} isMember */
  #begin(isObject, isMember) {
    const depth = this.#open.length;
    const isWanted = this.name === undefined ? depth === 0 : depth === 1 && this.#section === this.name;
    if (isMember) this.#nested = '';
    else if (isWanted && isObject) {
      this.found = true;
      this.#memberDepth = depth + 1;
    }
    this.#goOn(isObject ? '{' : '[', isObject ? FIRST_KEY : FIRST_ITEM);
    this.#open.push(isObject);
  }

  #close() {
    const isObject = this.#open.pop();
    const depth = this.#open.length;
    this.#goOn(isObject ? '}' : ']', depth === 0 ? END : AFTER_VALUE);
    if (this.#nested !== undefined) {
      if (depth !== this.#memberDepth) return;
      this.member(this.#key, { text: this.#nested, isString: false });
      this.#nested = undefined;
    } else if (depth < this.#memberDepth) this.#memberDepth = -1;
  }
}

/**
 * Reads the members of an object one after the other, duplicate keys and all.
 * @param {string} path @param {string | undefined} name of the object in the outermost one; undefined for that itself
 * @param {(key: string, value: Value) => void} member @param {(bytes: Buffer) => Promise<void> | undefined} seen each piece of the file, after its members
 * @returns {Promise<void>}
 * @throws {LakeError} with the position when the file is no JSON, ends too early or has no such object
 */
export async function readMembers(path, name, member, seen) {
  const members = new Members(name, member);
  const tokenizer = new Tokenizer({ stringBufferSize: 1 << 16 });
  let read = 0;
  let last = 0;
  tokenizer.onToken = ({ token, value, offset }) => {
    last = offset;
    members.take(token, value, offset);
  };
  /** @param {string} what */
  const refused = (what) => new LakeError(`${path}: ${what}. Nothing of the file was loaded.`);
  /** @param {() => void} step */
  const checked = (step) => {
    try {
      step();
    } catch (error) {
      if (error instanceof TypeError) throw refused(`the text after byte ${last} is not valid UTF-8`);
      throw refused(`no valid JSON after byte ${last}: ${error instanceof Error ? error.message : error}`);
    }
  };
  for await (const piece of createReadStream(path, { highWaterMark: READ })) {
    checked(() => tokenizer.write(piece));
    read += piece.length;
    await seen(piece);
  }
  if (!members.isComplete)
    throw refused(`the file ends too early, at byte ${read}: the last whole token is at byte ${last}`);
  checked(() => tokenizer.end());
  if (!members.found)
    throw refused(
      name === undefined ? 'the file holds no object' : `the file has no object "${name}" at its outermost level`,
    );
}
