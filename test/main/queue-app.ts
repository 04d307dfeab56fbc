// The app with the digits and a queue, its processes the stand-in.
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

export async function appWithQueue() {
  const app = startApp();
  const { id } = await value(app.ask('importSample', 'digits'));
  const add = (spec = RUNS.completes) => value(app.ask('queueRun', id, spec));
  const waiting = async () => (await value(app.ask('getQueue'))).waiting.map((run) => run.id);
  const training = async () => {
    const runId = await value(app.ask('startRun', id, RUNS.untilStopped));
    await eventually(() => app.events.some((event) => event.kind === 'run' && event.event.kind === 'checkpoint')).toBe(true);
    return runId;
  };
  const runs = async () => (await value(app.ask('listRuns'))).map(({ state }) => state);
  return { ...app, datasetId: id, add, waiting, startLong: training, runs };
}
