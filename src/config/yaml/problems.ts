import type { TextRange, YamlProblem } from './tree.js';

/** A problem in words, its place and what to do about it. */
export interface Explanation {
  readonly message: string;
  readonly at: TextRange;
  readonly hint?: string;
}

const QUOTE = "Put the value in quotes when it holds ': ' or ' #', or begins with one of @ ` % & * ! | > { [.";
const INDENT =
  'Keys of one mapping must begin in the same column, and values that go on the next line must be indented.';
const JINJA = 'A value that begins with {{ or {% must be in quotes.';

/** The library's kinds of error in the words of PyYAML, which dbt users know, with a hint. */
export function explainProblem(problem: YamlProblem, text: string): Explanation {
  const { message, hint, at = problem.at } = explain(problem, text);
  const jinja = atJinja(text, problem.at.start) ? JINJA : hint;
  return { message, at, ...(jinja === undefined ? {} : { hint: jinja }) };
}

function explain(problem: YamlProblem, text: string): { message: string; hint?: string; at?: TextRange } {
  const message = lower(problem.message);
  if (message.includes('call stack')) return { message: 'the text is nested too deeply' };
  switch (problem.kind) {
    case 'TAB_AS_INDENT':
      return {
        message: "found a tab character ('\\t') where an indentation is expected",
        hint: 'Indent with spaces: YAML does not allow tabs.',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'mapping values are not allowed here',
        at: colonAfter(text, problem.at),
        hint: `${INDENT} ${QUOTE}`,
      };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      return missing(problem);
    case 'BAD_INDENT':
    case 'BLOCK_IN_FLOW':
      return { message: `bad indentation: ${message}`, hint: INDENT };
    case 'BAD_DIRECTIVE':
    case 'BAD_SCALAR_START':
      return { message: `found character '${text[problem.at.start] ?? ''}' that cannot start any token`, hint: QUOTE };
    case 'BAD_DQ_ESCAPE':
      return {
        message: `found unknown escape character: ${message}`,
        hint: 'In double quotes a backslash begins an escape: double it, or use single quotes.',
      };
    case 'UNEXPECTED_TOKEN':
      if (message.includes('block-seq-ind')) {
        return {
          message: 'block sequence entries are not allowed here',
          hint: "Begin the list on the next line, or quote the value if the '-' is part of it.",
        };
      }
      return { message: `did not find expected key: ${message}`, hint: `${QUOTE} ${INDENT}` };
    case 'MULTIPLE_DOCS':
      return {
        message: 'expected a single document in the stream, but found another document',
        hint: "A file holds one document: remove the second '---'.",
      };
    case 'TAG':
      return { message, hint: 'Quote the value if the exclamation mark is part of it.' };
    case 'CONTROL':
      return { message, hint: 'Remove the character; in double quotes it can be written as \\x01.' };
    case '':
      return { message };
    default:
      return { message, hint: INDENT };
  }
}

function missing(problem: YamlProblem): { message: string; hint: string } {
  const message = lower(problem.message);
  if (/closing|quote/.test(message)) {
    return { message: 'found unexpected end of stream while scanning a quoted scalar', hint: 'Close the quote.' };
  }
  if (/\]|\}|flow/.test(message)) {
    return {
      message: `while parsing a flow collection: ${message}`,
      hint: 'Close the bracket, and separate items by commas.',
    };
  }
  if (/:|implicit/.test(message)) {
    return { message: "could not find expected ':'", hint: "Write 'key: value' with a blank after the colon." };
  }
  return { message, hint: INDENT };
}

/** The colon that makes a key of what stands before it, which is where PyYAML stops. */
function colonAfter(text: string, at: TextRange): TextRange {
  const colon = /:(?=\s|$)/g;
  colon.lastIndex = at.start;
  const found = colon.exec(text);
  return found ? { start: found.index, end: found.index + 1 } : at;
}

/** Whether the line has Jinja right where a value begins. */
function atJinja(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset) + 1;
  const end = text.indexOf('\n', offset);
  return /^\s*(?:-\s+)?(?:[^\s:]+:\s+)?\{[{%]/.test(text.slice(start, end === -1 ? undefined : end));
}

function lower(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
