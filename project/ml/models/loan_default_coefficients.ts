import type { Model } from 'tsdbt';
import { FEATURES, featureColumns, featuresOf, INTERCEPT } from './lib/features.ts';
import { fitLogistic } from './lib/logistic-regression.ts';

/** Learns from the loans of the split `train`, in the order of their keys, so that the sums are always the same. */
export const model: Model = async ({ ref, query }) => {
  const rows: (number | null)[][] = [];
  const labels: number[] = [];
  const loans = query(
    `select cast(is_defaulted as integer) as is_defaulted, ${featureColumns} from ${ref('tsdbt_flagship', 'loan_default_features')} where split = 'train' order by loan_id`,
  );
  for await (const chunk of loans.chunks()) {
    for (const loan of chunk) {
      rows.push(featuresOf(loan));
      labels.push(Number(loan.is_defaulted));
    }
  }
  const fitted = fitLogistic(rows, labels, { l2: 1 });
  const learned = { training_loans: rows.length, iterations: fitted.iterations };
  return [
    {
      feature: INTERCEPT,
      feature_order: 0,
      training_mean: 0,
      training_deviation: 1,
      coefficient: fitted.intercept,
      odds_ratio: Math.exp(fitted.intercept),
      ...learned,
    },
    ...FEATURES.map((feature, j) => ({
      feature,
      feature_order: j + 1,
      training_mean: fitted.means[j],
      training_deviation: fitted.deviations[j],
      coefficient: fitted.weights[j],
      odds_ratio: Math.exp(fitted.weights[j] ?? 0),
      ...learned,
    })),
  ];
};
