// What runs are called that nobody gave a name: what they learn from, the model, the batch; and a number where there is one of that name.
import { locale } from './language';
import { MODEL_CARDS } from './model-cards';
import { OWN_MODEL, type RunSpec } from './run-spec';

export const LONGEST_NAME = 200;

const modelWords = ({ model }: Pick<RunSpec, 'model'>): string => (model === OWN_MODEL ? 'own model' : MODEL_CARDS[model].label);

/** "digits, Small CNN, batch 1,024" */
export const usualName = (datasetName: string, spec: Pick<RunSpec, 'model' | 'batch'>): string =>
  `${datasetName}, ${modelWords(spec)}, batch ${spec.batch.toLocaleString(locale)}`;

/** As it is, or with the first number that nobody has: "… (2)". */
export function unlike(name: string, others: ReadonlySet<string>): string {
  if (!others.has(name)) return name;
  const base = name.replace(/ \(\d+\)$/, '');
  for (let n = 2; ; n++) {
    const numbered = `${base.slice(0, LONGEST_NAME - ` (${n})`.length)} (${n})`;
    if (!others.has(numbered)) return numbered;
  }
}

const REPEATED = ', repeated';
/** At the end of a name, in whichever language it was given. */
const IS_REPEATED = new RegExp(`(?:, repeated|${REPEATED})(?: \\(\\d+\\))?$`);

/** Of the run that makes that one again. */
export function repeatedName(name: string): string {
  const [base] = name.split(IS_REPEATED);
  return `${base.slice(0, LONGEST_NAME - REPEATED.length)}${REPEATED}`;
}
