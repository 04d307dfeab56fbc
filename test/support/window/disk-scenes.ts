// The window while the disk is nearly full: the notice above a page, an import and a run that have no room, one that paused by itself.
import { failureSentence, type Failure } from '#shared/failure';
import { scene } from './make-scene';
import { PLAN_SCENES } from './plan-scenes';
import { learning, told } from './run-scenes';
import type { Scene } from './scene';
import { run } from './run-things';
import { DIGITS, REPORT } from './things';

const low = { weights: 412.6e9, goes: 1.24e9, datasets: 38.1e9, backups: 14.2e6 };
const DISK = { freeBytes: 612e6, totalBytes: 500e9, low };
const FULL = { ...DISK, freeBytes: 96e6 };
const why: Extract<Failure, { kind: 'no-room' }> = {
  kind: 'no-room',
  what: 'going-run',
  path: '/home/anna/.config/Overbatch',
  neededBytes: 412e6,
  spareBytes: 100e6,
  freeBytes: 507e6,
};

export const DISK_SCENES: Record<string, Scene> = {
  'disk-data': scene('#/data', { datasets: [DIGITS], disk: DISK }),
  'disk-history': scene('#/history', { runs: [run()], disk: DISK }),
  'disk-settings': scene('#/settings', { disk: { ...DISK, low: { ...low, goes: 0 } } }),
  'disk-import': scene('#/data', {
    datasets: [],
    chosen: { token: 't', name: 'survey-2026' },
    report: REPORT,
    press: [['button', 'Choose folder…']],
    disk: FULL,
  }),
  'disk-plan': { ...PLAN_SCENES['plan-forecast'], disk: FULL },
  'disk-run': scene('#/run', {
    runs: [run({ id: 'live', state: 'paused', resumable: true, hasModel: false, extendable: false, failure: failureSentence(why) }, 14)],
    events: [...learning, ...told({ kind: 'paused', step: 84, seconds: 26, why })],
    disk: DISK,
  }),
};
