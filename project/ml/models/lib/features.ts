/** The features of the model, in its order: numeric columns of `loan_default_features`. */
export const FEATURES = [
  'yearly_payment_to_income',
  'interest_rate',
  'term_years',
  'credit_score_hundreds',
  'log_income',
  'customer_years',
  'earlier_loans',
  'earlier_defaults',
  'accounts',
  'is_unemployed',
  'is_personal',
  'is_student',
  'is_mortgage',
] as const;

/** The name under which the intercept stands among the coefficients. */
export const INTERCEPT = 'intercept';

/** The features as doubles, for a query. */
export const featureColumns = FEATURES.map((name) => `cast(${name} as double precision) as ${name}`).join(', ');

/** The features of a row in the model's order; null is an unknown value. */
export function featuresOf(row: { readonly [column: string]: unknown }): (number | null)[] {
  return FEATURES.map((name) => (row[name] === null ? null : Number(row[name])));
}
