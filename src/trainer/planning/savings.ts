// What memory savers would make of a size that does not fit: what each leaves of it, and how much longer a step takes.
import { expectedPace, isFitted } from '#engine/expected-pace';
import type { Network } from '#engine/network';
import { usableSavers, withSavers } from '#engine/savers/saver-plan';
import { stepWork } from '#engine/step-work';
import type { Saving } from '#shared/forecast';
import { lookAtShapes } from './shapes';
import type { Subject } from './subject';

/** Less is not worth a press. */
const NOTABLE = 0.98;

interface Size {
  /** N_μ. */
  micro: number;
  /** For samples that are read ahead. */
  heldBytes: number;
  /** The run will be computed by all cores. */
  isParallel: boolean;
}

/** Of savers that leave the result as it is, each beside what the network does already. None stage by stage, or on features. */
export function savingsOf(
  { network, runtime, optimizer, data, peaks, isOnFeatures }: Subject,
  { micro, heldBytes, isParallel }: Size,
): Saving[] {
  if (network.batchNorm === 'exact' || isOnFeatures) return [];
  const names = network.savers?.names ?? [];
  const bare: Network = { ...network, savers: undefined };
  const seconds = (of: Network): number => stepSeconds(of, runtime.report.name, micro, isParallel);
  const without = peaks.alone(micro);
  return (
    usableSavers(bare)
      .filter((saver) => saver !== 'int8-activations' && !names.includes(saver))
      .map((saver) => {
        const saving = withSavers(bare, [...names, saver]);
        const [{ peakBytes }] = lookAtShapes(runtime, saving, optimizer, data.objective)([micro]);
        return { saver, neededBytes: peakBytes + heldBytes, times: seconds(saving) / seconds(network) };
      })
      // Where the update needs the most, nothing is saved.
      .filter(({ neededBytes }) => neededBytes - heldBytes < NOTABLE * without)
  );
}

/** On some computer: only how many times as long is of use. */
function stepSeconds(network: Network, engine: Subject['runtime']['report']['name'], micro: number, isParallel: boolean): number {
  const work = stepWork(network);
  if (!isFitted(engine)) return work.convolutions + work.products + work.depthwise + work.attention;
  return expectedPace({ engine, isParallel, speed: { times: 1, timesApart: 1 } }, { work, micro, inputValues: 0 }).piece(micro);
}
