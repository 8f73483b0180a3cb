/** @type {import('../page.mjs').Dashboard} */
export const customerSegmentation = {
  name: 'customer_segmentation_dashboard',
  title: 'Customer segmentation',
  description: 'Customers by segment, value tier and RFM group; what each brings and how active it is.',
  marts: ['analytics.customer_segmentation', 'analytics.customer_rfm'],
  queries: {
    totals: `select count(*) as customers, sum(total_spent) as revenue, sum(order_count) as orders,
      count(*) filter (where customer_segment = 'Premium') as premium_customers from customer_segmentation`,
    segments: `select customer_segment, value_tier, count(*) as customers, sum(total_spent) as revenue
      from customer_segmentation group by all order by all`,
    rfm: `select rfm_segment, count(*) as customers, sum(total_spent) as revenue from customer_rfm group by all order by customers desc, rfm_segment`,
    activity: `select customer_segment, cast(floor(activity_score / 10.0) * 10 as integer) as activity_from, count(*) as customers
      from customer_segmentation group by all order by all`,
    recency: `select customer_id, recency_days, total_spent, rfm_segment from customer_rfm
      where recency_days is not null order by customer_id limit 2000`,
  },
  tiles: [
    { title: 'Customers', query: 'totals', column: 'customers' },
    { title: 'Premium', query: 'totals', column: 'premium_customers' },
    { title: 'Orders', query: 'totals', column: 'orders' },
    { title: 'Revenue', query: 'totals', column: 'revenue', unit: '$' },
  ],
  charts: [
    {
      title: 'Customers by segment and value tier',
      query: 'segments',
      kind: 'bar',
      x: 'customer_segment',
      y: 'customers',
      color: 'value_tier',
    },
    {
      title: 'Revenue by segment and value tier',
      query: 'segments',
      kind: 'bar',
      x: 'customer_segment',
      y: 'revenue',
      color: 'value_tier',
      unit: '$',
    },
    { title: 'RFM groups', query: 'rfm', kind: 'row', x: 'customers', y: 'rfm_segment' },
    {
      title: 'Activity, 0 to 100',
      query: 'activity',
      kind: 'bar',
      x: 'activity_from',
      y: 'customers',
      color: 'customer_segment',
    },
    {
      title: 'Last order and spending',
      query: 'recency',
      kind: 'dot',
      x: 'recency_days',
      y: 'total_spent',
      color: 'rfm_segment',
      unit: '$',
      log: true,
    },
  ],
  tables: [{ title: 'RFM groups', query: 'rfm' }],
};
