// From a survey and what the person said to what is learnt from what: the target, and how each column becomes numbers.
import { FailureError } from '#shared/failure';
import type { ColumnKind, DateCycle, TableFormat, TableOptions, Task, UsedColumn } from '#shared/table';
import { byText } from '../sources/source';
import { yesOrNo } from './cells';
import { dateFormatOf, guessTarget, guessTask, kindOf, MOST_CATEGORIES, uselessness } from './kinds';
import type { ColumnSurvey, TableSurvey } from './survey';

export interface Decision {
  format: TableFormat;
  names: string[];
  /** Place of the target among the columns. */
  target: number;
  targetKind: ColumnKind;
  task: Task;
  /** Classes in order; none where the target is a number. */
  labels: string[];
  inputs: { place: number; column: UsedColumn }[];
  leftOut: { place: number; kind: ColumnKind; reason: string }[];
}

/** Of classes, above which a target is none. */
export const MOST_CLASSES = 1000;

const bad = (problem: string) => new FailureError({ kind: 'bad-setting', problem });

/** @throws FailureError bad-setting for a column that is not there, dataset-invalid for a table without columns to learn from */
export function decide({ format, names, columns }: TableSurvey, options: Pick<TableOptions, 'target' | 'task' | 'columns'> = {}): Decision {
  const chosen = options.columns ?? {};
  for (const name of [...Object.keys(chosen), ...(options.target === undefined ? [] : [options.target])]) {
    if (!names.includes(name))
      throw bad(`There is no column "${name}". The columns are: ${names.slice(0, 30).join(', ')}${names.length > 30 ? ', …' : ''}.`);
  }
  const saidKind = (place: number): ColumnKind | undefined => {
    const said = chosen[names[place]];
    return said === 'left-out' ? undefined : said;
  };
  const kinds = columns.map((column, place) => saidKind(place) ?? kindOf(column));
  const useless = columns.map((column, place) => uselessness(names[place], kinds[place], column));
  const target = options.target === undefined ? guessTarget(names, (place) => useless[place] === undefined) : names.indexOf(options.target);
  const task = options.task ?? guessTask(kinds[target], columns[target]);
  const inputs: Decision['inputs'] = [];
  const leftOut: Decision['leftOut'] = [];
  for (const [place, column] of columns.entries()) {
    if (place === target) continue;
    const reason = chosen[names[place]] === 'left-out' ? 'you left it out' : saidKind(place) ? emptiness(column) : useless[place];
    if (reason) leftOut.push({ place, kind: kinds[place], reason });
    else inputs.push({ place, column: used(names[place], kinds[place], column, format) });
  }
  const labels = task === 'classification' ? classes(columns[target]) : [];
  return { format, names, target, targetKind: kinds[target], task, labels, inputs, leftOut };
}

const emptiness = ({ present }: ColumnSurvey): string | undefined => (present === 0 ? 'it has no value in any row' : undefined);

/** In the order of numbers where they are numbers, else of their texts. */
function classes({ values, numbers, present }: ColumnSurvey): string[] {
  const labels = [...values.keys()];
  return numbers.count === present ? labels.sort((a, b) => Number(a) - Number(b) || byText(a, b)) : labels.sort(byText);
}

function used(name: string, kind: ColumnKind, column: ColumnSurvey, { decimal }: TableFormat): UsedColumn {
  const { missing, present, numbers, days, times } = column;
  switch (kind) {
    case 'number': {
      const lost = missing + present - numbers.count;
      return { kind, name, missing: lost, origin: originOf(numbers), flag: lost > 0 };
    }
    case 'boolean': {
      const known = [...column.values].reduce((sum, [word, count]) => (isYesNo(word) ? sum + count : sum), 0);
      const lost = missing + present - known;
      return { kind, name, missing: lost, flag: lost > 0 };
    }
    case 'date': {
      const format = dateFormatOf(column, decimal) ?? 'year-month-day';
      const lost = missing + present - days[format].count;
      return {
        kind,
        name,
        missing: lost,
        format,
        origin: Math.floor(Math.max(-1e8, Math.min(1e8, days[format].least))),
        cycles: cyclesOf(days[format], times > 0),
        flag: lost > 0,
      };
    }
    case 'category':
      return { kind, name, missing, ...categories(column), ownMissing: missing > 0 };
  }
}

const isYesNo = (word: string): boolean => yesOrNo(word) !== undefined || word === '0' || word === '1';

/** float32 keeps seven digits: numbers far from zero and close together are kept as differences. */
const originOf = ({ least, most }: { least: number; most: number }): number =>
  Math.max(Math.abs(least), Math.abs(most)) > 1000 * (most - least) && most > least ? least : 0;

/** A circle is worth its numbers where the dates go round it. */
function cyclesOf({ least, most }: { least: number; most: number }, isTimed: boolean): DateCycle[] {
  const days = most - least;
  return [...(days >= 60 ? ['year' as const] : []), ...(days >= 7 ? ['week' as const] : []), ...(isTimed ? ['day' as const] : [])];
}

/** The most frequent ones, in the order of their texts. */
function categories({ values, overflown }: ColumnSurvey): { categories: string[]; other: boolean } {
  const ordered = [...values].sort((a, b) => b[1] - a[1] || byText(a[0], b[0])).map(([value]) => value);
  const other = overflown || ordered.length > MOST_CATEGORIES;
  return { categories: ordered.slice(0, other ? MOST_CATEGORIES - 1 : MOST_CATEGORIES).sort(byText), other };
}
