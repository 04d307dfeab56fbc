// Looks at every row of a table before anything is copied, and says what was found in plain words.
import { basename } from 'node:path';
import type { FileProblem } from '#shared/dataset';
import type { TableCheck, TableOptions } from '#shared/table';
import { counted } from '../class-counts';
import type { Watch } from '../watch';
import { columnReports } from './column-words';
import { ENCODING_WORDS, SEPARATOR_WORDS } from './detect';
import { encodeRows } from './encode-rows';
import { byteStage, openSource, type TableSource } from './open-source';
import { fenceOf, hasOutliers, relate, relations } from './relations';
import { RepeatCount } from './row-key';
import { Moments } from './sketch';
import { advise, blockingConditions } from './table-advice';
import { short } from './value-words';

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, cancelled */
export async function checkTable(path: string, options: Partial<TableOptions> = {}, watch: Watch = {}): Promise<TableCheck> {
  const source = await openSource(path, options, watch);
  const { survey, decision } = source;
  const quartiles = decision.inputs.map(({ place, column }) =>
    hasOutliers(column) ? fenceOf(...(survey.columns[place].sample.quantiles(0.25, 0.75) as [number, number])) : undefined,
  );
  const related = relations(decision, quartiles);
  const relateRow = relate(related);
  const classCounts = decision.labels.map(() => 0);
  const target = new Moments();
  const repeats = new RepeatCount();
  const { rows, leftOut } = await encodeRows(
    source.path,
    decision,
    (row) => {
      relateRow(row);
      repeats.add(row.values, row.target);
      if (decision.task === 'classification') classCounts[row.target]++;
      else target.add(row.target);
    },
    { onBytes: byteStage(watch, 'check', source.bytes), signal: watch.signal },
  );
  const judged = { source, rows, classCounts, relations: related, duplicates: repeats.count };
  const { least, most, mean, deviation } = target;
  return {
    kind: 'table',
    name: tableName(path),
    summary: summarise(source, rows, classCounts),
    rows,
    columns: columnReports(survey, decision),
    task: decision.task,
    target: survey.names[decision.target],
    classes: decision.labels.map((label, i) => ({ label, count: classCounts[i] })),
    ...(decision.task === 'regression' && rows > 0 ? { range: { least, most, mean, deviation } } : {}),
    format: survey.format,
    suggested: suggestion(options, source),
    problems: leftOut.all() satisfies FileProblem[],
    blocking: blockingConditions(judged),
    advice: advise(judged),
  };
}

/** The file's name without its ending. */
export const tableName = (path: string): string => basename(path).replace(/\.(?:csv|tsv|tab|txt|data)$/i, '') || basename(path);

/** As it was found, so that an import reads the same table whatever is found next time. */
const suggestion = ({ columns }: Partial<TableOptions>, { survey, decision }: TableSource): TableOptions => ({
  kind: 'table',
  format: survey.format,
  target: survey.names[decision.target],
  task: decision.task,
  ...(columns ? { columns } : {}),
});

/** "344 rows, 8 columns, separator comma; target: species, 3 classes." */
function summarise({ survey, decision }: TableSource, rows: number, classCounts: readonly number[]): string {
  const { format, names, columns } = survey;
  const how = [
    `separator ${SEPARATOR_WORDS[format.separator]}`,
    ...(format.decimal === ',' ? ['decimal comma'] : []),
    ...(format.encoding === 'utf-8' ? [] : [ENCODING_WORDS[format.encoding]]),
    ...(format.header ? [] : ['no header']),
    ...(format.above === undefined ? [] : [`${counted(format.above, 'row', 'rows')} above the table passed over`]),
  ];
  const { numbers } = columns[decision.target];
  const target =
    decision.task === 'classification'
      ? counted(classCounts.filter((count) => count > 0).length, 'class', 'classes')
      : `a number from ${short(numbers.least)} to ${short(numbers.most)}`;
  return `${counted(rows, 'row', 'rows')}, ${counted(names.length, 'column', 'columns')}, ${how.join(', ')}; target: ${names[decision.target]}, ${target}.`;
}
