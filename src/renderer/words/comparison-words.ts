// A comparison as one document: what the Compare page shows, to be saved as a page or for a spreadsheet.
import { fixed, word } from '#shared/language';
import type { Comparison } from '#shared/comparison/comparison';
import type { ComparisonChart, ComparisonDocument } from '#shared/comparison/comparison-document';
import type { ComparisonMatrix } from '#shared/comparison/matrix-table';
import type { RunDetail, RunSummary } from '#shared/run-record';
import { differenceWords, resultRows, settingRows } from './compare-words';
import { comparedSummary, comparedTable, curveOf, CURVE_AXES, type CurveMeasure, type Drawn } from './compared-curves';
import { lettered } from './compared-runs';
import { toldVerdicts } from './conclusion-words';
import { SCORE_NAMES } from './curve-summary';
import { loss, percent } from './numbers';
import { spreadRow } from './repeat-words';
import { day } from './time';
import type { PaperTable } from './whole-against-pieces';

export interface Compared extends Drawn {
  run: RunDetail;
}

/** What is said of each beside the baseline, and what else of the history belongs to it. */
interface Around {
  comparison?: Comparison;
  all: readonly RunSummary[];
  versionOf: (datasetId: string) => number | undefined;
  claim?: PaperTable;
  matrices: ComparisonMatrix[];
}

export function comparisonDocument(
  compared: readonly Compared[],
  { comparison, all, versionOf, claim, matrices }: Around,
): ComparisonDocument {
  const runs = compared.map(({ run }) => run);
  const columns = compared.map((one) => lettered(one, one.run));
  const settings = settingRows(runs);
  const spread = spreadRow(runs, all);
  const results = resultRows(runs);
  const resultTexts = results.map(({ name, texts, deltas }) => [
    name,
    ...texts.map((text, i) => (deltas[i] ? `${text} (${differenceWords(deltas[i])})` : text)),
  ]);
  const rowsOf = (differs: boolean): string[][] =>
    settings.filter((row) => row.differs === differs).map(({ name, values }) => [name, ...values]);
  return {
    title: `${columns.length} runs compared`,
    lead: `The baseline is ${columns[0]}. Saved ${day(new Date().toISOString())}.`,
    verdicts: toldVerdicts(compared, comparison, versionOf).flatMap(({ sentences }) => sentences),
    ...(claim && { claim: { title: 'Whole against pieces', ...claim } }),
    tables: [
      { title: 'Settings that differ', columns: ['Setting', ...columns], rows: rowsOf(true) },
      {
        title: 'Results, and how far they are from the baseline’s',
        columns: ['Result', ...columns],
        rows: [...resultTexts, ...spreadRows(spread)],
      },
      { title: 'Settings that are alike', columns: ['Setting', ...columns], rows: rowsOf(false) },
    ],
    charts: charts(compared),
    ...(matrices.length > 0 && { matrices }),
    data: {
      runs: compared.map(({ run: { id, name, startedAt }, letter }) => ({ letter, id, name, startedAt })),
      results: results.map(({ name, unit, better, values }) => ({
        name,
        ...(unit && { unit }),
        ...(better && { better }),
        values: values.map((value) => value ?? null),
      })),
    },
  };
}

const spreadRows = (spread: ReturnType<typeof spreadRow>): string[][] => (spread ? [[spread.name, ...spread.texts]] : []);

function charts(compared: readonly Compared[]): ComparisonChart[] {
  const { sort } = compared[0].run;
  const name = SCORE_NAMES[sort];
  const alike = compared.filter(({ run }) => run.sort === sort);
  return [
    chart(alike, 'score', `Validation ${name ?? word('accuracy')}`, (value) => (name ? fixed(value, 3) : percent(value))),
    chart(compared, 'validationLoss', 'Validation loss', loss),
    chart(compared, 'trainLoss', 'Training loss', loss),
  ];
}

function chart(compared: readonly Compared[], measure: CurveMeasure, title: string, say: (value: number) => string): ComparisonChart {
  return {
    title,
    summary: comparedSummary(compared, measure, title, say),
    x: CURVE_AXES.epoch.title,
    lines: compared.map(({ run, letter, dash }) => ({
      letter,
      dash: [...dash],
      points: curveOf(run, measure, 'epoch', 0).shown.map(({ x, y }): [number, number] => [x, y]),
    })),
    table: { title, ...comparedTable(compared, measure, say) },
  };
}
