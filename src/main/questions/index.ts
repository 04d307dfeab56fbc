// Every question of the contract and who answers it; the compiler names the one that is missing.
import type { Handlers } from '../answer';
import { refuseWhileMoving } from '../moving';
import type { Services } from '../services';
import { askingQuestions } from './asking';
import { comparingQuestions } from './comparing';
import { dataPlaceQuestions } from './data-place';
import { datasetQuestions } from './datasets';
import { draggingQuestions } from './dragging';
import { engineQuestions } from './engines';
import { evaluationQuestions } from './evaluation';
import { exportQuestions } from './exports';
import { givenQuestions } from './given';
import { licenceQuestions } from './licences';
import { markQuestions } from './marks';
import { modelQuestions } from './models';
import { ownModelQuestions } from './own-models';
import { planningQuestions } from './planning';
import { preferenceQuestions } from './preferences';
import { queueQuestions } from './queue';
import { recordQuestions } from './records';
import { runQuestions } from './runs';
import { transferQuestions } from './transfer';
import { troubleQuestions } from './trouble';
import { versionQuestions } from './versions';

export function handlersFor(services: Services): Handlers {
  const handlers: Handlers = {
    ...engineQuestions(services),
    ...preferenceQuestions(services),
    ...dataPlaceQuestions(services),
    ...datasetQuestions(services),
    ...versionQuestions(services),
    ...runQuestions(services),
    ...recordQuestions(services),
    ...markQuestions(services),
    ...planningQuestions(services),
    ...queueQuestions(services),
    ...modelQuestions(services),
    ...ownModelQuestions(services),
    ...evaluationQuestions(services),
    ...comparingQuestions(services),
    ...askingQuestions(services),
    ...exportQuestions(services),
    ...transferQuestions(services),
    ...givenQuestions(services),
    ...draggingQuestions(services),
    ...licenceQuestions(services),
    ...troubleQuestions(services),
  };
  return refuseWhileMoving(handlers, services.moving);
}
