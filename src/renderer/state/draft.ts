// The plan as typed: texts that may be wrong, and the spec they mean when none is.
import { exactBytes, parseTypedBytes } from '#shared/bytes';
import { ungrouped, withMark } from '#shared/language';
import type { DataSort } from '#shared/data-sort';
import { defaultSpec } from '#shared/default-spec';
import { ENGINE_NAMES, type EngineChoice } from '#shared/engine';
import { modelsFor } from '#shared/model-fit';
import {
  BATCH_NORM_MODES,
  DEFAULT_SPEC,
  OPTIMIZER_NAMES,
  isSetting,
  specProblems,
  type BatchNormMode,
  type ModelName,
  type OptimizerName,
  type RunSpec,
} from '#shared/run-spec';
import { PRETRAINED_MODELS, TRAINED_PARTS, isPretrained, trainedPartsOf, type Start, type TrainedPart } from '#shared/start-settings';
import { MORE_FIELDS, moreOf, type MoreField, type MoreSettings } from '../words/more-settings';

export interface Draft {
  model: ModelName;
  start: Start;
  trains: TrainedPart;
  batch: string;
  pieces: 'auto' | 'fixed';
  micro: string;
  /** "usual": what the start means by itself. */
  batchNorm: BatchNormMode | 'usual';
  memory: 'free' | 'limit';
  budget: string;
  /** Of free memory, for other programs; the budget follows it. Empty: the budget stands by itself. */
  leave: string;
  epochs: string;
  optimizer: OptimizerName;
  learningRate: string;
  /** Percent. */
  validation: string;
  seed: string;
  engine: EngineChoice;
  /** The further settings that are set. */
  more: MoreSettings;
}

export type DraftField = Exclude<keyof Draft, 'more'>;

/** What has no place in a spec, or none in most. */
const PLAIN_DRAFT: Draft = {
  model: DEFAULT_SPEC.model,
  start: 'scratch',
  trains: 'head',
  batch: String(DEFAULT_SPEC.batch),
  pieces: 'auto',
  micro: '32',
  batchNorm: 'usual',
  memory: 'free',
  budget: '1 GB',
  leave: '',
  epochs: String(DEFAULT_SPEC.epochs),
  optimizer: DEFAULT_SPEC.optimizer,
  learningRate: withMark(DEFAULT_SPEC.learningRate),
  validation: withMark(100 * DEFAULT_SPEC.validationShare),
  seed: String(DEFAULT_SPEC.seed),
  engine: DEFAULT_SPEC.engine,
  more: {},
};

/** What a plan is unless something else is asked for, of this model and start. */
export function usualDraft(sort: DataSort, asked?: Pick<Draft, 'model' | 'start' | 'trains'>): Draft {
  const usual = draftOf(defaultSpec(sort, asked && { model: asked.model, ...startOf(asked) }));
  return { ...usual, start: PLAIN_DRAFT.start, trains: PLAIN_DRAFT.trains };
}

export const DEFAULT_DRAFT = usualDraft('pictures');

export interface DraftReading {
  /** Present when nothing is wrong. */
  spec?: RunSpec;
  problems: Partial<Record<DraftField | MoreField, string>>;
}

/** "1,024" (in German "1.024") and "1024" are whole numbers, "0.005" and "0,005" are shares of one; NaN for anything else. */
export function parseNumber(text: string): number {
  const compact = text.replace(/\s/g, '');
  if (compact === '') return NaN;
  return Number(ungrouped(compact) ?? compact.replace(',', '.'));
}

export function readDraft(draft: Draft): DraftReading {
  const budgetBytes = draft.memory === 'limit' ? parseTypedBytes(draft.budget) : undefined;
  const start = startOf(draft);
  const spec = {
    ...draft.more,
    model: draft.model,
    batch: parseNumber(draft.batch),
    micro: draft.pieces === 'auto' ? ('auto' as const) : parseNumber(draft.micro),
    ...start,
    ...(draft.batchNorm === 'usual' ? {} : { batchNorm: draft.batchNorm }),
    ...(budgetBytes === undefined ? {} : { budgetBytes }),
    epochs: parseNumber(draft.epochs),
    optimizer: draft.optimizer,
    learningRate: parseNumber(draft.learningRate),
    seed: parseNumber(draft.seed),
    // Percent to share without the dust of a binary fraction.
    validationShare: Number((parseNumber(draft.validation) / 100).toPrecision(12)),
    engine: draft.engine,
  } satisfies RunSpec;
  const { validationShare, budgetBytes: wrongBudget, ...problems } = specProblems(spec);
  const found: DraftReading['problems'] = {};
  for (const [field, problem] of Object.entries(problems)) found[field as DraftField | MoreField] ??= problem;
  if (validationShare) found.validation = 'The share for validation must be a number from 1 to 90 percent.';
  if (wrongBudget || (draft.memory === 'limit' && budgetBytes === undefined))
    found.budget = 'Write a size with its unit, such as 512 MB or 2 GB.';
  return Object.keys(found).length === 0 ? { spec, problems: {} } : { problems: found };
}

