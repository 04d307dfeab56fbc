// Questions about what a person does with runs of the history: tags, notes and pins.
import { markRuns } from '#store/run-marks';
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'markRuns'>;

export function markQuestions({ db }: Services): Questions {
  return {
    markRuns: (runIds, change) => markRuns(db, runIds, change),
  };
}
