import type { Model } from 'tsdbt';

export const model: Model = ({ ref, config }) => {
  config({ tags: ['own'], meta: { owner: 'ann', level: 3 } });
  return `select customer_id, sum(amount) as total from ${ref('orders')} group by all`;
};
