// What a batch size means for learning, where it is worth a word: larger than the data, or so large that the model hardly changes.
import { samplesNoun, type DataSort } from '#shared/data-sort';
import type { BatchForecast } from '#shared/forecast';
import { count, counted } from './numbers';

export interface BatchHint {
  title: string;
  sentence: string;
  /** A batch size that is better here, in most cases. */
  better: number;
}

/** Fewer updates an epoch than this need very many epochs. */
const FEW_UPDATES = 5;
/** Of a whole run: nobody needs to be told. */
const ENOUGH_UPDATES = 500;

export function batchHint(
  asked: number,
  { batch, updatesPerEpoch }: Pick<BatchForecast, 'batch' | 'updatesPerEpoch'>,
  epochs: number,
  sort: DataSort,
): BatchHint | undefined {
  const noun = samplesNoun(sort);
  const train = asked > batch ? batch : updatesPerEpoch * batch;
  const better = 2 ** Math.floor(Math.log2(train / FEW_UPDATES));
  if (better < 1 || better >= asked) return undefined;
  if (asked > batch) {
    return {
      title: 'Larger than your data',
      sentence: `There are ${count(batch)} ${noun} to learn from. Every update uses them all, so an epoch is a single one.`,
      better,
    };
  }
  if (updatesPerEpoch >= FEW_UPDATES || updatesPerEpoch * epochs >= ENOUGH_UPDATES) return undefined;
  return {
    title: 'Few updates',
    sentence: `An epoch is ${counted(updatesPerEpoch, 'update', 'updates')}, the whole run ${count(updatesPerEpoch * epochs)}. Models usually need some hundreds: take a smaller batch or more epochs.`,
    better,
  };
}
