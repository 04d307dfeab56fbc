// Starts the app again once this one has ended.
import { app } from 'electron';
import { argumentsAgain, type RestartHow } from './restart';
import { startAfter } from './start-after';

export function relaunch(how: RestartHow): void {
  // A test starts it again itself: it could not end one that it did not start. Never in the packaged app.
  if (!app.isPackaged && process.env.OVERBATCH_TEST_RESTART === 'none') return;
  const words = argumentsAgain({ argv: process.argv, folder: process.cwd(), appFolder: app.getAppPath() }, how);
  if (!startAfter(process.execPath, words)) app.relaunch({ args: words });
}
