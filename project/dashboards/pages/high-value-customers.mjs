/** @type {import('../page.mjs').Dashboard} */
export const highValueCustomers = {
  name: 'high_value_customers_dashboard',
  title: 'High-value customers',
  description: 'Retention of the two upper tiers and what they bring; the ones about to be lost. Names are masked.',
  marts: ['analytics.high_value_customers'],
  queries: {
    totals: `select count(*) as customers, count(*) filter (where value_tier = 'VIP') as vips,
      count(*) filter (where retention_status = 'At Risk Customer') as at_risk, sum(total_spent) as revenue,
      sum(total_spent) filter (where retention_status = 'At Risk Customer') as revenue_at_risk from high_value_customers`,
    retention: `select retention_status, value_tier, count(*) as customers, sum(total_spent) as revenue from high_value_customers group by all order by all`,
    recency: `select customer_id, days_since_last_order, total_spent, retention_status from high_value_customers
      where days_since_last_order is not null order by customer_id limit 2000`,
    at_risk: `select customer_id, full_name, value_tier, total_spent, order_count, days_since_last_order, retention_status, risk_level
      from high_value_customers where retention_status = 'At Risk Customer' order by total_spent desc, customer_id limit 50`,
  },
  tiles: [
    { title: 'Customers', query: 'totals', column: 'customers' },
    { title: 'VIP', query: 'totals', column: 'vips' },
    { title: 'At risk', query: 'totals', column: 'at_risk' },
    { title: 'Revenue', query: 'totals', column: 'revenue', unit: '$' },
    { title: 'Revenue at risk', query: 'totals', column: 'revenue_at_risk', unit: '$' },
  ],
  charts: [
    {
      title: 'Customers by retention and tier',
      query: 'retention',
      kind: 'bar',
      x: 'retention_status',
      y: 'customers',
      color: 'value_tier',
    },
    {
      title: 'Revenue by retention and tier',
      query: 'retention',
      kind: 'bar',
      x: 'retention_status',
      y: 'revenue',
      color: 'value_tier',
      unit: '$',
    },
    {
      title: 'Last order and spending',
      query: 'recency',
      kind: 'dot',
      x: 'days_since_last_order',
      y: 'total_spent',
      color: 'retention_status',
      unit: '$',
      log: true,
    },
  ],
  tables: [{ title: 'About to be lost', query: 'at_risk' }],
};
