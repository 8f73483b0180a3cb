import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TarEntries, tarball } from './tarball-of.js';

export interface HubVersion {
  readonly name?: string;
  readonly packages?: readonly unknown[];
  readonly require_dbt_version?: unknown;
}

export interface HubPackage {
  readonly versions: { readonly [version: string]: HubVersion };
  readonly redirectname?: string | null;
  readonly redirectnamespace?: string | null;
  readonly unlisted?: boolean;
}

export type Hub = { readonly [name: string]: HubPackage };

/** What is asked for is answered by a status and a body; undefined breaks the connection. */
export type Answer = {
  readonly status: number;
  readonly body: Buffer | string;
  readonly headers?: Record<string, string>;
};

/** A hub on the loopback. */
export interface HubServer {
  /** Ends in a slash. */
  readonly url: string;
  readonly content: Map<string, Buffer>;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Answers before `content` does. */
  answer?: (path: string, headers: NodeJS.Dict<string | string[]>) => Answer | 'break' | undefined;
  close(): Promise<void>;
}

/** Serves packages as hub.getdbt.com does, and other archives at their paths; as `deps_record.py` does. */
export async function serveHub(hub: Hub, files: { readonly [path: string]: TarEntries } = {}): Promise<HubServer> {
  const content = new Map<string, Buffer>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const own = hubServer.answer?.(path, request.headers);
    if (own === 'break') {
      response.destroy();
      return;
    }
    const body = content.get(path);
    const { status, body: text, headers = {} } = own ?? { status: body ? 200 : 404, body: body ?? '' };
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const listed = Object.keys(hub).filter((name) => !hub[name]?.unlisted);
  content.set('/api/v1/index.json', Buffer.from(JSON.stringify(listed)));
  for (const [full, { versions: given, unlisted: _unlisted, ...redirects }] of Object.entries(hub)) {
    const [namespace, name = ''] = full.split('/');
    const versions: Record<string, unknown> = {};
    for (const [version, entry] of Object.entries(given)) {
      const own = entry.name ?? name;
      const path = `tarballs/${full}/${version}.tar.gz`;
      versions[version] = {
        id: `${full}/${version}`,
        packages: [],
        ...entry,
        name: own,
        version,
        downloads: { tarball: url + path },
      };
      const folder = `${name}-${version}`;
      content.set(
        `/${path}`,
        tarball({
          [`${folder}/dbt_project.yml`]: `name: ${JSON.stringify(own)}\nversion: '${version}'\n`,
          [`${folder}/macros/about.sql`]: `-- ${full} ${version}\n`,
        }),
      );
    }
    content.set(
      `/api/v1/${full}.json`,
      Buffer.from(JSON.stringify({ id: full, name, namespace, versions, ...redirects })),
    );
  }
  for (const [path, entries] of Object.entries(files)) content.set(path, tarball(entries));
  const hubServer: HubServer = {
    url,
    content,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return hubServer;
}
