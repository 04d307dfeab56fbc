// How an evaluation came about: what says whether it still holds, and how far it may be believed.
import { sortOfFacts } from '#shared/data-sort';
import { ENGINE_LABELS } from '#shared/engine';
import type { EvaluationFacts } from '#shared/evaluation/evaluation';
import type { Receipt } from '#shared/run-event';
import type { Finished } from './open-finished';
import type { Judged } from './open-judged';

export function factsOf({ receipt, model }: Finished, { data, engine }: Judged): EvaluationFacts {
  const { testScoresBefore = 0 } = receipt;
  return {
    weights: model.sha256,
    data: receipt.dataset.contentHash,
    sort: sortOfFacts(receipt.dataset),
    validation: data.validation.length,
    test: data.test.length,
    ...chosenBy(receipt),
    ...(testScoresBefore > 0 && { testScoresBefore }),
    ...(engine.name !== receipt.engine.name && { engine: ENGINE_LABELS[engine.name] }),
  };
}

/** What of a saved model was chosen by its validation samples: its figure on them is then better than it would be on new ones. */
export const chosenBy = (receipt: Pick<Receipt, 'spec' | 'model' | 'endedEarly' | 'done'>): Pick<EvaluationFacts, 'chosenBy'> =>
  receipt.model?.of === 'best epoch' || receipt.endedEarly || isOlderChoice(receipt)
    ? { chosenBy: 'the epoch that was kept was chosen by them' }
    : {};

/** Receipts of older versions call a best epoch that was the last one the last step. */
const isOlderChoice = ({ spec: { finalModel, patience }, done }: Pick<Receipt, 'spec' | 'done'>): boolean =>
  done === undefined && (finalModel === 'best' || (finalModel === undefined && patience !== undefined));
