import { fileURLToPath } from 'node:url';

/** A place in a file of the user's, in a stack trace. */
export interface StackPlace {
  /** Absolute. */
  readonly path: string;
  /** 1-based, both. */
  readonly line: number;
  readonly column: number;
}

const FRAME = /(file:\/\/[^\s()?]+)\?tsdbt=\w+:(\d+)(?::(\d+))?/g;

/** The places of a stack trace that are in modules which a ModuleLoader has loaded, innermost first. */
export function placesInStack(stack: string | undefined): readonly StackPlace[] {
  return [...(stack ?? '').matchAll(FRAME)].map(([, url = '', line, column = '1']) => ({
    path: fileURLToPath(url),
    line: Number(line),
    column: Number(column),
  }));
}

/** A stack trace or message with the files' own URLs. */
export function withoutQueries(text: string): string {
  return text.replace(/\?tsdbt=\w+/g, '');
}
