// Whoever asks a process of its own, each of which begins when it is needed.
import type { Folders } from '#store/location';
import { EngineHost } from './engine-host';
import { ForecastHost } from './forecast-host';
import { ImporterHost } from './importer-host';
import { KeeperHost } from './keeper-host';
import { ModelHost } from './model-host';
import { TrainerHost } from './trainer-host';
import { forkUtility, type Forking } from './utility-process';
import { ViewerHost } from './viewer-host';

/** @param own the person's, in safe mode, too */
export function makeHosts(forking: Forking, own: Folders) {
  return {
    trainer: new TrainerHost(forkUtility(forking, { role: 'training' })),
    viewer: new ViewerHost(forkUtility(forking, { role: 'viewing' })),
    model: new ModelHost(forkUtility(forking, { role: 'asking' })),
    planning: new ForecastHost(forkUtility(forking, { role: 'forecasting' })),
    importer: new ImporterHost(forkUtility(forking, { role: 'importing' })),
    keeper: new KeeperHost(forkUtility(forking, { role: 'keeping', isBehind: true }), own),
    engines: new EngineHost(forkUtility(forking, { role: 'engine', isBehind: true })),
  };
}
