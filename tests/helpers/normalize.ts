/**
 * The one place where what differs from run to run is taken out of output that is compared: times, durations, paths,
 * versions, ids, the number of built-in macros.
 */
export function normalize(text: string, paths: { readonly [placeholder: string]: string } = {}): string {
  let out = text;
  for (const [placeholder, path] of Object.entries(paths)) out = out.replaceAll(path, `<${placeholder}>`);
  return out
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/^\d\d:\d\d:\d\d {2}/gm, '<time>  ')
    .replace(/\d\d:\d\d:\d\d\.\d{6}/g, '<time>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?/g, '<timestamp>')
    .replace(/ in \d+\.\d\ds\]/g, ' in <s>]')
    .replace(/in \d+ hours \d+ minutes and \d+\.\d\d seconds \(\d+\.\d\ds\)/g, 'in <duration>')
    .replace(/(\d+) macros?\b/g, '<n> macros')
    .replace(/^(<time> {2})Registered adapter: .*$/gm, '$1Registered adapter: <adapter>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>');
}
