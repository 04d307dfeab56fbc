// A run's settings in the words of the Python project, with every default written out; and what the project cannot do as the run does.
import type { ModelMetadata } from '#engine/layers-model';
import { UPDATE_DEFAULTS, weightDecayOf } from '#engine/optimizers';
import { balanced } from '#engine/objectives/create';
import { stepsOfSchedule } from '#engine/schedules';
import { normalizations } from '#engine/statistics';
import { PIXEL_SCALE } from '#engine/step';
import { keepsBest, type RunSpec } from '#shared/run-spec';
import type { RunAgain } from '../exporter';
import { frozenNames } from './state';

type Output = ModelMetadata['output'];
type Settled = Pick<RunAgain, 'network' | 'spec' | 'micro' | 'classCounts'> & { data: Pick<RunAgain['data'], 'validation'> };

const TASKS = { probabilities: 'classes', 'pixel probabilities': 'pixels', value: 'value' } as const;

/** For settings.py. */
export function settingsOf({ network, spec, micro, classCounts, data }: Settled, output: Output): Record<string, unknown> {
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
    keeps_best: keepsBest(spec, data.validation.length),
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

/** Of how the run went, which the project does not follow: it trains all epochs in one go. */
function courseDifferences(
  { epochs, schedule, warmupEpochs }: RunSpec,
  { reason, endedEarly, extendedAfter, recoveries = [], model }: RunAgain['receipt'],
): string[] {
  const isPlanned = (schedule ?? 'constant') !== 'constant' || Boolean(warmupEpochs);
  return [
    ...(extendedAfter !== undefined
      ? [
          `The run was made longer after epoch ${extendedAfter}. The project trains all ${epochs} epochs as one${isPlanned ? ', with a learning rate planned for all of them: its losses part from those of the run where the rates do' : ''}.`,
        ]
      : []),
    ...(reason === 'stopped' || endedEarly
      ? [
          `The run ended before its ${epochs} epochs were done${model ? `, with the weights of step ${model.step}` : ''}. The project trains all of them.`,
        ]
      : []),
    ...(recoveries.length > 0
      ? [
          'There was too little memory in the run, and it went on with smaller micro-batches. The project uses the last size from the beginning.',
        ]
      : []),
  ];
}

/** What is another way there, a sentence each. */
export function differences({ network, spec, micro, receipt }: Settled & Pick<RunAgain, 'receipt'>): string[] {
  const isVaried = Object.keys(augmentOf(spec)).length > 0;
  const pools = network.batchNorm !== 'frozen' && normalizations(network).length > 0;
  return [
    ...courseDifferences(spec, receipt),
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
          `Batch normalization looks at one micro-batch at a time, in the run as here: with the run's micro-batches of ${micro}, on however many processes, each is normalized as in the run${receipt.recoveries?.length ? ' after its micro-batches became smaller' : ''}. The running statistics, by which validation normalizes, are pooled over all micro-batches of all processes and move once a mini-batch. Another --micro is another result.`,
        ]
      : []),
  ];
}
