// Whether this desktop is known to show tray icons. Linux desktops may or may not: the one that does says so on the session's bus.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const QUESTION = [
  '--session',
  '--print-reply',
  '--reply-timeout=500',
  '--dest=org.kde.StatusNotifierWatcher',
  '/StatusNotifierWatcher',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.kde.StatusNotifierWatcher',
  'string:IsStatusNotifierHostRegistered',
];
/** Whoever is asked something waits for this. */
const PATIENCE_MILLISECONDS = 1_000;

export async function hasTray(platform = process.platform, env = process.env): Promise<boolean> {
  if (platform !== 'linux') return true;
  // Without one the command would start a bus of its own, on which nobody is.
  if (env.DBUS_SESSION_BUS_ADDRESS === undefined) return false;
  try {
    const { stdout } = await promisify(execFile)('dbus-send', QUESTION, { env, timeout: PATIENCE_MILLISECONDS });
    return showsIcons(stdout);
  } catch {
    return false;
  }
}

/** The reply of `dbus-send`. */
export const showsIcons = (reply: string): boolean => /\bboolean true\b/.test(reply);
