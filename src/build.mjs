// Completes what `tsc` wrote to dist/: the .sql macros and other files that the package needs beside the compiled
// modules, the docs site's bundle, and the executable bit.
import { chmodSync, cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = dirname(fileURLToPath(import.meta.url));
const dist = join(src, '..', 'dist');

/** Folders whose files go into the package as they are. */
const assetFolders = ['builtin/macros', 'adapters'];

for (const folder of assetFolders) {
  const from = join(src, folder);
  const to = join(dist, folder);
  if (folder !== 'adapters') rmSync(to, { recursive: true, force: true });
  cpSync(from, to, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || /\.(sql|ya?ml|md)$/.test(path),
  });
}

// What has no source any more would otherwise stay in the package.
for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!file.isFile() || !/\.js$/.test(file.name)) continue;
  const path = join(file.parentPath, file.name);
  const source = join(src, relative(dist, path)).replace(/\.js$/, '.ts');
  if (!existsSync(source) && !relative(dist, path).startsWith(join('docs', 'site'))) {
    rmSync(path);
    rmSync(path.replace(/\.js$/, '.d.ts'), { force: true });
  }
}

const site = join(src, 'docs', 'build-site.mjs');
if (existsSync(site)) await import(site);

const bin = join(dist, 'cli', 'main.js');
if (existsSync(bin)) chmodSync(bin, 0o755);
