import type { Model } from 'tsdbt';

interface Order {
  id: bigint;
  amount: unknown;
}

export const model: Model = async function* (dbt) {
  dbt.config({ materialized: 'incremental', unique_key: 'id', incremental_strategy: 'delete+insert' });
  const orders = dbt.ref('orders');
  const least = dbt.isIncremental() ? dbt.config.get<number>('from_id') : 0;
  const what: string = dbt.isIncremental() ? 'again' : 'first';
  const rows = dbt.query<Order>(`select id, amount from ${orders} where id >= $least`, { least });
  for await (const { id, amount } of rows) yield { id, what, amount };
};
