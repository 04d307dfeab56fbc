// A run's settings in the words of the Python project, with every default written out; and what the project cannot do as the run does.
import type { ModelMetadata } from '#engine/layers-model';
import { UPDATE_DEFAULTS, weightDecayOf } from '#engine/optimizers';
import { balanced } from '#engine/objectives/create';
import { stepsOfSchedule } from '#engine/schedules';
import { normalizations } from '#engine/statistics';
import { PIXEL_SCALE } from '#engine/step';
import type { RunSpec } from '#shared/run-spec';
import type { RunAgain } from '../exporter';
import { frozenNames } from './state';

type Output = ModelMetadata['output'];
type Settled = Pick<RunAgain, 'network' | 'spec' | 'micro' | 'classCounts'>;

const TASKS = { probabilities: 'classes', 'pixel probabilities': 'pixels', value: 'value' } as const;

/** For settings.py. */
export function settingsOf({ network, spec, micro, classCounts }: Settled, output: Output): Record<string, unknown> {
  const { stepEpochs, stepFactor } = stepsOfSchedule(spec, spec.epochs);
  const { momentum, beta1, beta2, alpha, epsilon } = { ...UPDATE_DEFAULTS, ...withoutAbsent(spec) };
  return {
    task: TASKS[output],
    batch: spec.batch,
    micro,
    epochs: spec.epochs,
    seed: spec.seed,
    input_scale: network.inputScale ?? PIXEL_SCALE,
    augment: augmentOf(spec),
    learning_rate: spec.learningRate,
    optimizer: spec.optimizer,
    momentum,
    betas: [beta1, beta2],
    alpha,
    epsilon,
    l2: spec.l2 ?? 0,
    weight_decay: weightDecayOf(spec.optimizer, spec),
    clip_norm: spec.clipNorm ?? null,
    ema: spec.ema ?? null,
    schedule: spec.schedule ?? 'constant',
    step_epochs: stepEpochs,
    step_factor: stepFactor,
    warmup_epochs: spec.warmupEpochs ?? 0,
    keeps_best: spec.finalModel === 'best',
    loss: spec.loss ?? (output === 'value' ? 'squared-error' : 'softmax-cross-entropy'),
    class_weights: spec.classWeights === 'auto' ? balanced(classCounts) : null,
    label_smoothing: spec.labelSmoothing ?? 0,
    focal_gamma: spec.focalGamma ?? 2,
    frozen_statistics: network.batchNorm === 'frozen',
    frozen: frozenNames(network),
  };
}

/** What is done to each training picture by itself. */
const augmentOf = ({ augment = {} }: RunSpec): Record<string, number> =>
  Object.fromEntries(Object.entries(augment).filter(([name, strength]) => name !== 'mixup' && strength > 0));

/** Keys that are there and say nothing would hide a default. */
const withoutAbsent = (spec: RunSpec): Partial<RunSpec> =>
  Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));

/** Why the run cannot be repeated in several processes at all, with the way out. */
export function whyNot({ network }: Pick<RunAgain, 'network'>): string | undefined {
  if (network.batchNorm !== 'exact' || normalizations(network).length === 0) return undefined;
  return 'This run has exact batch normalization, which PyTorch cannot compute over micro-batches. Train it with group normalization, or with batch normalization per micro-batch or frozen, and take that run to the cluster.';
}

/** What is another way there, a sentence each. */
export function differences({ network, spec, micro }: Settled): string[] {
  const isVaried = Object.keys(augmentOf(spec)).length > 0;
  const pools = network.batchNorm !== 'frozen' && normalizations(network).length > 0;
  return [
    ...(spec.augment?.mixup ? ['The run mixed its pictures in pairs (mixup). The project does not, so it will fit them sooner.'] : []),
    ...(isVaried && spec.inputSize !== undefined
      ? ['The run varied its pictures before it brought them to the size of its input. The project varies them afterwards.']
      : []),
    ...(network.nodes.some(({ layer }) => layer.noise)
      ? ['Dropout leaves out as much as in the run, but other numbers: its random numbers are those of PyTorch.']
      : []),
    ...(spec.precision !== undefined && spec.precision !== 'float32'
      ? [`The run computed in fast mode (${spec.precision}). The project computes in float32.`]
      : []),
    ...(network.savers?.eightBits ? ['The run kept activations in 8 bits. The project keeps all of their 32.'] : []),
    ...(pools
      ? [
          `Batch normalization looks at one micro-batch at a time, in the run as here: with the run's micro-batches of ${micro}, on however many processes, each is normalized as in the run. The running statistics, by which validation normalizes, are pooled over all micro-batches of all processes and move once a mini-batch. Another --micro is another result.`,
        ]
      : []),
  ];
}
