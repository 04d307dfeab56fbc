// Questions about how good a run's model is: what it says of the samples it did not learn from.
import type { Handlers } from '../answer';
import { judgedPlaces } from '../judged-places';
import type { Services } from '../services';
import { datasetFolder } from './datasets';
import { refuseBesideRun } from './models';

type Questions = Pick<Handlers, 'evaluateRun' | 'cancelEvaluation' | 'viewMasks' | 'readRows'>;

export function evaluationQuestions(services: Services): Questions {
  const { model, send, trainer, viewer } = services;
  return {
    evaluateRun: (runId, part) =>
      trainer.evaluate({ ...judgedPlaces(services, runId), part }, (done, total) =>
        send({ kind: 'evaluation-progress', runId, part, done, total }),
      ),
    cancelEvaluation: () => trainer.cancelEvaluation(),
    viewMasks: (runId, samples) => {
      refuseBesideRun(services);
      const { runFolder, datasetFolder } = judgedPlaces(services, runId);
      return model.masks(runFolder, datasetFolder, samples);
    },
    readRows: (datasetId, rows) => viewer.rows(datasetFolder(services, datasetId), rows),
  };
}
