// METHOD's row 1 in full, fifty steps, on TensorFlow, captured.
import { optimizerMatrix } from '#test/support/optimizer-matrix';
import { loadEngine } from '#trainer/backend';

optimizerMatrix(() => loadEngine('tensorflow-cpu'), 50);
