const SYNC: unique symbol = Symbol('jinja.callSync');
const ASYNC: unique symbol = Symbol('jinja.callAsync');

/** The two ways in which a bound macro is called. */
export const MODE: { readonly sync: typeof SYNC; readonly async: typeof ASYNC } = { sync: SYNC, async: ASYNC };
