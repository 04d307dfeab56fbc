// What lies in a run's folder, as far as main has to know it.
import { CHECKPOINTS } from '#shared/checkpoint-place';

/** Of the saved model. */
export const MODEL_FILES: readonly string[] = ['model.json', 'weights.bin'];
/** All that a run writes. */
export const FILES_OF_RUN: readonly string[] = [...MODEL_FILES, CHECKPOINTS, 'evaluation', 'receipt.json', 'metrics.jsonl'];
