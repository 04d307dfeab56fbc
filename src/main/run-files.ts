// What lies in a run's folder, as far as main has to know it.

/** Of the saved model. */
export const MODEL_FILES: readonly string[] = ['model.json', 'weights.bin'];
/** What a run goes on from, and the other model that could be kept. */
export const CHECKPOINTS = 'checkpoints';
/** All that a run writes. */
export const FILES_OF_RUN: readonly string[] = [...MODEL_FILES, CHECKPOINTS, 'evaluation', 'receipt.json', 'metrics.jsonl'];
