// What a column is, judged by its values: number, category, boolean or date; or not to be learnt from, with the reason.
import { locale } from '#shared/language';
import { DATE_FORMATS, type ColumnKind, type DateFormat, type TableFormat } from '#shared/table';
import { MOST_VALUES, type ColumnSurvey } from './survey';

/** A few cells that are something else do not change what a column is; they count as missing and are said. */
const MOSTLY = 0.95;
/** Below this many rows everything is nearly unique. */
const FEW_ROWS = 20;
const NEARLY_ALL = 0.9;
/** Categories beyond the most frequent so many become "other". */
export const MOST_CATEGORIES = 50;

const ID_NAME =
  /^(?:(?:.*[\s_.-])?(?:id|uuid|guid|key|index|idx|nr|no|number|row|rownames)|unnamed.*|#|column 1|.*[a-z]I[dD]|nummer|.*\bname|.*_name)$/i;
const TIME_NAME = /year|jahr|date|time|day|month|week|age|epoch|hour/i;

export function kindOf(column: ColumnSurvey): ColumnKind {
  const { present, yesNo, numbers, leadingZeros } = column;
  if ([...yesNo.values()].includes(present) && column.values.size <= 4) return 'boolean';
  if (numbers.count >= MOSTLY * present && leadingZeros === 0) return 'number';
  if (dateFormatOf(column)) return 'date';
  return 'category';
}

/** The format most cells are written in; of day and month first, where both fit, that of the table's decimal mark. */
export function dateFormatOf(column: ColumnSurvey, decimal: TableFormat['decimal'] = '.'): DateFormat | undefined {
  const { dates, present } = column;
  const order: DateFormat[] = decimal === ',' ? [...DATE_FORMATS] : ['year-month-day', 'month-day-year', 'day-month-year'];
  const best = order.reduce((a, b) => (dates[b] > dates[a] ? b : a));
  return present > 0 && dates[best] >= MOSTLY * present ? best : undefined;
}

/** Day and month could be either way round. */
export const isDateAmbiguous = ({ dates, present }: ColumnSurvey): boolean =>
  present > 0 && dates['day-month-year'] === dates['month-day-year'] && dates['day-month-year'] >= MOSTLY * present;

/** Why nothing can be learnt from a column; undefined where something can. The middle of "left out: …". */
export function uselessness(name: string, kind: ColumnKind, column: ColumnSurvey): string | undefined {
  const { present, missing, distinct, numbers, integers } = column;
  if (present === 0) return 'it has no value in any row';
  if (distinct.count === 1 && missing === 0) return `it has the same value in every row (${[...column.values.keys()][0] ?? '…'})`;
  if (present < FEW_ROWS) return undefined;
  const unique = distinct.count / present;
  if (kind === 'number' && integers === present && unique >= 0.98) {
    const isRunning = Math.abs(numbers.most - numbers.least + 1 - present) <= 0.02 * present && !TIME_NAME.test(name);
    if (isRunning) return 'it only counts the rows';
    if (ID_NAME.test(name)) return 'it gives every row its own number';
  }
  if (kind === 'category' && unique >= NEARLY_ALL) return 'nearly every row has a text of its own, as names and notes do';
  return undefined;
}

export const isHighCardinality = (kind: ColumnKind, { values, overflown }: ColumnSurvey): boolean =>
  kind === 'category' && (overflown || values.size > MOST_CATEGORIES);

/** "1,000 and more" where they were not all counted. */
export const differentValues = ({ distinct, overflown }: ColumnSurvey): string =>
  overflown && distinct.count < MOST_VALUES ? `more than ${distinct.count.toLocaleString(locale)}` : distinct.count.toLocaleString(locale);

const TARGET_NAME =
  /^(?:target|label|labels|class|y|outcome|species|category|result|response|survived|diagnosis|quality|price|klasse|ziel|zielwert)$/i;

/** The column named like a target, else the last that something can be learnt about. */
export function guessTarget(names: readonly string[], isUsable: (place: number) => boolean): number {
  const named = names.findIndex((name, place) => TARGET_NAME.test(name) && isUsable(place));
  if (named >= 0) return named;
  for (let place = names.length - 1; place >= 0; place--) if (isUsable(place)) return place;
  return names.length - 1;
}

/** Numbers with at most so many different whole values are classes, as in many tables. */
const FEW_VALUES = 10;

export function guessTask(kind: ColumnKind, { integers, present, values, overflown }: ColumnSurvey): 'classification' | 'regression' {
  if (kind === 'category' || kind === 'boolean') return 'classification';
  return kind === 'number' && integers === present && !overflown && values.size <= FEW_VALUES && present >= 5 * values.size
    ? 'classification'
    : 'regression';
}
