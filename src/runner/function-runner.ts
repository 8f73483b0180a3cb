import type { FunctionNode } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { pyStr } from '../jinja/values.js';
import { materializationOf, materialize } from './materialize.js';
import { responseFields } from './model-runner.js';
import type { Outcome } from './node-result.js';
import type { NodeRun, NodeRunner } from './node-runner.js';

/** User-defined functions: their materialization creates them. They are no relations, so the cache does not hear of them. */
export const functionRunner: NodeRunner<FunctionNode> = {
  async execute({ session, context, node }: NodeRun<FunctionNode>): Promise<Outcome> {
    await materialize(context, materializationOf(session.macros, session.invocation.adapter, node));
    const main = context.results.peek('main');
    if (!main)
      throw new DbtError('materialization-result', `main is not being called while creating function ${node.name}`);
    return { status: 'success', message: pyStr(main.response), adapterResponse: responseFields(main.response) };
  },
};
