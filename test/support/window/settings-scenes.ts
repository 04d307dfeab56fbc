// The Settings page as it is usually, with things changed on it, and the data folder in each of its states.
import { scene } from './make-scene';
import type { Scene } from './scene';
import { APP_FACTS } from './things';

const DISK = '/media/anna/Samsung T7/Overbatch';

export const SETTINGS_SCENES: Record<string, Scene> = {
  settings: scene('#/settings'),
  'settings-changed': scene('#/settings', {
    preferences: { appearance: 'dark', leaveRoomBytes: 2e9, engine: 'wasm', notifyEnd: false, keepAwake: false, closing: 'tray' },
    appFacts: { ...APP_FACTS, refusedRequests: 3, canNotify: false },
  }),
  'settings-move': scene('#/settings', {
    folderOffer: { kind: 'free', token: 'a', to: DISK, neededBytes: 8.4e9, freeBytes: 412e9 },
    press: [['button', 'Move or change…']],
  }),
  'settings-moving': scene('#/settings', {
    dataPlace: { moving: { to: DISK, stage: 'files', doneBytes: 3.1e9, totalBytes: 8.4e9 } },
  }),
  'settings-unfinished': scene('#/settings', {
    dataPlace: { unfinished: { to: DISK, begunAt: new Date().toISOString() } },
    press: [['button', 'Undo the move']],
  }),
  'settings-moved': scene('#/settings', {
    dataPlace: { folder: DISK, before: '/home/anna/.config/Overbatch' },
    press: [['button', 'Keep it there']],
  }),
  'settings-remove-old': scene('#/settings', {
    dataPlace: { folder: DISK, before: '/home/anna/.config/Overbatch' },
    press: [['button', 'Remove the old copy…']],
  }),
  'settings-use-usual': scene('#/settings', {
    dataPlace: { folder: DISK, isUsualUsed: true },
    press: [['button', 'Use the usual folder instead…']],
  }),
  'settings-missing': scene('#/settings', { dataPlace: { missing: DISK }, press: [['button', 'Choose the folder…']] }),
};
