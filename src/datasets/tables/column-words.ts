// A table's columns in words: what each holds, how it becomes numbers, what happens where it is missing.
import { locale, word } from '#shared/language';
import { assertNever } from '#shared/assert-never';
import { DATE_FORMATS, type ColumnReport, type DateFormat, type UsedColumn } from '#shared/table';
import type { Bar } from '#shared/table-view';
import { rangeBars, valueBars } from './bars';
import type { Decision } from './decide';
import { differentValues, isDateAmbiguous } from './kinds';
import { widthOf } from './expand';
import { CYCLE_WORDS, DATE_FORMAT_WORDS, day, short } from './value-words';
import type { ColumnSurvey, TableSurvey } from './survey';

const SHOWN = 4;

/** In the order of the file. */
export function columnReports(
  { names, columns }: TableSurvey,
  { target, targetKind, task, inputs, leftOut, labels }: Decision,
): ColumnReport[] {
  const used = new Map(inputs.map(({ place, column }) => [place, column]));
  const out = new Map(leftOut.map((one) => [one.place, one]));
  return columns.map((survey, place): ColumnReport => {
    const facts = { name: names[place], missing: survey.missing };
    if (place === target) {
      const rule =
        task === 'classification' ? `What is learnt: one of ${labels.length.toLocaleString(locale)} classes.` : 'What is learnt: a number.';
      return {
        ...facts,
        kind: targetKind,
        use: 'target',
        rule,
        ...heldBy(task === 'classification' ? 'category' : 'number', survey),
      };
    }
    const column = used.get(place);
    if (column)
      return {
        ...facts,
        kind: column.kind,
        use: 'input',
        missing: column.missing,
        rule: ruleOf(column, survey),
        ...heldBy(column.kind, survey),
      };
    const { kind = 'category', reason = '' } = out.get(place) ?? {};
    return { ...facts, kind, use: 'left-out', rule: `Left out: ${reason}.`, ...heldBy(kind, survey) };
  });
}

function ruleOf(column: UsedColumn, survey: ColumnSurvey): string {
  const flag = 'flag' in column && column.flag;
  switch (column.kind) {
    case 'number':
      return flag ? 'Standardized; where it is missing the median, and a mark that it was missing.' : word('Standardized.');
    case 'boolean':
      return flag ? '0 or 1; where it is missing the more frequent one, and a mark that it was missing.' : '0 or 1.';
    case 'date': {
      const read = isDateAmbiguous(survey) ? ` (read as ${DATE_FORMAT_WORDS[column.format]})` : '';
      const cycles =
        column.cycles.length > 0 ? `, and its place in the ${column.cycles.map((cycle) => CYCLE_WORDS[cycle]).join(', ')}` : '';
      return `Days since the first${read}${cycles}${flag ? '; where it is missing the median, and a mark that it was missing' : ''}.`;
    }
    case 'category': {
      const other = column.other
        ? `; all but the ${column.categories.length} most frequent of ${differentValues(survey)} together as “other”`
        : '';
      const missing = column.ownMissing ? '; missing is a category of its own' : '';
      return `One number each category (${widthOf(column)} in all)${other}${missing}.`;
    }
    default:
      return assertNever(column);
  }
}

const heldBy = (kind: ColumnReport['kind'], survey: ColumnSurvey) => ({ values: valuesOf(kind, survey), bars: barsOf(kind, survey) });

function barsOf(kind: ColumnReport['kind'], { sample, values, present, dates, daySamples }: ColumnSurvey): Bar[] {
  switch (kind) {
    case 'number':
      return rangeBars(sample.values);
    case 'date':
      return rangeBars(daySamples[mostUsed(dates)].values, day);
    case 'boolean':
    case 'category':
      return valueBars(values, present - [...values.values()].reduce((sum, count) => sum + count, 0));
    default:
      return assertNever(kind);
  }
}

const mostUsed = (dates: Record<DateFormat, number>): DateFormat => DATE_FORMATS.reduce((a, b) => (dates[b] > dates[a] ? b : a));

function valuesOf(kind: ColumnReport['kind'], survey: ColumnSurvey): string {
  const { numbers, values, dates, days } = survey;
  if (survey.present === 0) return '';
  switch (kind) {
    case 'number':
      return numbers.count === 0 ? '' : `${short(numbers.least)} to ${short(numbers.most)}, mean ${short(numbers.mean)}`;
    case 'date': {
      const format = mostUsed(dates);
      return days[format].count === 0 ? '' : `${day(days[format].least)} to ${day(days[format].most)}`;
    }
    case 'boolean':
    case 'category': {
      const ordered = [...values].sort((a, b) => b[1] - a[1]);
      const shown = ordered.slice(0, SHOWN).map(([value, count]) => `${value.slice(0, 40)} (${count.toLocaleString(locale)})`);
      const more = ordered.length > SHOWN || survey.overflown ? `, … ${differentValues(survey)} in all` : '';
      return shown.join(', ') + more;
    }
    default:
      return assertNever(kind);
  }
}
