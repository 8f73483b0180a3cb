import type { Model } from 'tsdbt';
import { shout } from '../lib/text.js';

export default (async (dbt) => {
  const rows = await dbt.query<{ id: number; name: string; seen_at: unknown }>(`select * from ${dbt.source('raw', 'events')}`).all();
  return rows.map(({ id, name, seen_at }) => ({ id, name: shout(name), seen_at }));
}) satisfies Model;
