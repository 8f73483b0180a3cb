import { customerSegmentation } from './pages/customer-segmentation.mjs';
import { fraudAnalytics } from './pages/fraud-analytics.mjs';
import { highValueCustomers } from './pages/high-value-customers.mjs';
import { loanRisk } from './pages/loan-risk.mjs';
import { memberRisk } from './pages/member-risk.mjs';
import { revenueFraud } from './pages/revenue-fraud.mjs';

/** Every dashboard, in the order of the index. A new one is a file in pages/ and a line here. */
export const DASHBOARDS = Object.freeze([
  memberRisk,
  customerSegmentation,
  fraudAnalytics,
  highValueCustomers,
  loanRisk,
  revenueFraud,
]);
