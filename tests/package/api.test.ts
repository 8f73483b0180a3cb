import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { docExamples } from '../helpers/doc-examples.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'tsdbt-api-'));
const shop = join(work, 'shop');

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
};

beforeAll(() => {
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  write('package.json', '{ "private": true, "type": "module" }\n');
  npm(['install', '--ignore-scripts', inject('tarball')], work);
  for (const [path, text] of Object.entries(docExamples('node-api.md'))) write(path, text);
  for (const [path, text] of Object.entries(docExamples('typescript-models.md'))) write(`shop/${path}`, text);
  write('shop/dbt_project.yml', "name: shop\nversion: '1.0'\nprofile: shop\n");
  write(
    'shop/profiles.yml',
    'shop: { target: dev, outputs: { dev: { type: duckdb, path: shop.duckdb, lock_timeout: 20 } } }\n',
  );
  write('shop/seeds/people.csv', 'id,name\n1,ann lee\n');
  write('shop/data/.keep', '');
}, 300_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('a program with the package', () => {
  it('is checked by tsc: the examples of the documentation, and wrong ones', () => {
    write(
      'wrong.ts',
      [
        "import { invoke, isEventOf, type Model, openProject, type RunEvent } from 'tsdbt';",
        '// @ts-expect-error arguments are an array',
        "await invoke('run');",
        '// @ts-expect-error there is no such event',
        "export const wrong = (event: RunEvent) => isEventOf(event, 'NoSuchEvent');",
        '// @ts-expect-error an event has its own data only',
        "export const data = (event: RunEvent) => isEventOf(event, 'CommandCompleted') && event.data.total;",
        '// @ts-expect-error a model returns a query, rows or Parquet',
        'export const model: Model = () => 1;',
        '// @ts-expect-error rows have the type that the model says',
        "export const typed: Model<{ id: number }> = () => [{ id: 'x' }];",
        '// @ts-expect-error config() takes values that can be written out',
        'export const config: Model = (dbt) => { dbt.config({ tags: [new Date()] }); return ``; };',
        'const project = await openProject();',
        '// @ts-expect-error a manifest is not changed',
        'project.manifest.nodes = {};',
      ].join('\n'),
    );
    write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          ...{ target: 'es2023', module: 'nodenext', moduleResolution: 'nodenext', strict: true, noEmit: true },
          ...{ allowImportingTsExtensions: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
          ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')], lib: ['es2023'], skipLibCheck: false },
        },
        include: ['*.ts', 'shop/**/*.ts'],
      }),
    );
    const checked = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', work], {
      encoding: 'utf8',
    });
    expect(checked.stdout + checked.stderr).toBe('');
    expect(checked.status).toBe(0);
  });

  it('builds TypeScript models, cancels, and ends by itself', () => {
    const bin = join(work, 'node_modules/tsdbt/dist/cli/main.js');
    const seeded = spawnSync(process.execPath, [bin, 'seed'], { cwd: shop, encoding: 'utf8' });
    expect(seeded.status).toBe(0);
    const built = spawnSync(process.execPath, [bin, 'build'], { cwd: shop, encoding: 'utf8' });
    expect(built.stdout).toMatch(/WARN=0 ERROR=0 SKIP=0/);
    write(
      'shop/models/waits.ts',
      'export const model = async ({ log }) => { log("waiting", { info: true }); await new Promise(() => {}); };\n',
    );
    write(
      'cancel.mjs',
      [
        "import { invoke, openProject } from 'tsdbt';",
        'const controller = new AbortController();',
        "const onEvent = ({ info }) => { if (info.msg === 'waiting') controller.abort(); };",
        "const { error } = await invoke(['run', '--select', 'waits'], { cwd: 'shop', signal: controller.signal, onEvent });",
        "const project = await openProject({ cwd: 'shop' });",
        "const again = await project.invoke(['run', '--exclude', 'waits', 'customer_names']);",
        'console.log(error.code, again.success);',
      ].join('\n'),
    );
    const ended = spawnSync(process.execPath, ['cancel.mjs'], { cwd: work, encoding: 'utf8', timeout: 60_000 });
    expect([ended.stdout, ended.stderr, ended.status]).toEqual(['interrupted true\n', '', 0]);
  });
});
