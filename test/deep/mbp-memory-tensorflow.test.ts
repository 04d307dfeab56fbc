// MBP's memory on TensorFlow, captured.
import { mbpMemory } from '#test/support/mbp-memory';
import { loadEngine } from '#trainer/backend';
import { buildNetwork } from '../../bench/networks';

mbpMemory(() => loadEngine('tensorflow-cpu'), buildNetwork('resnet-18', [32, 32, 3], 10));
