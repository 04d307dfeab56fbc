// What the window says when something went wrong.
import type { Backup } from '#shared/backup';
import { scene } from './make-scene';
import type { Scene } from './scene';

const hours = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();
const backup = (ago: number, why: Backup['why'], bytes: number): Backup => ({
  name: `${why}-${ago}`,
  at: hours(ago),
  why,
  format: 10,
  bytes,
});

const BACKUPS = [
  backup(3, 'daily', 4_812_000),
  backup(20, 'asked', 4_790_000),
  backup(99, 'update', 2_100_000),
  backup(400, 'replaced', 880_000),
];

const log = Array.from({ length: 60 }, (_, i) => `${hours(1)} [trainer] step ${i} of 400 | <path> | <name>`).join('\n');

const DIAGNOSTICS = {
  entries: [
    { name: 'versions.json', kind: 'versions' as const, bytes: 118, preview: '{\n  "overbatch": "0.1.0"\n}\n' },
    { name: 'machine.json', kind: 'machine' as const, bytes: 612, preview: '{\n  "system": "linux x64"\n}\n' },
    {
      name: 'crashes/2026-11-29T12-00-00.000Z-training.json',
      kind: 'crash' as const,
      bytes: 1_900,
      preview: '{\n  "what": "training"\n}\n',
    },
    { name: 'logs/overbatch.log', kind: 'log' as const, bytes: 812_000, preview: log, isCut: true as const },
  ],
};

export const TROUBLE_SCENES: Record<string, Scene> = {
  'trouble-crashed': scene('#/data', {
    trouble: {
      crashes: [
        { what: 'training', at: hours(5), how: 'it crashed, signal 11' },
        { what: 'training', at: hours(6), how: 'it crashed, signal 11' },
        { what: 'main', at: hours(7), how: 'it ended without being closed' },
      ],
    },
  }),
  'trouble-safe': scene('#/data', { datasets: [], trouble: { safe: 'failed-starts', crashes: [] } }),
  'trouble-settings': scene('#/settings', { backups: BACKUPS }),
  'trouble-diagnostics': scene('#/settings', {
    diagnostics: { ...DIAGNOSTICS },
    press: [['button', 'Save diagnostics…']],
  }),
  'trouble-restore': scene('#/settings', {
    backups: BACKUPS,
    backupLook: { runs: 41, datasets: 3, lost: { runs: 2, datasets: 1, names: ['digits small-cnn 3', 'Birds, second try'] } },
    press: [['button', (say) => new RegExp(`^${say('Restore the backup of {0}', say('today {0}', ''))}`)]],
  }),
};
