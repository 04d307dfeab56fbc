// What a check says about a table besides its rows: what forbids learning from it, and what is worth knowing.
import { locale, word } from '#shared/language';
import { counted, listed, named } from '../class-counts';
import { namedLikePicture } from '../formats/identify';
import { MOST_CLASSES } from './decide';
import { dateFormatOf, differentValues, isDateAmbiguous, isHighCardinality } from './kinds';
import type { TableSource } from './open-source';
import type { Relation } from './relations';
import type { ColumnSurvey } from './survey';
import { DATE_FORMAT_WORDS, short } from './value-words';

const TINY_CLASS = 10;
const IMBALANCE = 5;
const FEWEST_ROWS = 10;
const MOST_MISSING = 0.5;

export interface Judged {
  source: TableSource;
  rows: number;
  /** Rows of each class. */
  classCounts: readonly number[];
  relations: readonly Relation[];
  duplicates: number;
}

/** One sentence each; none means Ready. */
export function blockingConditions({ source, rows, classCounts }: Pick<Judged, 'source' | 'rows' | 'classCounts'>): string[] {
  const { survey, decision } = source;
  const target = named(survey.names[decision.target]);
  if (survey.rows + survey.raggedCount === 0) return ['It has names of columns and no rows below them. Add rows, or choose another table.'];
  const conditions: string[] = [];
  if (survey.raggedCount > survey.rows) {
    conditions.push(
      `Most rows do not have the ${survey.names.length} cells of the first row. Check the separator, or remove the lines above the header.`,
    );
  }
  const naming = decision.leftOut.find(({ place }) => namesPictures(survey.columns[place]));
  if (decision.inputs.length === 0 && naming) {
    const name = survey.names[naming.place];
    conditions.push(`The pictures that "${name}" names are not there. Put the table into the folder of the pictures, and choose it again.`);
  } else if (decision.inputs.length === 0)
    conditions.push(
      `No column is left to learn from${whyLeftOut(source)}. Take one of those that were left out, or choose another target.`,
    );
  if (decision.task === 'regression' && rows === 0)
    conditions.push(`${target} holds no numbers, so it cannot be learnt as one. Choose classification, or another target.`);
  else if (rows < FEWEST_ROWS) conditions.push(`Only ${counted(rows, 'row', 'rows')} can be used, and at least ${FEWEST_ROWS} are needed.`);
  if (decision.task === 'classification') {
    const { overflown } = survey.columns[decision.target];
    if (overflown || decision.labels.length > MOST_CLASSES) {
      conditions.push(
        `${target} has ${differentValues(survey.columns[decision.target])} different values; at most ${MOST_CLASSES.toLocaleString(locale)} classes can be told apart. Choose regression if they are numbers, or another target.`,
      );
    } else if (classCounts.filter((count) => count > 0).length < 2) {
      conditions.push(`${target} has only one class, and at least two are needed. Choose another target.`);
    }
  }
  return conditions;
}

const namesPictures = ({ values }: ColumnSurvey): boolean => values.size > 0 && [...values.keys()].slice(0, 20).every(namedLikePicture);

const MOST_REASONS = 3;

function whyLeftOut({ survey, decision: { leftOut } }: TableSource): string {
  if (leftOut.length === 0 || leftOut.length > MOST_REASONS) return '';
  return `: ${leftOut.map(({ place, reason }) => `"${survey.names[place]}" is left out, ${reason}`).join('; ')}`;
}

export function advise({ source, rows, classCounts, relations, duplicates }: Judged): string[] {
  const { survey, decision, fellBack } = source;
  const { inputs, labels, names } = { ...decision };
  const advice: string[] = [];
  if (fellBack) {
    advice.push(
      'The file is not UTF-8, so it was read as Latin-1 (windows-1252). If letters with accents look wrong, save it again as UTF-8.',
    );
  }
  advice.push(...survey.nameNotes);
  for (const [i, { place, column }] of inputs.entries()) {
    const name = named(column.name);
    const of = survey.columns[place];
    const leak = relations[i].leak();
    if (leak) advice.push(`${name} gives the target away: ${leak}. If it is not known before the answer is, leave it out.`);
    if (isHighCardinality(column.kind, of)) {
      advice.push(
        `${name} has ${differentValues(of)} different values; only the most frequent are told apart. If it names single things, leave it out.`,
      );
    }
    const strangers = column.kind === 'number' ? of.notNumbers : [];
    if (strangers.length > 0) {
      const count = of.present - of.numbers.count;
      const examples = strangers.slice(0, 3).map(({ line, cell }) => `"${cell.slice(0, 30)}" in line ${line.toLocaleString(locale)}`);
      advice.push(
        `${counted(count, 'cell', 'cells')} of ${name} ${count === 1 ? 'is no number and counts' : 'are no numbers and count'} as missing: ${examples.join(', ')}.`,
      );
    }
    if (column.missing > MOST_MISSING * (of.present + of.missing)) {
      advice.push(
        `${name} is missing in ${Math.round((100 * column.missing) / (of.present + of.missing))} % of the rows; little can be learnt from it.`,
      );
    }
    const read = column.kind === 'date' && isDateAmbiguous(of) ? dateFormatOf(of, decision.format.decimal) : undefined;
    if (read) advice.push(`Day and month of ${name} could be either way round; they are read as ${DATE_FORMAT_WORDS[read]}.`);
    const { outliers } = relations[i];
    if (outliers) {
      advice.push(
        `${counted(outliers.count, 'value', 'values')} of ${name} ${outliers.count === 1 ? word('lies') : word('lie')} far outside the others, the farthest ${short(outliers.value)} in line ${outliers.line.toLocaleString(locale)}. Check whether they are right.`,
      );
    }
  }
  if (decision.task === 'classification') advice.push(...classAdvice(labels, classCounts));
  const noTarget = survey.columns[decision.target].missing;
  if (noTarget === 1) advice.push(`1 row has no value in "${names[decision.target]}" and is left out.`);
  else if (noTarget > 1)
    advice.push(`${noTarget.toLocaleString(locale)} rows have no value in "${names[decision.target]}" and are left out.`);
  if (duplicates > 0) {
    advice.push(
      `${counted(duplicates, 'row repeats', 'rows repeat')} another one exactly; equal rows are kept on one side of the split, so that none is learnt and measured with.`,
    );
  }
  if (rows > 0 && rows < 100) advice.push(`${counted(rows, 'row', 'rows')} are few: what is measured on the part held out is mostly luck.`);
  return advice;
}

function classAdvice(labels: readonly string[], counts: readonly number[]): string[] {
  const advice: string[] = [];
  const tiny = labels.filter((_, label) => counts[label] > 0 && counts[label] < TINY_CLASS);
  if (tiny.length > 0)
    advice.push(`Fewer than ${TINY_CLASS} rows in ${listed(tiny)}: results for so few are mostly luck. Add more if you can.`);
  const sized = labels.map((label, i) => ({ label, count: counts[i] })).filter(({ count }) => count > 0);
  sized.sort((a, b) => b.count - a.count);
  const [largest, smallest] = [sized[0], sized[sized.length - 1]];
  if (sized.length > 1 && largest.count >= IMBALANCE * smallest.count) {
    advice.push(
      `"${largest.label}" has ${Math.round(largest.count / smallest.count)} times as many rows as "${smallest.label}" (${largest.count.toLocaleString(locale)} and ${smallest.count.toLocaleString(locale)}): a model learns the rare class worse. Class weights may help.`,
    );
  }
  return advice;
}
