// Questions about several runs: whether one is better than another, and where they disagree.
import type { Comparison, Refusal, SamplesVerdict } from '#shared/comparison/comparison';
import { comparisonCsv, comparisonJson, type ComparisonDocument, type ComparisonFile } from '#shared/comparison/comparison-document';
import { comparisonPage } from '#shared/comparison/comparison-page';
import { judgedFirst } from '#shared/comparison/judged-first';
import type { EvaluatedPart } from '#shared/evaluation/evaluation';
import { fileNameWith } from '#shared/exports';
import { FailureError, failureSentence } from '#shared/failure';
import { compareRepeats } from '#store/compare-repeats';
import type { Handlers } from '../answer';
import { judgedFolder, judgedPlaces, NO_MODEL } from '../judged-places';
import { saveText } from '../save-text';
import type { Services } from '../services';
import { refuseBesideRun } from './models';

type Questions = Pick<
  Handlers,
  | 'compareRuns'
  | 'cancelComparison'
  | 'disagreements'
  | 'cancelDisagreements'
  | 'comparedAnswers'
  | 'cancelComparedAnswers'
  | 'saveComparison'
  | 'savePicture'
>;

export const COMPARISON_TEXTS: Record<ComparisonFile, (comparison: ComparisonDocument) => string> = {
  html: comparisonPage,
  csv: comparisonCsv,
  json: comparisonJson,
};

export function comparingQuestions(services: Services): Questions {
  const { db, desktop, trainer } = services;
  let newest = 0;
  return {
    async compareRuns([baseline, ...others], part): Promise<Comparison> {
      const repeats = compareRepeats(db, baseline, others);
      const mine = ++newest;
      const samples = await bySamples(services, { baseline, others, part }, () => {
        // What it would ask now would take the place of what was asked since.
        if (mine !== newest) throw new FailureError({ kind: 'cancelled' });
      });
      return {
        baseline,
        others: others.map((runId, i) => ({ runId, samples: samples[i], ...repeats[i] })),
      };
    },
    cancelComparison: () => trainer.cancelComparison(),
    disagreements(baselineId, otherId, part) {
      const runFolders = [baselineId, otherId].map((id) => judgedFolder(services, id));
      return trainer.disagreements({ runFolders, part });
    },
    cancelDisagreements: () => trainer.cancelDisagreements(),
    comparedAnswers: (ids, part) => trainer.comparedAnswers({ runFolders: ids.map((id) => judgedFolder(services, id)), part }),
    cancelComparedAnswers: () => trainer.cancelComparedAnswers(),
    savePicture: (title, png) => saveText(desktop, fileNameWith(title, '.png'), () => png),
    saveComparison(comparison, as) {
      return saveText(desktop, fileNameWith(comparison.title, `.${as}`), () => COMPARISON_TEXTS[as](comparison));
    },
  };
}

/** @param goOn throws where nobody waits for it any more */
async function bySamples(
  services: Services,
  { baseline, others, part }: { baseline: string; others: readonly string[]; part: EvaluatedPart },
  goOn: () => void,
): Promise<(SamplesVerdict | Refusal)[]> {
  const withModel = [baseline, ...others].filter((id) => problemOf(services, id) === undefined);
  const refused = (run: 'baseline' | 'other', id: string): Refusal => ({
    kind: 'refused',
    because: 'not-judged',
    run,
    problem: problemOf(services, id) ?? NO_MODEL,
  });
  if (withModel[0] !== baseline) return others.map(() => refused('baseline', baseline));
  const verdicts = await judgedFirst(
    { runFolders: withModel.map((id) => judgedFolder(services, id)), part },
    {
      compare(question) {
        goOn();
        return services.trainer.compareKept(question);
      },
      judge(place) {
        goOn();
        return judge(services, withModel[place], part);
      },
    },
  );
  return others.map((id) => (withModel.includes(id) ? verdicts[withModel.indexOf(id) - 1] : refused('other', id)));
}

/** Why it has no model; undefined where it has one. */
function problemOf(services: Services, id: string): string | undefined {
  try {
    judgedFolder(services, id);
    return undefined;
  } catch (error) {
    if (error instanceof FailureError) return failureSentence(error.failure);
    throw error;
  }
}

function judge(services: Services, runId: string, part: EvaluatedPart) {
  const { trainer, send } = services;
  refuseBesideRun(services);
  return trainer.evaluate({ ...judgedPlaces(services, runId), part }, (done, total) =>
    send({ kind: 'evaluation-progress', runId, part, done, total }),
  );
}
