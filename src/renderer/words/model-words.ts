// Models as a person chooses among them: in which groups, and what the card of one says.
import { formatBytes } from '#shared/bytes';
import type { DataSort } from '#shared/data-sort';
import type { DatasetSummary } from '#shared/dataset';
import { CARD_CLASSES, cardBytes, MODEL_CARDS, type ModelCard } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';
import type { OwnModel } from '#shared/own-model';
import type { Plan } from '#shared/plan';
import { OWN_MODEL, type ModelName } from '#shared/run-spec';
import { count } from './numbers';
import { about } from './time';

interface ModelGroup {
  title: string;
  models: ModelName[];
}

/** Sides up to which a picture is a small one. */
const SMALL = 32;

/** One group, or two where models are for pictures of different sizes. */
export function modelGroups(sort: DataSort): ModelGroup[] {
  const models = [...modelsFor(sort)];
  if (sort !== 'pictures') return [{ title: 'Models', models }];
  const isSmall = (name: ModelName): boolean => MODEL_CARDS[name].usual.length < 3 || MODEL_CARDS[name].usual[0] <= SMALL;
  return [
    { title: 'For small pictures', models: models.filter(isSmall) },
    { title: 'For photographs', models: models.filter((name) => !isSmall(name) && name !== OWN_MODEL) },
    { title: 'Yours', models: [OWN_MODEL] },
  ];
}

/** Of the pictures a run would see; none where there are none. */
export function pictureSides(dataset: DatasetSummary, inputSize: number | undefined): { width: number; height: number } | undefined {
  if (dataset.kind === 'table') return undefined;
  return inputSize === undefined || Number.isNaN(inputSize) ? dataset : { width: inputSize, height: inputSize };
}

/** "23,528,522 numbers, 94.1 MB (10 classes, 224 × 224 pixels)". */
export function sizeWords(card: ModelCard, own?: OwnModel): string {
  if (own)
    return `${count(own.parameters)} numbers, ${formatBytes(cardBytes(own))} (${own.outputs} classes, ${own.inputShape[1]} × ${own.inputShape[0]} pixels)`;
  if (card.parameters === undefined) return 'As large as its file says';
  const [height, width] = card.usual;
  const input = width === undefined ? `${height} inputs` : `${width} × ${height} pixels`;
  return `${count(card.parameters)} numbers, ${formatBytes(cardBytes(card))} (${CARD_CLASSES} classes, ${input})`;
}

/** @param plan as measured for the settings of now */
export function cardFacts({ wants, smallestSide }: ModelCard, isTable: boolean, plan?: MeasuredPlan): [name: string, value: string][] {
  return [
    ['Data', wants],
    ...(isTable || smallestSide === undefined ? [] : ([['Sides', `From ${smallestSide} pixels.`]] satisfies [string, string][])),
    ['Here', plan ? measuredWords(plan, isTable ? 'row' : 'picture') : 'Memory and time are measured before Start.'],
  ];
}

type MeasuredPlan = Pick<Plan, 'fit' | 'secondsPerEpoch'>;

const measuredWords = ({ fit, secondsPerEpoch }: MeasuredPlan, one: string): string =>
  `${formatBytes(fit.bytesPerSample)} for each ${one}, ${about(secondsPerEpoch)} an epoch.`;
