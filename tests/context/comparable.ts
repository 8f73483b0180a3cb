/** dbt's text of an error, and tsdbt's, reduced to what both have to say. */
export function comparable(text: string): string {
  const [heading = '', ...rest] = text.split('\n');
  const kind = /^(\w+ Error)(?: in .*)?$/.exec(heading)?.[1];
  const message = (kind === undefined ? text : rest.map((line) => line.replace(/^ {2}/, '')).join('\n'))
    .replace(UNDEFINED_ADVICE, '')
    // Jinja repeats the line of a syntax error; tsdbt has a code frame.
    .replace(/\n {2}line \d+\n.*$/s, '')
    // The macros below are dbt's own there and ours here; tests/runner has the stacks of a project's macros.
    .replace(/\n\n> in macro .*$/s, '')
    // Python's classes with their modules.
    .replace(/'?(?:[a-z_]+\.)+(\w+ object'?)/g, (found, name) => (found.startsWith("'") ? `'${name}` : name));
  return wrongCall(message);
}

/** The kind of error in the heading, "Compilation Error", and nothing where there is none (YAML). */
export function kindOf(text: string): string {
  return /^(\w+ Error)(?: in .*)?$/.exec(text.split('\n')[0] ?? '')?.[1] ?? '';
}

const UNDEFINED_ADVICE = /\. This can happen when calling a macro that does not exist\.[^\n]*$/;

/**
 * Python names the class of a method and counts `self`; tsdbt names the function as templates do and counts what they
 * give. Numbers are left out, the names of arguments stay.
 */
function wrongCall(message: string): string {
  const call = /^(?:[A-Za-z_]\w*\.|<locals>\.)*_?(\w+)\(\) (takes|missing|got)( .*)$/.exec(message);
  if (!call) return message;
  const [, name, verb, rest = ''] = call;
  if (name === '_call__' || name === 'var' || name === 'source')
    return `the call ${verb}${verb === 'takes' ? ' another number of arguments' : rest}`;
  return `${name}() ${verb}${verb === 'takes' ? ' another number of arguments' : rest}`;
}
