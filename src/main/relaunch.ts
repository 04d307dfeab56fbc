// Starts the app again once this one has ended.
import { app } from 'electron';

export function relaunch(): void {
  // A test starts it again itself: it could not end one that it did not start. Never in the packaged app.
  if (!app.isPackaged && process.env.OVERBATCH_TEST_RESTART === 'none') return;
  app.relaunch();
}
