import { RISK_COLORS } from '../page.mjs';

/** @type {import('../page.mjs').Dashboard} */
export const loanRisk = {
  name: 'loan_risk_dashboard',
  title: 'Loan risk',
  description:
    'Loans and their defaults, how well the model finds them on loans that it has not seen, whom to look at, and suspicious movements.',
  marts: [
    'gold.customer_loan_summary',
    'gold.product_recommendations',
    'gold.fraud_report',
    'gold.loan_default_coefficients',
    'gold.loan_model_evaluation',
    'gold.loan_roc_curve',
    'gold.loan_calibration',
    'gold.high_risk_customers',
  ],
  queries: {
    totals: `select sum(loan_count) as loans, sum(total_loan_amount) as lent, sum(defaulted_loans) as defaults from customer_loan_summary`,
    model: `select auc from loan_model_evaluation where split = 'test'`,
    alerts: `select count(*) as customers from high_risk_customers`,
    roc: `select false_positive_rate, true_positive_rate, threshold from loan_roc_curve order by threshold desc`,
    calibration: `select mean_probability, default_rate, decile, loans, defaults from loan_calibration order by decile`,
    coefficients: `select feature, coefficient, odds_ratio from loan_default_coefficients where feature <> 'intercept' order by abs(coefficient) desc, feature`,
    products: `select product, count(*) as customers from product_recommendations group by all order by customers desc, product`,
    fraud: `select fraud_level, case fraud_level when 'review' then 1 when 'high' then 2 else 3 end as level_order, count(*) as movements
      from fraud_report group by all order by level_order`,
    evaluation: `select split, loans, defaults, auc, brier_score, mean_probability, default_rate from loan_model_evaluation order by split`,
    customers: `select customer_id, risky_loans, risky_amount, highest_probability from high_risk_customers order by highest_probability desc, customer_id limit 50`,
  },
  tiles: [
    { title: 'Loans', query: 'totals', column: 'loans' },
    { title: 'Lent', query: 'totals', column: 'lent', unit: '$' },
    { title: 'In default', query: 'totals', column: 'defaults' },
    { title: 'Area under the ROC curve', query: 'model', column: 'auc' },
    { title: 'Customers at high risk', query: 'alerts', column: 'customers' },
  ],
  charts: [
    {
      title: 'ROC curve, test loans',
      query: 'roc',
      kind: 'curve',
      x: 'false_positive_rate',
      y: 'true_positive_rate',
      diagonal: true,
    },
    {
      title: 'Calibration by tenths of the test loans',
      query: 'calibration',
      kind: 'dot',
      x: 'mean_probability',
      y: 'default_rate',
      diagonal: true,
    },
    { title: 'Coefficients, log-odds a deviation', query: 'coefficients', kind: 'row', x: 'coefficient', y: 'feature' },
    { title: 'Products recommended', query: 'products', kind: 'row', x: 'customers', y: 'product' },
    {
      title: 'Suspicious movements',
      query: 'fraud',
      kind: 'bar',
      x: 'fraud_level',
      y: 'movements',
      color: 'fraud_level',
      colors: { review: RISK_COLORS.moderate, high: RISK_COLORS.high, confirmed: RISK_COLORS.critical },
      order: 'level_order',
    },
  ],
  tables: [
    { title: 'Customers with open loans at risk', query: 'customers' },
    { title: 'The model', query: 'evaluation' },
  ],
};
