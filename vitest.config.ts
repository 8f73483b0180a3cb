import { defineConfig } from 'vitest/config';

/** Needs more than Node: run by `.ci/run` and `npm run check:all`, named in a line by `npm test`. */
const needsMore = ['tests/package/**', 'tests/browser/**', 'tests/oracle/**', 'tests/airflow/**', 'tests/system/**'];

const project = (
  name: string,
  include: string[],
  exclude: string[] = [],
  timeout = 30_000,
  globalSetup: string[] = [],
) => ({
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', ...exclude],
    testTimeout: timeout,
    hookTimeout: 120_000,
    globalSetup,
  },
});

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    pool: 'threads',
    // vitest leaves one core free by itself, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      project('node', ['tests/**/*.test.ts'], [...needsMore, 'tests/binary/**']),
      project('binary', ['tests/binary/**/*.test.ts'], [], 120_000),
      project('package', ['tests/package/**/*.test.ts'], [], 300_000, ['tests/package/pack.ts']),
      // Mounts file systems of its own: Linux, as root or where users may make namespaces.
      project('system', ['tests/system/**/*.test.ts'], [], 120_000),
      project('browser', ['tests/browser/**/*.test.ts'], [], 120_000),
      project('oracle', ['tests/oracle/**/*.test.ts'], [], 600_000),
      project('airflow', ['tests/airflow/**/*.test.ts'], [], 600_000),
    ],
  },
});
