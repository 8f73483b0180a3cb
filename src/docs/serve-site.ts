import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { DbtError } from '../diagnostics/errors.js';

export interface ServeOptions {
  /** The folder with index.html. */
  readonly dir: string;
  /** 127.0.0.1 by default: no other machine can connect. */
  readonly host?: string;
  /** 8080 by default; 0 takes a free one. */
  readonly port?: number;
}

export interface RunningSite {
  readonly url: string;
  readonly port: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.sql': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
};

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/**
 * Serves the files of one folder, and nothing else: no directory listings, no dotfiles, no way out by `..` or by a
 * symbolic link. On loopback it answers only requests that name a loopback host, so that no page of another site can
 * read it by pointing a name of its own at this machine.
 *
 * @throws DbtError `docs-unservable` when there is no index.html or the port can't be had.
 */
export async function serveSite({ dir, host = '127.0.0.1', port = 8080 }: ServeOptions): Promise<RunningSite> {
  const root = await realpath(dir).catch(() => undefined);
  if (root === undefined || !(await isFile(join(root, 'index.html')))) {
    throw new DbtError('docs-unservable', `There is no index.html in ${dir}`, {
      hint: "Run 'tsdbt docs generate' first.",
    });
  }
  const server = createServer((request, response) => {
    answer(root, host, request, response).catch(() => refuse(response, 500, 'Internal Server Error'));
  });
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${host === '127.0.0.1' ? 'localhost' : shown}:${bound}`,
    port: bound,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(root: string, host: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'Method Not Allowed');
  }
  if (LOOPBACK.includes(host) && !LOOPBACK.includes(hostOf(request))) return refuse(response, 403, 'Forbidden');
  const file = await locate(root, request.url ?? '/');
  if (file === undefined) return refuse(response, 404, 'Not Found');
  const { size, mtimeMs } = await stat(file);
  const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  response.setHeader('etag', tag);
  response.setHeader('cache-control', 'no-cache');
  response.setHeader('x-content-type-options', 'nosniff');
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'content-length': size,
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream(file, { end: Math.max(0, size - 1) });
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

/** The file that a request names, or undefined when there is none that may be served. */
async function locate(root: string, url: string): Promise<string | undefined> {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
  } catch {
    return undefined;
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path)) return undefined;
  const segments = path === '/' ? ['index.html'] : path.slice(1).split('/');
  if (segments.some((segment) => segment === '' || segment.startsWith('.'))) return undefined;
  const real = await realpath(join(root, ...segments)).catch(() => undefined);
  if (real === undefined || !real.startsWith(root + sep) || !(await isFile(real))) return undefined;
  // A link within the folder must not lead to what could not be named directly.
  return real
    .slice(root.length + 1)
    .split(sep)
    .some((segment) => segment.startsWith('.'))
    ? undefined
    : real;
}

function hostOf(request: IncomingMessage): string {
  const value = request.headers.host ?? '';
  return value
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

function refuse(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(`${text}\n`);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: `Port ${port} of ${host} is in use`,
        EACCES: `Port ${port} of ${host} may not be used`,
        EADDRNOTAVAIL: `${host} is not an address of this machine`,
        ENOTFOUND: `${host} is not the name of a machine`,
      };
      const message = reasons[error.code ?? ''] ?? `Port ${port} of ${host} can't be opened: ${error.message}`;
      fail(new DbtError('docs-unservable', message, { hint: 'Choose another with --port.', cause: error }));
    });
    server.listen(port, host, done);
  });
}
