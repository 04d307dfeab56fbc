// What a run's weights are before its first update, and which of them it trains.
import { listed } from './language';
import * as v from 'valibot';

/** "imagenet": weights that ship with Overbatch, trained on 1.3 million photographs. */
export const START_NAMES = ['scratch', 'imagenet'] as const;
export type StartName = (typeof START_NAMES)[number];
/**
 * Or the model of an earlier run: its id in the history, or on the command line its folder. Or a model of a person's own: its id in the app, or on the
 * command line its model.json.
 */
export type Start = StartName | `run:${string}` | `model:${string}`;

/**
 * The last layer; what looks at the picture at its smallest, or the last third of the layers where it stays as it is; all of it. What is not
 * trained stays as the start has it.
 */
export const TRAINED_PARTS = ['head', 'last-stages', 'everything'] as const;
export type TrainedPart = (typeof TRAINED_PARTS)[number];

export const START_ENTRIES = {
  /** Absent: "scratch", random weights. */
  start: v.optional(
    v.union(
      [
        v.picklist(START_NAMES),
        v.custom<Exclude<Start, StartName>>((value) => typeof value === 'string' && /^(run|model):.{1,4096}$/.test(value)),
      ],
      `The start must be one of: ${START_NAMES.join(', ')}, or run: and an earlier run, or model: and a model.json.`,
    ),
  ),
  /** Absent: "everything". */
  trains: v.optional(v.picklist(TRAINED_PARTS, `What is trained must be one of: ${TRAINED_PARTS.join(', ')}.`)),
};

interface StartFields {
  start?: Start;
  trains?: TrainedPart;
  model: string;
  batchNorm?: string;
  normalization?: string;
  width?: number;
}

/** Models whose ImageNet weights ship with Overbatch. */
export const PRETRAINED_MODELS: readonly string[] = ['efficientnet-lite0'];

const SINGLE_LAYER: readonly string[] = ['linear'];

/** Those that are not all of the model under another name. */
export const trainedPartsOf = (model: string): readonly TrainedPart[] => (SINGLE_LAYER.includes(model) ? ['everything'] : TRAINED_PARTS);

/** The run that a start names, if it does. */
export const startRun = (start: Start = 'scratch'): string | undefined => (start.startsWith('run:') ? start.slice(4) : undefined);

/** The model of a person's own that a start names, if it does. */
export const startModel = (start: Start = 'scratch'): string | undefined => (start.startsWith('model:') ? start.slice(6) : undefined);

export const isPretrained = ({ start = 'scratch' }: Pick<StartFields, 'start'>): boolean => start !== 'scratch';

const isFile = (start: Start = 'scratch'): boolean => !START_NAMES.some((name) => name === start);

/** Settings that would be no run: the field and a sentence. */
export function startProblem(spec: StartFields): { field: 'start' | 'trains' | 'batchNorm'; message: string } | undefined {
  const { start, trains = 'everything', model, batchNorm = 'frozen', normalization = 'batch', width = 1 } = spec;
  if (model === 'own' && !isFile(start))
    return { field: 'start', message: 'A model of your own begins with its file. Choose the file, or another model.' };
  if (start === 'imagenet' && !PRETRAINED_MODELS.includes(model))
    return {
      field: 'start',
      message: `There are no ImageNet weights of ${model}. Start from scratch, or choose the model ${listed(PRETRAINED_MODELS, 'disjunction')}.`,
    };
  if (start === 'imagenet' && (normalization !== 'batch' || width !== 1))
    return {
      field: 'start',
      message:
        'The ImageNet weights are of the model as it was published. Leave its width and normalization as they are, or start from scratch.',
    };
  if (trains === 'everything') return undefined;
  if (!isPretrained(spec))
    return {
      field: 'trains',
      message:
        'A model that starts from scratch has nothing to keep, so everything must be trained. Choose a trained start, or everything.',
    };
  const parts = trainedPartsOf(model);
  if (!parts.includes(trains))
    return {
      field: 'trains',
      message: `With ${trains}, all of ${model} would be trained, for it is a single layer. Choose ${listed(parts, 'disjunction')}.`,
    };
  if (batchNorm !== 'frozen')
    return {
      field: 'batchNorm',
      message: 'Where a part of the model stays as it is, batch normalization must be frozen. Choose frozen, or train everything.',
    };
  return undefined;
}
