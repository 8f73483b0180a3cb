import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findProblem, unpack } from '../../src/deps/tarball.js';
import type { Wanted } from '../../src/deps/wanted.js';
import { temporaryDirectory } from '../helpers/project.js';
import { type TarEntries, tarball } from './tarball-of.js';

const WANTED: Wanted = {
  spec: { kind: 'tarball', location: 'https://x/y.tar.gz', fields: {}, unrendered: {} },
  span: { file: 'packages.yml', line: 2, column: 5 },
  by: null,
  directory: '/',
};
const P = 'name: p\n';

async function tryUnpack(archive: Buffer): Promise<string> {
  const base = temporaryDirectory();
  const file = join(mkdtempSync(join(base, 'a')), 'x.tar.gz');
  writeFileSync(file, archive);
  const target = join(base, 'deep/er/target');
  try {
    await unpack(file, target, WANTED);
  } catch (error) {
    expect(existsSync(target)).toBe(false);
    expect(existsSync(join(base, 'escaped'))).toBe(false);
    return (error as Error).message;
  }
  return readFileSync(join(target, 'dbt_project.yml'), 'utf8');
}

describe('unpacking an archive', () => {
  const bad: [string, TarEntries, string][] = [
    ['a path upwards', { 'p/dbt_project.yml': P, 'p/../../escaped': 'x' }, 'leads out of the archive'],
    ['a path upwards that comes back', { 'p/dbt_project.yml': P, 'p/../p/x': 'x' }, 'leads out of the archive'],
    ['an absolute path', { 'p/dbt_project.yml': P, '/tmp/escaped': 'x' }, 'is no path inside the archive'],
    ['a drive', { 'p/dbt_project.yml': P, 'C:/escaped': 'x' }, 'is no path inside the archive'],
    ['a backslash', { 'p/dbt_project.yml': P, 'p\\..\\..\\escaped': 'x' }, 'is no path inside the archive'],
    ['an absolute link', { 'p/dbt_project.yml': P, 'p/l': { link: '/etc' } }, 'is a link out of the archive'],
    ['a link upwards', { 'p/dbt_project.yml': P, 'p/l': { link: '../..' } }, 'is a link out of the archive'],
    [
      'a link to above the directory',
      { 'p/dbt_project.yml': P, 'p/l': { link: '..' } },
      'is a link out of the archive',
    ],
    [
      'a hard link outside',
      { 'p/dbt_project.yml': P, 'p/l': { hard: '../../etc/passwd' } },
      'is a link out of the archive',
    ],
    [
      'a hard link that is absolute',
      { 'p/dbt_project.yml': P, 'p/l': { hard: '/etc/passwd' } },
      'is a link out of the archive',
    ],
    [
      'a file behind a link',
      { 'p/dbt_project.yml': P, 'p/d': { directory: true }, 'p/l': { link: 'd' }, 'p/l/x': 'x' },
      'lies behind a link',
    ],
    ['a device', { 'p/dbt_project.yml': P, 'p/tty': { device: true } }, 'is a special file'],
    ['two directories', { 'p/dbt_project.yml': P, 'q/x': 'x' }, 'more than one directory'],
    ['a file beside the directory', { 'p/dbt_project.yml': P, x: 'x' }, 'does not lie in a directory'],
    ['a link in place of the directory', { p: { link: '/etc' }, 'p/x': 'x' }, 'does not lie in a directory'],
    ['nothing', {}, "can't be read"],
  ];
  test.each(bad)('%s', async (_, entries, message) => {
    expect(await tryUnpack(tarball(entries))).toContain(message);
  });

  test('one that is right, with a directory, links inside, without compression too', async () => {
    const entries: TarEntries = {
      'p/': { directory: true },
      'p/dbt_project.yml': P,
      'p/again.yml': { link: 'dbt_project.yml' },
      'p/third.yml': { hard: 'p/dbt_project.yml' },
    };
    expect(await tryUnpack(tarball(entries))).toBe(P);
    expect(await tryUnpack(gunzipSync(tarball(entries)))).toBe(P);
  });

  test.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 20)],
    ['no archive', () => Buffer.from('<html>not found</html>')],
    ['garbage under gzip', () => gzipSync(Buffer.alloc(2048, 7))],
    [
      'a wrong sum',
      (whole: Buffer) => {
        const bytes = gunzipSync(whole);
        bytes[0] = 88;
        return gzipSync(bytes);
      },
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('one that is %s', async (_, spoil) => {
    expect(await tryUnpack(spoil(tarball({ 'p/dbt_project.yml': P.repeat(200) })))).toMatch(
      /can't be read|It is empty/,
    );
  });

  test('more than fits is not unpacked', () => {
    const file = (path: string, size: number): { path: string; type: string; size: number } => ({
      path,
      type: 'File',
      size,
    });
    expect(findProblem([file('p/a', 2 ** 30), file('p/b', 2 ** 30 + 1)])).toContain('more than');
    expect(findProblem(Array.from({ length: 200_001 }, (_, i) => file(`p/${i}`, 0)))).toContain('entries');
  });
});