/** Nothing where the model has nothing to start from: then its fields are not shown. */
export function startOf({ model, start, trains }: Pick<Draft, 'model' | 'start' | 'trains'>): Pick<RunSpec, 'start' | 'trains'> {
  return start === 'scratch' || (start === 'imagenet' && !PRETRAINED_MODELS.includes(model))
    ? {}
    : { start, trains: trainsOf(model, trains) };
}

/** What is trained where the model has no such part. */
export const trainsOf = (model: ModelName, trains: TrainedPart): TrainedPart =>
  trainedPartsOf(model).includes(trains) ? trains : 'everything';

/** A draft kept by an earlier start; whatever is missing or unknown becomes the default. */
export function restoreDraft(kept: string | null, sort: DataSort = 'pictures'): Draft {
  const defaults = usualDraft(sort);
  let parsed: unknown;
  try {
    parsed = JSON.parse(kept ?? '{}');
  } catch {
    return { ...defaults };
  }
  const given = new Map(Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {}));
  const text = (field: DraftField) => (typeof given.get(field) === 'string' ? (given.get(field) as string).slice(0, 40) : defaults[field]);
  // Typed in a window that spoke another language, they mean the same.
  const whole = (field: DraftField) => text(field).replace(/^[1-9]\d{0,2}([.,]\d{3})+$/, (grouped) => grouped.replace(/[.,]/g, ''));
  const broken = (field: DraftField) =>
    text(field).replace(/^(0|\d+)[.,](?!\d{3}$)\d+$|^0[.,]\d+$/, (typed) => withMark(typed.replace(',', '.')));
  const one = <T extends string>(field: DraftField, known: readonly T[]): T => {
    const value = known.find((name) => name === given.get(field));
    return value ?? (defaults[field] as T);
  };
  return {
    model: one('model', modelsFor(sort)),
    start: isStart(given.get('start')) ? (given.get('start') as Start) : defaults.start,
    trains: one('trains', TRAINED_PARTS),
    batch: whole('batch'),
    pieces: one('pieces', ['auto', 'fixed']),
    micro: whole('micro'),
    batchNorm: one('batchNorm', ['usual', ...BATCH_NORM_MODES]),
    memory: one('memory', ['free', 'limit']),
    budget: text('budget'),
    leave: text('leave'),
    epochs: whole('epochs'),
    optimizer: one('optimizer', OPTIMIZER_NAMES),
    learningRate: broken('learningRate'),
    validation: broken('validation'),
    seed: whole('seed'),
    engine: one('engine', ['auto', ...ENGINE_NAMES]),
    more: given.has('more') ? restoreMore(given.get('more')) : defaults.more,
  };
}

const isStart = (value: unknown): boolean => value !== undefined && isSetting('start', value);

function restoreMore(kept: unknown): MoreSettings {
  const given = new Map(Object.entries(typeof kept === 'object' && kept !== null ? kept : {}));
  const known = MORE_FIELDS.filter((field) => given.has(field) && isSetting(field, given.get(field)));
  return Object.fromEntries(known.map((field) => [field, given.get(field)]));
}

/** The form for repeating a run's spec. */
export function draftOf(spec: RunSpec): Draft {
  return {
    ...PLAIN_DRAFT,
    model: spec.model,
    start: spec.start ?? 'scratch',
    trains: spec.trains ?? (isPretrained(spec) ? 'everything' : PLAIN_DRAFT.trains),
    batch: String(spec.batch),
    ...(spec.micro === 'auto' ? {} : { pieces: 'fixed' as const, micro: String(spec.micro) }),
    batchNorm: spec.batchNorm ?? 'usual',
    ...(spec.budgetBytes === undefined ? {} : { memory: 'limit' as const, budget: exactBytes(spec.budgetBytes) }),
    epochs: String(spec.epochs),
    optimizer: spec.optimizer,
    learningRate: withMark(spec.learningRate),
    validation: withMark(Number((100 * spec.validationShare).toPrecision(12))),
    seed: String(spec.seed),
    engine: spec.engine,
    more: moreOf(spec),
  };
}
