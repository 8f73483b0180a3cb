import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { resolveFlags } from '../../src/config/flags.js';
import { loadProjectOnly } from '../../src/config/runtime-config.js';
import { installPackages } from '../../src/deps/install.js';
import { isDbtError } from '../../src/diagnostics/errors.js';
import { makeProject } from '../helpers/project.js';
import { type Hub, type HubServer, serveHub } from './hub-server.js';
import { runDeps } from './run-deps.js';

const HUB: Hub = { 'acme/core': { versions: { '1.0.0': {} } }, 'acme/more': { versions: { '1.0.0': {} } } };
const CORE = 'packages:\n  - package: acme/core\n    version: 1.0.0\n';

async function hub(): Promise<HubServer> {
  const server = await serveHub(HUB, { '/x/good.tar.gz': { 'good/dbt_project.yml': 'name: good\n' } });
  onTestFinished(() => server.close());
  return server;
}

/** Without the second between two attempts. */
async function install(project: string, env: { readonly [name: string]: string }): Promise<readonly string[] | string> {
  const { flags } = resolveFlags('deps', 'tsdbt deps', { project_dir: project }, env, project);
  const bus = { emit: () => {}, warn: () => {} };
  try {
    return await installPackages(loadProjectOnly(flags, env, project), {
      env,
      cliVars: {},
      bus,
      versionCheck: true,
      retryDelay: 0,
    });
  } catch (error) {
    if (!isDbtError(error)) throw error;
    return `${error.code}: ${error.message} | ${error.diagnostic.hint ?? ''}`;
  }
}

describe('downloads', () => {
  test('are tried again after a broken connection, a bad answer and a server error', async () => {
    const server = await hub();
    let n = 0;
    server.answer = () => {
      n += 1;
      if (n === 1) return 'break';
      if (n === 2) return { status: 503, body: '' };
      if (n === 3) return { status: 200, body: 'not json' };
      if (n === 4) return { status: 200, body: '{}' };
      return undefined;
    };
    const project = makeProject({ 'packages.yml': CORE });
    expect(await install(project, { DBT_PACKAGE_HUB_URL: server.url })).toEqual(['core']);
    expect(server.asked.filter((path) => path.includes('index'))).toHaveLength(5);
  });

  test('are given up after six attempts; a 403 at once', async () => {
    const server = await hub();
    server.answer = () => ({ status: 502, body: '' });
    const project = makeProject({ 'packages.yml': CORE });
    const env = { DBT_PACKAGE_HUB_URL: server.url };
    expect(await install(project, env)).toContain("download-failed: Can't get");
    expect(server.asked).toHaveLength(6);
    server.answer = () => ({ status: 403, body: '' });
    expect(await install(project, env)).toContain('The answer is 403');
    expect(server.asked).toHaveLength(7);
    expect(await install(project, { ...env, HTTPS_PROXY: 'http://proxy:1' })).toContain('NODE_USE_ENV_PROXY=1');
  });

  test('say why when nobody answers', async () => {
    const server = await hub();
    const { url } = server;
    await server.close();
    const project = makeProject({ 'packages.yml': CORE });
    expect(await install(project, { DBT_PACKAGE_HUB_URL: url })).toContain('ECONNREFUSED');
  });

  test('ask for each document once, and for nothing that is not named', async () => {
    const server = await hub();
    const { exitCode } = await runDeps(
      { 'packages.yml': CORE },
      { env: { DBT_PACKAGE_HUB_URL: server.url.slice(0, -1) } },
    );
    expect(exitCode).toBe(0);
    expect(server.asked).toEqual(['/api/v1/index.json', '/api/v1/acme/core.json', '/tarballs/acme/core/1.0.0.tar.gz']);
  });

  test('send user and password of a URL as a header, and print neither', async () => {
    const server = await hub();
    let header: unknown;
    server.answer = (_, headers) => {
      header = headers['authorization'];
      return undefined;
    };
    const url = server.url.replace('http://', 'http://me:s3cret@');
    const { output, exitCode, project } = await runDeps({
      'packages.yml': `packages:\n  - tarball: ${url}x/good.tar.gz\n    name: good\n`,
    });
    expect(exitCode, output).toBe(0);
    expect(header).toBe(`Basic ${Buffer.from('me:s3cret').toString('base64')}`);
    expect(output).not.toContain('s3cret');
    expect(readdirSync(join(project, 'dbt_packages'))).toEqual(['good']);
    server.answer = () => ({ status: 401, body: '' });
    const failed = await runDeps(project);
    expect(failed.exitCode).toBe(2);
    expect(failed.output).toContain('http://*****@127.0.0.1');
    // The code frame shows the user's own line of the lock.
    expect(
      failed.output.split('\n').filter((line) => line.includes('s3cret') && !/^\s*>?\s*\d+ \|/.test(line)),
    ).toEqual([]);
  });

  test.each(['file:///etc/passwd', 'ftp://127.0.0.1/x', 'x.tar.gz'])('are not of %s', async (url) => {
    const { output, exitCode } = await runDeps({ 'packages.yml': `packages:\n  - tarball: ${url}\n    name: good\n` });
    expect(exitCode).toBe(2);
    expect(output).toContain('[download-failed]');
    expect(output).toContain('packages.yml:2:5');
  });

  test('that fail leave what was installed before', async () => {
    const server = await hub();
    const env = { DBT_PACKAGE_HUB_URL: server.url };
    const { project } = await runDeps({ 'packages.yml': CORE }, { env });
    server.content.set('/tarballs/acme/more/1.0.0.tar.gz', Buffer.from('this is no archive'));
    const both = `${CORE}  - package: acme/more\n    version: 1.0.0\n`;
    const { output, exitCode } = await runDeps(project, { env, files: { 'packages.yml': both } });
    expect(exitCode).toBe(2);
    expect(output).toContain('[package-archive]');
    expect(output).toContain('packages.yml:4:5');
    expect(readFileSync(join(project, 'dbt_packages/core/macros/about.sql'), 'utf8')).toBe('-- acme/core 1.0.0\n');
    expect(readdirSync(join(project, 'dbt_packages'))).toEqual(['core']);
    expect(readdirSync(project).filter((name) => name.startsWith('.dbt_packages'))).toEqual([]);
  });

  test('that are cancelled leave what was installed before', async () => {
    const server = await hub();
    const env = { DBT_PACKAGE_HUB_URL: server.url };
    const { project } = await runDeps({ 'packages.yml': CORE }, { env });
    const abort = new AbortController();
    server.answer = (path) => {
      if (path.startsWith('/tarballs')) abort.abort();
      return undefined;
    };
    const { output, exitCode } = await runDeps(project, { env, signal: abort.signal });
    expect(exitCode).toBe(2);
    expect(output).toContain('[interrupted]');
    expect(existsSync(join(project, 'dbt_packages/core/dbt_project.yml'))).toBe(true);
    expect(readdirSync(project).filter((name) => name.startsWith('.dbt_packages'))).toEqual([]);
  });
});
