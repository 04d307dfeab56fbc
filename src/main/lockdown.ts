// What no window of ours may do: navigate, open windows, ask for permissions, reach anything that is not ours.
import { app, session } from 'electron';
import type { Camera } from './camera';
import type { Log } from './log';
import type { NetworkGuard } from './network-guard';
import { isAllowedRequest, isOurPage } from './origin';

/** Chromium's own traffic, before the app is ready. */
export function silenceChromium(developmentUrl?: string): void {
  for (const name of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability', 'no-pings']) {
    app.commandLine.appendSwitch(name);
  }
  // The second wall behind the request blocker: no name resolves at all.
  if (developmentUrl === undefined) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

export interface LockedBy {
  log: Log;
  camera: Camera;
  guard: NetworkGuard;
  developmentUrl?: string;
}

/** Of all that a page may ask permission for only the camera is ever given, and only while the person has said yes to it. */
export function lockDown({ log, camera, guard, developmentUrl }: LockedBy): void {
  const { defaultSession } = session;
  defaultSession.webRequest.onBeforeRequest((details, callback) => {
    const allowed = isAllowedRequest(details.url, developmentUrl);
    if (!allowed) {
      guard.refused += 1;
      log.write('security', `Cancelled a request to ${originOf(details.url)}.`);
    }
    callback({ cancel: !allowed });
  });
  defaultSession.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(
      camera.allows(permission, 'mediaTypes' in details ? details.mediaTypes : undefined, isOurPage(details.requestingUrl, developmentUrl)),
    ),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) =>
    camera.allows(permission, mediaType === undefined ? undefined : [mediaType], isOurPage(origin, developmentUrl)),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());

  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    const stay = (event: { url: string; preventDefault(): void }) => {
      if (!isOurPage(event.url, developmentUrl)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', stay);
  });
}

/** Without the path: it may hold what nobody else should read. */
function originOf(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return 'an unreadable address';
  }
}
