import { bindArguments } from '../values/bind.js';
import { type HostObject, hostFunction } from '../values/protocol.js';

/** Unwinds to the nearest macro that was called, which then has `value` for its result. No error: no stack is kept. */
export class ReturnSignal {
  constructor(readonly value: unknown) {}
}

/** dbt's `return(x)`: ends the macro that is running with a value of any type. */
export const returnFunction: HostObject = hostFunction('return', (args) => {
  const [value] = bindArguments('return', args, ['data']);
  throw new ReturnSignal(value);
});
