// Completes what `tsc` wrote to dist/: the .sql macros and other files that the package needs beside the compiled
// modules, the docs site's bundle, and the executable bit.
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const src = dirname(fileURLToPath(import.meta.url));
const dist = join(src, '..', 'dist');

/** What the command line loads: the modules of a command in a few files. */
const chunks = join(dist, 'chunks');
rmSync(chunks, { recursive: true, force: true });

/** Folders whose files go into the package as they are. */
const assetFolders = ['builtin/macros', 'builtin/starter', 'adapters', 'typescript'];

for (const folder of assetFolders) {
  const from = join(src, folder);
  const to = join(dist, folder);
  if (folder.startsWith('builtin/')) rmSync(to, { recursive: true, force: true });
  cpSync(from, to, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || /\.(sql|ya?ml|md|csv|mjs|cjs)$|gitignore$/.test(path),
  });
}

// What has no source any more would otherwise stay in the package.
for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!file.isFile() || !/\.js$/.test(file.name)) continue;
  const path = join(file.parentPath, file.name);
  if (path.startsWith(chunks)) continue;
  const source = join(src, relative(dist, path)).replace(/\.js$/, '.ts');
  if (!existsSync(source) && !relative(dist, path).startsWith(join('docs', 'site'))) {
    rmSync(path);
    rmSync(path.replace(/\.js$/, '.d.ts'), { force: true });
  }
}

const site = join(src, 'docs', 'build-site.mjs');
if (existsSync(site)) await import(site);

// Node takes longer to find and read two hundred modules than to run most of them. The command line's are put together;
// the library's (dist/index.js) stay as they are. A place that a module has relative to itself stays the module's own.
await build({
  entryPoints: [join(src, 'cli', 'main.ts')],
  outdir: dist,
  outbase: src,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
  plugins: [
    {
      name: 'own-places',
      setup: ({ onLoad }) => {
        onLoad({ filter: /\.ts$/ }, ({ path }) => {
          const text = readFileSync(path, 'utf8');
          if (!text.includes('import.meta.url') || !path.startsWith(src)) return undefined;
          const place = relative(src, path).split(sep).join('/').replace(/ts$/, 'js');
          return {
            loader: 'ts',
            contents: text.replaceAll('import.meta.url', `new URL('../${place}', import.meta.url).href`),
          };
        });
      },
    },
  ],
});

const bin = join(dist, 'cli', 'main.js');
if (existsSync(bin)) chmodSync(bin, 0o755);
