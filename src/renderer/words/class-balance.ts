// What a plan says where classes are of very different sizes.
import type { ClassSize } from '../state/class-sizes.svelte';
import { count } from './numbers';

/** From here on rare classes are learnt noticeably worse. */
const UNEQUAL = 3;

/** One sentence where weights of classes would help; undefined where there is no need of them. Classes without samples are passed over. */
export function imbalanceSentence(sizes: readonly ClassSize[], noun: string): string | undefined {
  const sized = sizes.filter((size) => size.count > 0).sort((a, b) => b.count - a.count);
  const [largest, smallest] = [sized[0], sized.at(-1)];
  if (!largest || !smallest || largest.count < UNEQUAL * smallest.count) return undefined;
  return (
    `There are ${count(largest.count)} ${noun} of “${largest.label}” and ${count(smallest.count)} of “${smallest.label}” to learn from. ` +
    'With weights each class counts the same in sum, so that rare ones are found more often; some of the common ones may be missed for it.'
  );
}
