import type { Model } from 'tsdbt';

export const model: Model = async ({ ref, query }) => {
  return query(`select no_such_column from ${ref('orders')}`).all();
};
