import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DbtError } from '../../src/diagnostics/errors.js';
import { writeSite } from '../../src/docs/write-site.js';
import { plainSite } from './site-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'tsdbt-site-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('writes one file that needs no other, and the assets', async () => {
  mkdirSync(join(folder, 'project/pictures/deep'), { recursive: true });
  writeFileSync(join(folder, 'project/pictures/deep/a.png'), 'png');
  const outDir = join(folder, 'target');
  const assets = [
    { from: join(folder, 'project/pictures'), name: 'pictures' },
    { from: join(folder, 'project/none'), name: 'none' },
    { from: join(folder, 'project/pictures'), name: '../escaped' },
    { from: folder, name: '.' },
    { from: folder, name: 'all' },
  ];
  expect(await writeSite({ ...plainSite(), outDir, assets, static: true })).toBe(join(outDir, 'index.html'));
  const html = readFileSync(join(outDir, 'index.html'), 'utf8');
  expect(readFileSync(join(outDir, 'static_index.html'), 'utf8')).toBe(html);
  expect(readFileSync(join(outDir, 'pictures/deep/a.png'), 'utf8')).toBe('png');
  expect(html.includes('<title>select_demo · documentation</title>')).toBe(true);
  expect(/@@(?:tsdbt|script|style)/.test(html)).toBe(false);
  // No script, style, font or frame from anywhere else.
  const page = html.replace(/<script id="site-script">[\s\S]*?<\/script>/, '');
  expect(/(?:src|href)="?(?:https?:)?\/\//.test(page)).toBe(false);
  expect(readdirSync(outDir).sort()).toEqual(['index.html', 'pictures', 'static_index.html']);
  expect(existsSync(join(folder, 'escaped'))).toBe(false);
  expect(html.match(/<script/g)).toHaveLength(2);
});

it('says what it cannot write', async () => {
  writeFileSync(join(folder, 'file'), '');
  const failure = await writeSite({ ...plainSite(), outDir: join(folder, 'file/target') }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(DbtError);
  expect((failure as DbtError).code).toBe('artifact-unwritable');
});
