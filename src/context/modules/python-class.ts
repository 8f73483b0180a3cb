import { typeError } from '../../jinja/errors.js';
import { type HostObject, JINJA } from '../../jinja/values.js';

/** A class of Python's that templates can name but have no use for: exceptions, the types of results. */
export function pythonClass(name: string): HostObject {
  return {
    [JINJA.type]: 'type',
    [JINJA.call]: () => {
      throw typeError(`cannot create '${name}' instances`);
    },
    [JINJA.str]: () => `<class '${name}'>`,
  };
}
