// Help: a guide of each kind, what is looked up, and searches with something to find and with nothing.
import { scene } from './make-scene';
import type { Scene } from './scene';

export const HELP_SCENES: Record<string, Scene> = {
  'help-first-model': scene('#/help/first-model'),
  'help-bad-pictures': scene('#/help/bad-pictures'),
  'help-batch-size': scene('#/help/batch-size'),
  'help-curves': scene('#/help/curves'),
  'help-comparing': scene('#/help/comparing'),
  'help-take-away': scene('#/help/take-away'),
  'help-setting': scene('#/help/settings/dropout'),
  'help-words': scene('#/help/words/micro-batch'),
  'help-shortcuts': scene('#/help/shortcuts'),
  'help-privacy': scene('#/help/privacy'),
  'help-found': scene('#/help/batch-size', { type: ['Search in Help', 'Learning rate'] }),
  'help-nothing-found': scene('#/help/batch-size', { type: ['Search in Help', 'blockchain'] }),
};
