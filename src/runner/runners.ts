import type { ResourceType } from '../contracts/common.js';
import { functionRunner } from './function-runner.js';
import { modelRunner } from './model-runner.js';
import type { NodeRunner } from './node-runner.js';
import { testRunner } from './test-runner.js';
import { unitTestRunner } from './unit-test-runner.js';

/** What runs the nodes of each resource type. */
export const NODE_RUNNERS: { readonly [type in ResourceType]?: NodeRunner<never> } = {
  model: modelRunner,
  seed: modelRunner,
  snapshot: modelRunner,
  test: testRunner,
  unit_test: unitTestRunner,
  function: functionRunner,
};
