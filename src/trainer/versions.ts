// Versions a receipt names.
import { version_core } from '@tensorflow/tfjs-core';
import type { Receipt } from '#shared/run-event';
import { version } from '../../package.json';

export const versions = (): Receipt['versions'] => ({
  overbatch: version,
  tfjs: version_core,
  node: process.versions.node,
  ...(process.versions.electron ? { electron: process.versions.electron } : {}),
});
