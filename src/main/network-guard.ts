// How many requests of the window and of Chromium were refused since Overbatch was started: shown in Settings.
export class NetworkGuard {
  refused = 0;
  readonly since = new Date().toISOString();
}
