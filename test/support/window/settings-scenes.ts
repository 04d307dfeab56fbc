// The Settings page as it is usually, and with things changed on it.
import { scene } from './make-scene';
import type { Scene } from './scene';

export const SETTINGS_SCENES: Record<string, Scene> = {
  settings: scene('#/settings'),
  'settings-changed': scene('#/settings', {
    preferences: { appearance: 'dark', leaveRoomBytes: 2e9, engine: 'wasm', notifyEnd: false, keepAwake: false, closing: 'tray' },
  }),
};
