// The parts of a split in words.
import type { SIDES } from '#shared/dataset-view';

export const SIDE_WORDS: Record<(typeof SIDES)[number], string> = { train: 'Training', validation: 'Validation', test: 'Test (set aside)' };
