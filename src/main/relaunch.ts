// Starts the app again once this one has ended.
import { app } from 'electron';
import { SAFE_MODE, type RestartHow } from './restart';

export function relaunch(how: RestartHow): void {
  // A test starts it again itself: it could not end one that it did not start. Never in the packaged app.
  if (!app.isPackaged && process.env.OVERBATCH_TEST_RESTART === 'none') return;
  const args = process.argv.slice(1).filter((arg) => arg !== SAFE_MODE);
  app.relaunch({ args: how === 'safe' ? [...args, SAFE_MODE] : args });
}
