// Main without Electron with the digits imported, and what a test of runs does with it.
import type { RunSpec } from '#shared/run-spec';
import { eventually, startApp, value } from './app';

export async function appWithData() {
  const app = startApp();
  const { id } = await value(app.ask('importSample', 'digits'));
  const start = (spec: RunSpec) => value(app.ask('startRun', id, spec));
  const ended = () => eventually(() => app.training.runId).toBeUndefined();
  const stepSeen = () => eventually(() => app.events.some((event) => event.kind === 'run' && event.event.kind === 'checkpoint')).toBe(true);
  return { ...app, datasetId: id, start, ended, stepSeen };
}
