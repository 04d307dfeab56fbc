// What of a saved model was chosen by its validation samples: its figure on them is then better than it would be on new ones.
import type { EvaluationFacts } from '#shared/evaluation/evaluation';
import type { Receipt } from '#shared/run-event';

export function chosenBy({ spec, model }: Pick<Receipt, 'spec' | 'model'>): Pick<EvaluationFacts, 'chosenBy'> {
  return spec.finalModel === 'best' || model?.of === 'best epoch' ? { chosenBy: 'the epoch that was kept was chosen by them' } : {};
}
