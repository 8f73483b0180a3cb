import type { Model } from 'tsdbt';
import { FEATURES, featureColumns, featuresOf, INTERCEPT } from './lib/features.ts';
import { type Fitted, logOdds, sigmoid } from './lib/logistic-regression.ts';

type Coefficient = { feature: string; training_mean: number; training_deviation: number; coefficient: number };

/** Scores every loan, a chunk at a time. */
export const model: Model = async function* ({ ref, query }) {
  const coefficients = await query<Coefficient>(
    `select feature, training_mean, training_deviation, coefficient from ${ref('loan_default_coefficients')}`,
  ).all();
  const of = (feature: string): Coefficient => {
    const found = coefficients.find((row) => row.feature === feature);
    if (!found) throw new Error(`loan_default_coefficients has no coefficient of ${feature}.`);
    return found;
  };
  const features = FEATURES.map(of);
  const fitted: Fitted = {
    means: features.map((row) => row.training_mean),
    deviations: features.map((row) => row.training_deviation),
    intercept: of(INTERCEPT).coefficient,
    weights: features.map((row) => row.coefficient),
    iterations: 0,
  };
  const loans = query(
    `select loan_id, customer_id, issued_on, split, is_defaulted, ${featureColumns} from ${ref('tsdbt_flagship', 'loan_default_features')} order by loan_id`,
  );
  for await (const chunk of loans.chunks()) {
    yield chunk.map((loan) => ({
      loan_id: loan.loan_id,
      customer_id: loan.customer_id,
      issued_on: loan.issued_on,
      split: loan.split,
      is_defaulted: loan.is_defaulted,
      default_probability: sigmoid(logOdds(fitted, featuresOf(loan))),
    }));
  }
};
