/** Where the address points: the part after `#!`. */
export interface Route {
  readonly page: 'overview' | 'graph' | 'item';
  /** A package's overview, or the id of the node or macro. */
  readonly id: string;
  /** What the graph shows, in selector syntax. */
  readonly select: string;
  readonly exclude: string;
}

/**
 * Reads an address. Those of dbt's own site work too: `#!/model/model.pkg.name`, and `?g_v=1&g_i=+name+` opens the
 * graph.
 */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#!?\/?/, '').split('?', 2);
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));
  const select = parameters.get('s') ?? parameters.get('g_i') ?? '';
  const exclude = parameters.get('x') ?? parameters.get('g_e') ?? '';
  const [kind = '', ...rest] = path.split('/');
  const id = decode(rest.join('/'));
  if (kind === 'graph' || parameters.get('g_v') === '1') return { page: 'graph', id: '', select, exclude };
  if (kind === '' || kind === 'overview') return { page: 'overview', id, select, exclude };
  return { page: 'item', id, select, exclude };
}

/** The address of the full graph with a selection. */
export function graphHref(select = '', exclude = ''): string {
  // Spaces as %20: a bare + in an address of dbt's site is a plus.
  const query = [select && `s=${encodeURIComponent(select)}`, exclude && `x=${encodeURIComponent(exclude)}`]
    .filter(Boolean)
    .join('&');
  return `#!/graph${query ? `?${query}` : ''}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
