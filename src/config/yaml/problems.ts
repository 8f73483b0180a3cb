import type { YamlProblem } from './tree.js';

/** A problem in words and what to do about it. */
export interface Explanation {
  readonly message: string;
  readonly hint?: string;
}

const QUOTE = "Put the value in quotes when it holds ': ', ' #' or begins with one of @ ` % & * ! | > { [.";
const INDENT =
  'Keys of one mapping must begin in the same column, and values that go on the next line must be indented.';

/** The library's kinds of error in the words of PyYAML, which dbt users know, with a hint. */
export function explainProblem(problem: YamlProblem, text: string): Explanation {
  switch (problem.kind) {
    case 'TAB_AS_INDENT':
      return {
        message: "found a tab character ('\\t') where an indentation is expected",
        hint: 'Indent with spaces: YAML does not allow tabs.',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'mapping values are not allowed here', hint: QUOTE };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      return missing(problem, text);
    case 'BAD_INDENT':
    case 'BLOCK_IN_FLOW':
      return { message: `bad indentation: ${lower(problem.message)}`, hint: INDENT };
    case 'BAD_SCALAR_START':
      return { message: `found character ${quoted(text, problem.at.start)} that cannot start any token`, hint: QUOTE };
    case 'BAD_DQ_ESCAPE':
      return {
        message: `found unknown escape character: ${lower(problem.message)}`,
        hint: 'In double quotes a backslash begins an escape: double it, or use single quotes.',
      };
    case 'MULTIPLE_DOCS':
      return {
        message: 'expected a single document in the stream, but found another document',
        hint: "A file holds one document: remove the second '---'.",
      };
    case 'TAG':
      return { message: problem.message, hint: 'Quote the value if the exclamation mark is part of it.' };
    case '':
      return { message: problem.message };
    default:
      return { message: lower(problem.message), hint: INDENT };
  }
}

function missing(problem: YamlProblem, text: string): Explanation {
  const { message } = problem;
  if (/closing ['"]quote|Missing closing/.test(message)) {
    return { message: 'found unexpected end of stream while scanning a quoted scalar', hint: 'Close the quote.' };
  }
  if (/\]|\}|flow/.test(message)) {
    return {
      message: `while parsing a flow collection: ${lower(message)}`,
      hint: 'Close the bracket, and separate items by commas.',
    };
  }
  if (/:|Implicit/.test(message)) {
    return {
      message: "could not find expected ':'",
      hint: `Write 'key: value' with a blank after the colon. ${jinjaHint(text, problem.at.start)}`.trim(),
    };
  }
  return { message: lower(message), hint: INDENT };
}

function jinjaHint(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset) + 1;
  return text.slice(start, offset + 80).includes('{{') ? 'A value that begins with {{ must be in quotes.' : '';
}

function quoted(text: string, offset: number): string {
  return `'${text[offset] ?? ''}'`;
}

function lower(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
