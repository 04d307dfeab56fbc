// Whether a run repeats another exactly, in SQL: by the weights of their models, and by the losses of epochs that both made.

const DIFFERENT_EPOCHS = `epochs AS a JOIN epochs AS b ON b.epoch = a.epoch
  WHERE (a.train_loss IS NOT b.train_loss OR a.validation_loss IS NOT b.validation_loss)`;

/** The first epoch that came to another loss in one of the two. */
export const FIRST_DIFFERENCE = `SELECT min(a.epoch) AS epoch FROM ${DIFFERENT_EPOCHS} AND a.run = @mine AND b.run = @its`;

const of = (path: string): [string, string] => [`json_extract(runs.receipt, '${path}')`, `json_extract(first.receipt, '${path}')`];
const [weights, firstWeights] = of('$.weights');
const [step, firstStep] = of('$.model.step');

/** Of `runs`, which repeats `first`. Models of different steps have other weights in any case: then losses alone tell, and only that it is not. */
export const REPEATS_EXACTLY = `CASE
  WHEN ${step} <> ${firstStep} AND NOT EXISTS (SELECT 1 FROM ${DIFFERENT_EPOCHS} AND a.run = runs.key AND b.run = first.key) THEN NULL
  ELSE ${weights} = ${firstWeights} END`;
