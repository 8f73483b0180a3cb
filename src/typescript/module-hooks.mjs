// Runs in Node's thread for module hooks. It knows only modules that a ModuleLoader asked for, by the query of their URL;
// everything else goes through as if it were not there.

/** What each loader sent: id -> { texts: URL -> code, links: URL -> specifier -> URL }. */
const loaders = new Map();
const QUERY = /\?tsdbt=(\w+)$/;

export function initialize({ port }) {
  port.on('message', ({ id, ticket, texts, links, end }) => {
    if (end) loaders.delete(id);
    else {
      const known = loaders.get(id) ?? { texts: new Map(), links: new Map() };
      for (const [url, text] of texts) known.texts.set(url, text);
      for (const [url, own] of links) known.links.set(url, own);
      loaders.set(id, known);
    }
    port.postMessage(ticket);
  });
}

export async function resolve(specifier, context, next) {
  const id = QUERY.exec(context.parentURL ?? '')?.[1];
  if (id === undefined) return next(specifier, context);
  const parent = context.parentURL.replace(QUERY, '');
  const link = loaders.get(id)?.links.get(parent)?.get(specifier);
  if (link !== undefined) return next(`${link}?tsdbt=${id}`, context);
  const found = await next(specifier, context);
  const known = loaders.get(id)?.texts.has(found.url) === true;
  return known ? { ...found, url: `${found.url}?tsdbt=${id}` } : found;
}

export async function load(url, context, next) {
  const id = QUERY.exec(url)?.[1];
  const source = id === undefined ? undefined : loaders.get(id)?.texts.get(url.replace(QUERY, ''));
  if (source === undefined) return next(url, context);
  return { format: 'module', shortCircuit: true, source };
}
