// A verdict in a word, and what each run is called in its sentence.
import { conclusionOf, type ComparedRun, type Comparison, type Conclusion } from '#shared/comparison/comparison';
import { comparedSentences, type Named } from '#shared/comparison/verdict-words';
import { samplesNoun } from '#shared/data-sort';
import type { EvaluatedPart } from '#shared/evaluation/evaluation';
import type { RunSummary } from '#shared/run-record';
import { lettered, type RunLook } from './compared-runs';
import type { Tone } from './run-words';

type Told = { label: string; tone: Tone };

const CONCLUSIONS: Record<Conclusion, Told> = {
  better: { label: 'Better', tone: 'good' },
  worse: { label: 'Worse', tone: 'bad' },
  'not shown': { label: 'May be luck', tone: 'plain' },
  same: { label: 'Same', tone: 'plain' },
};

const CANNOT_BE_TOLD: Told = { label: 'Cannot be told', tone: 'warn' };

/** Repeats tell of settings, single runs only of themselves. */
function conclusionWords({ isRepeat, samples, repeats }: ComparedRun): Told {
  if (repeats?.kind === 'no-spread') return repeats.difference === 0 ? CONCLUSIONS.same : CANNOT_BE_TOLD;
  if (repeats) return CONCLUSIONS[conclusionOf(repeats)];
  if (isRepeat) return { label: 'A repeat', tone: 'plain' };
  return samples.kind === 'refused' ? CANNOT_BE_TOLD : CONCLUSIONS[conclusionOf(samples)];
}

/** By which samples a run is shown to be better or worse than the baseline; repeats that say otherwise count for more. */
export function shownBy({ samples, repeats }: ComparedRun): EvaluatedPart | undefined {
  if (samples.kind !== 'samples') return undefined;
  const told = conclusionOf(samples);
  if (told !== 'better' && told !== 'worse') return undefined;
  return repeats && (repeats.kind === 'no-spread' || conclusionOf(repeats) !== told) ? undefined : samples.part;
}

/** Whether repeats could tell more: of other data or another task they never do. */
export const canRepeatTell = ({ others }: Comparison): boolean =>
  others.some(({ samples }) => samples.kind !== 'refused' || !['other-task', 'other-data'].includes(samples.because));

interface Looked extends RunLook {
  run: Pick<RunSummary, 'id' | 'name' | 'sort' | 'datasetId' | 'datasetName'>;
}

/** Of a data set that is still there. */
type VersionOf = (datasetId: string) => number | undefined;

/** Each other run with what is said of it; none before that is known of this baseline. */
export function toldVerdicts<Run extends Looked>(
  [baseline, ...others]: readonly Run[],
  comparison: Comparison | undefined,
  versionOf: VersionOf,
) {
  return others.flatMap((other) => {
    const found = comparison?.others.find(({ runId }) => runId === other.run.id);
    if (!found || comparison?.baseline !== baseline.run.id) return [];
    return [{ ...other, ...conclusionWords(found), sentences: comparedSentences(found, namedRuns(baseline, other, versionOf)) }];
  });
}

function namedRuns(baseline: Looked, other: Looked, versionOf: VersionOf): Named {
  const data = ({ run: { datasetId, datasetName } }: Looked): string => {
    const version = versionOf(datasetId);
    return version === undefined ? datasetName : `${datasetName}, version ${version}`;
  };
  return {
    baseline: lettered(baseline, baseline.run),
    other: lettered(other, other.run),
    samples: samplesNoun(baseline.run.sort),
    data: { baseline: data(baseline), other: data(other) },
  };
}
