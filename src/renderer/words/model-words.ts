// Models as a person chooses among them: in which groups, and what the card of one says.
import { word } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import type { DataSort } from '#shared/data-sort';
import type { DatasetSummary } from '#shared/dataset';
import { undisturbed } from '#shared/disturbance';
import { BYTES_OF_NUMBER, MODEL_CARDS, type ModelCard } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';
import { parametersFor } from '#shared/model-sizes';
import type { OwnModel } from '#shared/own-model';
import type { Plan } from '#shared/plan';
import { OWN_MODEL, type CatalogueName, type ModelName } from '#shared/run-spec';
import type { TableSummary } from '#shared/table';
import { count, counted } from './numbers';
import { roughly } from './time';

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

interface Sides {
  width: number;
  height: number;
}

/** Of the pictures a run would see; none where there are none. */
export function pictureSides(dataset: DatasetSummary, inputSize: number | undefined): Sides | undefined {
  if (dataset.kind === 'table') return undefined;
  return inputSize === undefined || Number.isNaN(inputSize) ? dataset : { width: inputSize, height: inputSize };
}

/** What a run would train: the model as it is chosen, for the data as the run would see it. */
interface ChosenModel {
  model: CatalogueName;
  dataset: DatasetSummary;
  sides?: Sides;
  /** Share of its filters; absent: all. */
  width?: number;
}

/**
 * "23,528,522 numbers, 94.1 MB (10 classes, 224 × 224 pixels)".
 * @param bytes of the model in the forecast, where there is one of this model: of a row, or of a share of the filters, nothing else tells them
 */
export function sizeHere({ model, dataset, sides, width }: ChosenModel, bytes?: number): string {
  const of = `(${answersWords(dataset)}, ${dataset.kind === 'table' ? columnsWords(dataset) : sidesWords(sides ?? dataset)})`;
  if (dataset.kind === 'table' || width !== undefined)
    return bytes === undefined ? `Counted with the forecast ${of}` : sized(bytes / BYTES_OF_NUMBER, of);
  const { channels, labels } = dataset;
  return sized(parametersFor(model, { ...(sides ?? dataset), channels, classes: labels.length }), of);
}

export function ownSizeWords(own?: OwnModel): string {
  if (!own) return 'As large as its file says';
  const { parameters, outputs, inputShape } = own;
  const [height, width] = inputShape;
  return sized(parameters, `(${counted(outputs, 'class', 'classes')}, ${sidesWords({ width, height })})`);
}

const answersWords = (dataset: DatasetSummary): string =>
  dataset.kind === 'table' && dataset.task === 'regression' ? 'a number' : counted(dataset.labels.length, 'class', 'classes');

const columnsWords = ({ columns }: TableSummary): string => counted(columns, 'column', 'columns');

const sidesWords = ({ width, height }: Sides): string => `${width} × ${height} pixels`;

const sized = (parameters: number, of: string): string =>
  `${count(parameters)} numbers, ${formatBytes(BYTES_OF_NUMBER * parameters)} ${of}`;

/** @param plan as measured for the settings of now */
export function cardFacts({ wants, smallestSide }: ModelCard, isTable: boolean, plan?: MeasuredPlan): [name: string, value: string][] {
  return [
    ['Data', wants],
    ...(isTable || smallestSide === undefined ? [] : ([['Sides', `From ${smallestSide} pixels.`]] satisfies [string, string][])),
    ...(plan ? ([['Here', measuredWords(plan, isTable ? word('row') : word('picture'))]] satisfies [string, string][]) : []),
  ];
}

type MeasuredPlan = Pick<Plan, 'fit' | 'secondsPerEpoch' | 'disturbed' | 'stages'>;

/** Where the largest need is the update's, or that of what waits between stages, a line through small pieces does not rise. */
function measuredWords({ fit, stages, ...timed }: MeasuredPlan, one: string): string {
  const { secondsPerEpoch, timesApart } = undisturbed(timed.secondsPerEpoch, timed.disturbed);
  const memory =
    fit.bytesPerSample > 0 && !stages ? `${formatBytes(fit.bytesPerSample)} for each ${one}` : 'Hardly more memory for larger pieces';
  return `${memory}, ${roughly(secondsPerEpoch, timesApart)} an epoch.`;
}
