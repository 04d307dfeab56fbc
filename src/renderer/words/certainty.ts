// What the probabilities of a prediction mean, in words.
import type { Prediction } from '#shared/prediction';
import { percent } from './numbers';

export interface Certainty {
  /** e.g. "Almost certainly 7". */
  title: string;
  detail: string;
}

export function certainty(classes: Prediction['classes']): Certainty {
  const [first, second] = classes;
  if (!first) return { title: 'No answer', detail: 'The model knows no classes.' };
  const other = second && `Next is “${second.label}” with ${percent(second.probability).replaceAll(' ', '\u00a0')}.`;
  const detail = (lead: string) => (other ? `${lead} ${other}` : lead);
  if (first.probability >= 0.95)
    return { title: `Almost certainly “${first.label}”`, detail: detail('One class stands far above the others.') };
  if (first.probability >= 0.8) return { title: `Probably “${first.label}”`, detail: detail('One class is clearly ahead.') };
  if (first.probability >= 0.5) return { title: `Perhaps “${first.label}”`, detail: detail('The model leans to one class but is unsure.') };
  return { title: `Undecided, most like “${first.label}”`, detail: detail('No class is above one half: do not rely on this answer.') };
}
