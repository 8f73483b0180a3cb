import type { SelectorMethod } from './method.js';
import type { MethodName } from './method-names.js';
import { access } from './methods/access.js';
import { config } from './methods/config.js';
import { exposure } from './methods/exposure.js';
import { file } from './methods/file.js';
import { fqn } from './methods/fqn.js';
import { group } from './methods/group.js';
import { metric } from './methods/metric.js';
import { packageMethod } from './methods/package.js';
import { path } from './methods/path.js';
import { resourceType } from './methods/resource-type.js';
import { result } from './methods/result.js';
import { savedQuery } from './methods/saved-query.js';
import { semanticModel } from './methods/semantic-model.js';
import { source } from './methods/source.js';
import { sourceStatus } from './methods/source-status.js';
import { state } from './methods/state.js';
import { tag } from './methods/tag.js';
import { testName } from './methods/test-name.js';
import { testType } from './methods/test-type.js';
import { unitTest } from './methods/unit-test.js';
import { version } from './methods/version.js';

/** Every selector method by its name, but `selector`, which stands for a whole selection. A new one is a file in `methods/`, a name in `method-names.ts` and a line here. */
export const METHODS: { readonly [name in Exclude<MethodName, 'selector'>]: SelectorMethod } = {
  fqn,
  tag,
  group,
  access,
  source,
  path,
  file,
  package: packageMethod,
  config,
  test_name: testName,
  test_type: testType,
  resource_type: resourceType,
  state,
  exposure,
  metric,
  result,
  source_status: sourceStatus,
  version,
  semantic_model: semanticModel,
  saved_query: savedQuery,
  unit_test: unitTest,
};
