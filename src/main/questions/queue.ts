// Questions about the runs that wait for their turn.
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { datasetFolder } from './datasets';
import { beginRun } from './begin-run';

type Questions = Pick<Handlers, 'getQueue' | 'queueRun' | 'moveQueued' | 'removeQueued' | 'continueQueue'>;

export function queueQuestions(services: Services): Questions {
  const { queue } = services;
  queue.startWith(({ datasetId, spec, name, repeatOf }) => beginRun(services, datasetId, spec, { name, repeatOf }));
  return {
    getQueue: () => queue.state,
    queueRun(datasetId, spec) {
      // What is missing now is said now, not in an hour.
      datasetFolder(services, datasetId);
      return queue.add({ datasetId, spec });
    },
    moveQueued: (id, by) => queue.move(id, by),
    removeQueued: (id) => queue.remove(id),
    continueQueue: () => queue.goOn(),
  };
}
