import { plainTag } from '../../config/yaml/scalars.js';
import {
  dictEntries,
  floatRepr,
  isDict,
  isFloat,
  isInt,
  iterate,
  PyDate,
  PyDateTime,
  PySet,
  PyTuple,
  pyStr,
  toDouble,
} from '../../jinja/values.js';

/** Lines are folded after this column, as PyYAML's default. */
const WIDTH = 80;

/** A value as PyYAML's `safe_dump` writes it (block style); null when it holds something that YAML has no form for. */
export function dumpYaml(value: unknown, sortKeys: boolean): string | null {
  const lines: string[] = [];
  try {
    const scalar = scalarText(value, 0, 0);
    if (scalar !== undefined) {
      const open = typeof value === 'string' && !/^['"]/.test(scalar);
      return `${scalar}\n${open || typeof value !== 'string' ? '...\n' : ''}`;
    }
    if (value instanceof PySet) lines.push(SET);
    block(value, 0, sortKeys, lines);
  } catch (error) {
    if (error === UNSAFE) return null;
    throw error;
  }
  return `${lines.join('\n')}\n`;
}

/** A set is a mapping of its members to null. */
const SET = '!!set';
const asKey = (member: unknown): [unknown, unknown] => [member, null];

const UNSAFE = new Error('not representable');

function block(value: unknown, indent: number, sortKeys: boolean, lines: string[]): void {
  const pad = ' '.repeat(indent);
  if (value instanceof PySet || isDict(value)) {
    const entries = value instanceof PySet ? [...iterate(value)].map(asKey) : [...dictEntries(value)];
    if (sortKeys) entries.sort(([a], [b]) => (pyStr(a) < pyStr(b) ? -1 : 1));
    for (const [key, item] of entries) {
      const name = `${pad}${scalarText(key, indent, indent) ?? fail()}:`;
      const scalar = scalarText(item, name.length + 1, indent);
      if (scalar !== undefined) lines.push(`${name} ${scalar}`.trimEnd());
      else {
        lines.push(item instanceof PySet ? `${name} ${SET}` : name);
        block(item, isDict(item) || item instanceof PySet ? indent + 2 : indent, sortKeys, lines);
      }
    }
    return;
  }
  for (const item of items(value) ?? fail()) {
    const scalar = scalarText(item, indent + 2, indent);
    if (scalar !== undefined) lines.push(`${pad}- ${scalar}`.trimEnd());
    else {
      const at = lines.length;
      if (item instanceof PySet) lines.push(`${pad}  ${SET}`);
      block(item, indent + 2, sortKeys, lines);
      lines[at] = `${pad}- ${(lines[at] ?? '').slice(indent + 2)}`;
    }
  }
}

function items(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof PyTuple) return value.items;
  return undefined;
}

function fail(): never {
  throw UNSAFE;
}

/** The text of a scalar or of an empty collection; undefined for a collection with items. */
function scalarText(value: unknown, column: number, indent: number): string | undefined {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || isInt(value)) return String(value);
  if (isFloat(value)) return floatText(toDouble(value));
  if (typeof value === 'string') return textScalar(value, column, ' '.repeat(indent + 2));
  if (isDict(value)) return [...dictEntries(value)].length === 0 ? '{}' : undefined;
  const list = items(value);
  if (list) return list.length === 0 ? '[]' : undefined;
  if (value instanceof PySet) return [...iterate(value)].length === 0 ? `${SET} {}` : undefined;
  // Dates and times are written as they print; aware times have their offset.
  if (value instanceof PyDate || value instanceof PyDateTime) return pyStr(value);
  return fail();
}

function floatText(x: number): string {
  if (Number.isNaN(x)) return '.nan';
  if (!Number.isFinite(x)) return x > 0 ? '.inf' : '-.inf';
  const text = floatRepr(x);
  return text.includes('.') || !text.includes('e') ? text : text.replace('e', '.0e');
}

const SPECIAL_START = /^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`]|\s|---|\.\.\.)/;
const SPECIAL_INSIDE = /: |:$| #|[\n]|\s$/;
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\uffff]/;

function textScalar(text: string, column: number, indent: string): string {
  if (UNPRINTABLE.test(text)) return doubleQuoted(text);
  const plain = text !== '' && plainTag(text) === 'str' && !SPECIAL_START.test(text) && !SPECIAL_INSIDE.test(text);
  if (plain) return fold(text, column, indent);
  return `'${fold(text.replace(/'/g, "''").replace(/\n/g, `\n\n${indent}`), column + 1, indent)}'`;
}

function doubleQuoted(text: string): string {
  const escaped = JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => {
    const code = c.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
      : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  return escaped;
}

/** Breaks a text at single spaces once a line is past the width. */
function fold(text: string, column: number, indent: string): string {
  let at = column;
  let result = '';
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (result === '') result = word;
    else if (at > WIDTH) {
      result += `\n${indent}${word}`;
      at = indent.length;
    } else {
      result += ` ${word}`;
      at += 1;
    }
    at += word.length;
  }
  return result;
}
