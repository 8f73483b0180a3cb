import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DbtError } from '../../src/diagnostics/errors.js';
import { type RunningSite, serveSite } from '../../src/docs/serve-site.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tsdbt-serve-'));
const dir = join(folder, 'site');
let site: RunningSite;

/** A request whose path goes out as it is. */
function get(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port: site.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', fail);
    sent.end();
  });
}

beforeAll(async () => {
  mkdirSync(join(dir, 'assets'), { recursive: true });
  mkdirSync(join(dir, '.hidden'));
  mkdirSync(join(folder, 'site-beside'));
  writeFileSync(join(dir, 'index.html'), '<p>home</p>');
  writeFileSync(join(dir, 'manifest.json'), '{}');
  writeFileSync(join(dir, 'empty.txt'), '');
  writeFileSync(join(dir, 'assets/ä b.svg'), '<svg/>');
  writeFileSync(join(dir, '.env'), 'SECRET');
  writeFileSync(join(dir, '.hidden/x.txt'), 'SECRET');
  writeFileSync(join(folder, 'secret.txt'), 'SECRET');
  writeFileSync(join(folder, 'site-beside/secret.txt'), 'SECRET');
  symlinkSync(join(folder, 'secret.txt'), join(dir, 'link.txt'));
  symlinkSync(folder, join(dir, 'out'));
  symlinkSync(join(dir, '.env'), join(dir, 'env.txt'));
  symlinkSync(join(dir, 'manifest.json'), join(dir, 'inside.json'));
  site = await serveSite({ dir, port: 0 });
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

describe('serving', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<p>home</p>'],
    ['/index.html', 'text/html; charset=utf-8', '<p>home</p>'],
    ['/index.html?x=1', 'text/html; charset=utf-8', '<p>home</p>'],
    ['/manifest.json', 'application/json; charset=utf-8', '{}'],
    ['/inside.json', 'application/json; charset=utf-8', '{}'],
    ['/assets/%C3%A4%20b.svg', 'image/svg+xml', '<svg/>'],
    ['/empty.txt', 'text/plain; charset=utf-8', ''],
  ])('%s', async (path, type, body) => {
    const answer = await get(path);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    '/nope.html',
    '/assets',
    '/assets/',
    '/..',
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/../site-beside/secret.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/link.txt',
    '/out/secret.txt',
    '/.env',
    '/env.txt',
    '/.hidden/x.txt',
    '/index.html%00.txt',
    '/%E0%A4%A',
    '/index.html/x',
    'http://127.0.0.1/../secret.txt',
  ])('404 for %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('SECRET');
  });

  it('answers HEAD without a body, and refuses every other method', async () => {
    expect(await get('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect((await get('/', 'HEAD')).headers['content-length']).toBe('11');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await get('/', method);
      expect(answer.status).toBe(405);
      expect(answer.headers['allow']).toBe('GET, HEAD');
    }
  });

  it('spares what the browser has', async () => {
    const etag = String((await get('/')).headers['etag']);
    expect(await get('/', 'GET', { 'if-none-match': etag })).toMatchObject({ status: 304, body: '' });
    expect((await get('/', 'GET', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('answers to names of this machine only', async () => {
    for (const host of ['localhost', `localhost:${site.port}`, '127.0.0.1:1', '[::1]:80']) {
      expect((await get('/', 'GET', { host })).status).toBe(200);
    }
    for (const host of ['evil.example', 'localhost.evil.example:80']) {
      expect((await get('/', 'GET', { host })).status).toBe(403);
    }
  });
});

describe('what stands in the way', () => {
  const failure = (options: Parameters<typeof serveSite>[0]) =>
    serveSite(options).then(
      () => undefined,
      (error: unknown) => error as DbtError,
    );
  it('a port in use', async () => {
    const error = await failure({ dir, port: site.port });
    expect(error).toBeInstanceOf(DbtError);
    expect(error).toMatchObject({ code: 'docs-unservable', message: `Port ${site.port} of 127.0.0.1 is in use` });
    expect(error?.diagnostic.hint).toContain('--port');
  });
  it('no site', async () => {
    expect(await failure({ dir: join(dir, 'assets'), port: 0 })).toMatchObject({ code: 'docs-unservable' });
    expect(await failure({ dir: join(dir, 'nowhere'), port: 0 })).toMatchObject({ code: 'docs-unservable' });
  });
  it('an address of another machine', async () => {
    expect(await failure({ dir, host: '192.0.2.1', port: 0 })).toMatchObject({ code: 'docs-unservable' });
  });
});
