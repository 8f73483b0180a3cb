import type { Adapter } from '../adapters/base/adapter.js';
import { adapterPlugin } from '../adapters/registry.js';
import type { Invocation } from '../context/invocation.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import type { RunnerEvents } from '../events/runner-events.js';

/** What templates know of the invocation; what they say goes to the runner's events. */
export function invocationOf(request: {
  readonly config: RuntimeConfig;
  readonly adapter: Adapter;
  readonly events: Pick<RunnerEvents, 'message'>;
}): Invocation {
  const { config, adapter, events } = request;
  return {
    config,
    adapter,
    plugin: adapterPlugin(config.target.type),
    log: (text, info, uniqueId) =>
      events.message({ level: info ? 'info' : 'debug', text, uniqueId, name: info ? 'JinjaLogInfo' : 'JinjaLogDebug' }),
    print: (text) => events.message({ level: 'info', text, uniqueId: null, name: 'PrintEvent' }),
    warn: (text, uniqueId, name = 'JinjaLogWarning') => events.message({ level: 'warn', text, uniqueId, name }),
  };
}
