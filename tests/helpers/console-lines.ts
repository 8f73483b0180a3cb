import { normalize } from './normalize.js';

/** Lines of dbt that tsdbt has no reason to print. */
const DBT_ONLY = [/Unable to do partial parsing/, /Error importing adapter: No module named/];
/** Lines that tsdbt prints besides. */
const OWN = [
  /^<time> {2}(error|warning)\[[a-z-]+\]: /,
  /^<time> {2}Documentation written; open /,
  /^<time> {2}duckdb in force:$/,
];
/** What each says of itself and the machine: `debug`. */
const OF_THE_MACHINE = /^<time> {2}((python|node) (version|path)|os info|(adapter|tsdbt) version): /;
/** What follows these differs by design: tsdbt's errors have a code, a place and a hint. */
const TOLD_APART = /^<time> {2}(Encountered an error|\d+ checks? failed):$/;

/**
 * Console output as events, each with the lines that belong to it, comparable between dbt and tsdbt: normalised, without
 * what only one of the two says, the text of errors left out.
 */
export function consoleEvents(text: string, project: string): string[] {
  const lines = normalize(text, { project })
    .split('\n')
    .filter((line) => !OF_THE_MACHINE.test(line));
  if (lines.at(-1) === '') lines.pop();
  const events: string[][] = [];
  for (const line of lines) {
    const last = events.at(-1);
    // The rest of a `debug` is what failed, one event each.
    if (/ checks? failed:$/.test(last?.[0] ?? '')) break;
    const continues = last !== undefined && !line.startsWith('<time>') && belongs(last, line);
    if (continues) last.push(line);
    else events.push([line]);
  }
  return events
    .filter(([first = '']) => ![...DBT_ONLY, ...OWN].some((pattern) => pattern.test(first)))
    .map((event) => (TOLD_APART.test(event[0] ?? '') ? (event[0] ?? '') : message(event)));
}

/** Lines without a time belong to the line before, but for output: `print()`, `ls`, `compile`. */
function belongs(event: readonly string[], _line: string): boolean {
  const [first = ''] = event;
  return (
    OWN.some((pattern) => pattern.test(first)) ||
    TOLD_APART.test(first) ||
    /^<time> {2,4}(\[WARNING|.* Error in )/.test(first)
  );
}

function message(event: readonly string[]): string {
  if (/\[DeprecationsSummary\]/.test(event[0] ?? '')) {
    return event.filter((line) => !/^(To see all|run command|run with|parsing\.|`--show-all)/.test(line)).join('\n');
  }
  // The engine quotes the statement: its place in it, and the caret below, differ.
  return event
    .map((line) => line.replace(/^ {2}LINE \d+: +/, '  LINE <n>: '))
    .filter((line) => !/^ +\^$/.test(line) && !/^ {2}(--> |hint: )/.test(line))
    .join('\n');
}
