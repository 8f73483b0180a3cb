import { join } from 'node:path';
import { expect, test } from 'vitest';
// biome-ignore lint/suspicious/noTsIgnore: a plain module of the flagship, whose types are its JSDoc
// @ts-ignore
import { DASHBOARDS } from '../../project/dashboards/dashboards.mjs';
import { invoke } from '../../src/index.ts';
import { ROOT, script, temporaryFolder } from './support.ts';

test('every dashboard is an exposure of the project, and reads no mart but those that the exposure names', async () => {
  const folder = temporaryFolder();
  const { manifest } = await invoke(['parse', '--target-path', folder, '--log-path', folder, '--no-partial-parse'], {
    cwd: ROOT,
    env: {},
  });
  const exposures = Object.values(manifest?.exposures ?? {}).filter((exposure) => exposure.type === 'dashboard');
  expect(exposures.map((exposure) => exposure.name).sort()).toEqual(
    DASHBOARDS.map((it: { name: string }) => it.name).sort(),
  );
  for (const { name, marts } of DASHBOARDS) {
    const exposure = exposures.find((it) => it.name === name);
    const named = exposure?.depends_on.nodes.map((id) => {
      const node = manifest?.nodes[id];
      return `${node?.schema}.${node?.name}`;
    });
    expect(named, name).toEqual(expect.arrayContaining([...marts]));
  }
});

test('without a warehouse it says what makes one', () => {
  const folder = temporaryFolder();
  const done = script('dashboards/main.mjs', '--lake', folder, '--out', join(folder, 'site'));
  expect(done.status).toBe(2);
  expect(done.err).toContain('npm run flagship');
});
