import { RISK_COLORS } from '../page.mjs';

/** @type {import('../page.mjs').Dashboard} */
export const memberRisk = {
  name: 'member_risk_dashboard',
  title: 'Member risk',
  description:
    'Members by risk band, region and plan; what makes the scores; anomalies; daily spending; the state of the data.',
  marts: [
    'main.risk_overview',
    'main.member_risk_score',
    'main.member_risk_components',
    'main.fct_daily_spend',
    'main.data_quality_overview',
    'main.member_anomaly_alerts',
  ],
  queries: {
    totals: `select sum(members) as members, sum(active_members) as active_members, sum(spend_usd) as spend, sum(flagged_spend_usd) as flagged_spend,
      sum(billed_amount) as billed from risk_overview`,
    bands: `select risk_band, risk_band_order, plan_type, sum(members) as members from risk_overview group by all order by risk_band_order, plan_type`,
    regions: `select region, sum(members) as members, cast(sum(average_score * members) / sum(members) as decimal(6, 2)) as average_score
      from risk_overview group by all order by average_score desc, region`,
    components: `select component, cast(avg(points) as decimal(8, 3)) as average_points from member_risk_components group by all order by average_points desc, component`,
    scores: `select cast(floor(risk_score / 5) * 5 as integer) as score_from, risk_band, count(*) as members from member_risk_score group by all order by all`,
    spend: `select activity_date, sum(spend_usd) as spend, sum(fraud_flagged) as flagged from fct_daily_spend group by all order by all`,
    quality: `select entity, last_load_date, raw_rows, clean_rows, rejected_rows, unknown_member_rows, future_dated_rows, modelled_rows
      from data_quality_overview order by entity`,
    alerts: `select rule_code, severity, count(*) as alerts from member_anomaly_alerts group by all order by rule_code, severity`,
    alert_list: `select alerted_on, severity, member_id, risk_band, explanation from member_anomaly_alerts
      order by severity, alerted_on desc, score desc, alert_key limit 50`,
    members: `select member_id, risk_score, risk_band, top_reason_1, top_reason_2, top_reason_3 from member_risk_score order by risk_score desc, member_id limit 50`,
  },
  tiles: [
    { title: 'Members', query: 'totals', column: 'members' },
    { title: 'Active', query: 'totals', column: 'active_members' },
    { title: 'Spending', query: 'totals', column: 'spend', unit: '$' },
    { title: 'Flagged spending', query: 'totals', column: 'flagged_spend', unit: '$' },
    { title: 'Billed care', query: 'totals', column: 'billed', unit: '$' },
  ],
  charts: [
    {
      title: 'Members by band and plan',
      query: 'bands',
      kind: 'bar',
      x: 'risk_band',
      y: 'members',
      color: 'plan_type',
      order: 'risk_band_order',
    },
    {
      title: 'Score',
      query: 'scores',
      kind: 'bar',
      x: 'score_from',
      y: 'members',
      color: 'risk_band',
      colors: RISK_COLORS,
    },
    { title: 'Mean points of each component', query: 'components', kind: 'row', x: 'average_points', y: 'component' },
    { title: 'Mean score by region', query: 'regions', kind: 'row', x: 'average_score', y: 'region' },
    { title: 'Alerts by rule', query: 'alerts', kind: 'row', x: 'alerts', y: 'rule_code', color: 'severity' },
    { title: 'Spending a day', query: 'spend', kind: 'line', x: 'activity_date', y: 'spend', unit: '$' },
  ],
  tables: [
    { title: 'Anomalies of the last days', query: 'alert_list' },
    { title: 'Members at highest risk', query: 'members' },
    { title: 'State of the data', query: 'quality' },
  ],
};
