import { RISK_COLORS } from '../page.mjs';

/** @type {import('../page.mjs').Dashboard} */
export const fraudAnalytics = {
  name: 'fraud_analytics_dashboard',
  title: 'Fraud analytics',
  description:
    'How risk is distributed, which of the six factors make it, and the customers to look at first. Names are masked.',
  marts: ['analytics.fraud_analytics'],
  queries: {
    totals: `select count(*) as customers, count(*) filter (where risk_level in ('high', 'critical')) as risky_customers,
      sum(total_spent) filter (where risk_level in ('high', 'critical')) as risky_revenue, max(composite_risk_score) as highest_score from fraud_analytics`,
    levels: `select risk_level, risk_level_order, count(*) as customers, sum(total_spent) as revenue from fraud_analytics group by all order by risk_level_order`,
    scores: `select cast(floor(composite_risk_score * 20) / 20 as decimal(4, 2)) as score_from, risk_level, count(*) as customers
      from fraud_analytics group by all order by all`,
    factors: `unpivot (select avg(velocity_risk) as velocity, avg(geographic_risk) as geographic, avg(behavioral_risk) as behavioral,
      avg(profile_risk) as profile, avg(amount_risk) as amount, avg(temporal_risk) as temporal from fraud_analytics
      where risk_level <> 'low') on columns(*) into name risk_factor value average_score`,
    customers: `select customer_id, full_name, composite_risk_score, risk_level, primary_risk_factor, recommendation, recommendation_es, total_spent
      from fraud_analytics where risk_level in ('high', 'critical') order by composite_risk_score desc, customer_id limit 50`,
  },
  tiles: [
    { title: 'Customers', query: 'totals', column: 'customers' },
    { title: 'High or critical', query: 'totals', column: 'risky_customers' },
    { title: 'Their revenue', query: 'totals', column: 'risky_revenue', unit: '$' },
    { title: 'Highest score', query: 'totals', column: 'highest_score' },
  ],
  charts: [
    {
      title: 'Customers by level',
      query: 'levels',
      kind: 'bar',
      x: 'risk_level',
      y: 'customers',
      color: 'risk_level',
      colors: RISK_COLORS,
      order: 'risk_level_order',
      log: true,
    },
    {
      title: 'Composite score',
      query: 'scores',
      kind: 'bar',
      x: 'score_from',
      y: 'customers',
      color: 'risk_level',
      colors: RISK_COLORS,
      log: true,
    },
    {
      title: 'Mean of each factor, customers above low',
      query: 'factors',
      kind: 'row',
      x: 'average_score',
      y: 'risk_factor',
    },
  ],
  tables: [{ title: 'Customers at high risk', query: 'customers' }],
};
