// `train --models`: the cards of all models as lines of text, grouped by the data they are for.
import { formatBytes } from '#shared/bytes';
import { CARD_CLASSES, cardBytes, MODEL_CARDS } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';
import { MASK_MODELS, MODEL_NAMES, TABLE_MODELS, type ModelName } from '#shared/run-spec';

const GROUPS: [title: string, models: readonly ModelName[]][] = [
  ['Pictures, a class each', modelsFor('pictures')],
  ['Pictures with masks', MASK_MODELS],
  ['Tables', TABLE_MODELS],
];
const WIDEST = Math.max(...MODEL_NAMES.map((name) => name.length));

function cardLines(name: ModelName, isTable: boolean): string[] {
  const card = MODEL_CARDS[name];
  const { about, wants, smallestSide, parameters } = card;
  const size =
    parameters === undefined
      ? 'By --start model:FILE; as large as that is.'
      : `${parameters.toLocaleString('en')} parameters (${formatBytes(cardBytes(card))}).`;
  const from = isTable || smallestSide === undefined ? '' : ` Sides from ${smallestSide} pixels.`;
  return [`  ${name.padEnd(WIDEST)}  ${about}`, `  ${''.padEnd(WIDEST)}  ${size} ${wants}${from}`];
}

export function modelLines(): string[] {
  const groups = GROUPS.flatMap(([title, models]) => ['', title, ...models.flatMap((name) => cardLines(name, models === TABLE_MODELS))]);
  return [`Choose one with --model NAME. Sizes are for ${CARD_CLASSES} classes.`, ...groups];
}

/** For --json: one object a model. */
export const modelCards = (): Record<string, unknown>[] =>
  MODEL_NAMES.map((name) => ({ name, ...MODEL_CARDS[name], bytes: cardBytes(MODEL_CARDS[name]) }));
