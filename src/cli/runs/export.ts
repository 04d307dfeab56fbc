// `runs export`: runs as a table for a spreadsheet, with their curves for programs, or whole for another computer. Nothing that lies there is replaced.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { resultRows, settingRows } from '#renderer/words/compare-words';
import { RUN_STATES } from '#renderer/words/run-words';
import type { RunSummary } from '#shared/run-record';
import { csvLine } from '#shared/csv';
import { receiptJson } from '#shared/receipt-json';
import { getRun } from '#store/run-detail';
import { writeFileAtomic } from '#trainer/atomic';
import { findRun, type ReadHistory } from './history';
import { badUsage, type RunsOptions } from './options';
import { packCommand } from './pack';

export async function exportCommand(history: ReadHistory, words: string[], options: RunsOptions): Promise<void> {
  const { out, json } = options;
  const runs = words.length === 0 ? history.runs : words.map((word) => findRun(history.runs, word));
  if (out === undefined || !/\.(csv|json|zip)$/.test(out))
    throw badUsage('Say with --out where the runs go: FILE.csv, FILE.json or FILE.zip.');
  if (runs.length === 0) throw badUsage('The history is empty, so there is nothing to export.');
  const file = resolve(out);
  if (existsSync(file)) throw badUsage(`There is a file ${out} already. Choose another name.`);
  if (out.endsWith('.zip')) return packCommand(history, runs, file, options);
  writeFileAtomic(file, out.endsWith('.csv') ? runsCsv(runs) : runsJson(history, runs));
  history.say(json ? JSON.stringify({ kind: 'exported', file, runs: runs.length }) : `Wrote ${runs.length} runs to ${out}.`);
}

/** Settings in the words of the app, results as plain numbers. */
export function runsCsv(runs: readonly RunSummary[]): string {
  const settings = settingRows(runs);
  const results = resultRows(runs);
  const names = [
    'Id',
    'Name',
    'Started',
    'State',
    ...results.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)),
    ...settings.map(({ name }) => name),
  ];
  const lines = runs.map((run, i) =>
    csvLine([
      run.id,
      run.name,
      run.startedAt,
      RUN_STATES[run.state].label,
      ...results.map(({ values }) => String(values[i] ?? '')),
      ...settings.map(({ values }) => values[i]),
    ]),
  );
  return csvLine(names) + lines.join('');
}

/** As their receipts for programs, and the epochs of each. */
function runsJson({ db }: ReadHistory, runs: readonly RunSummary[]): string {
  const told = runs.map(({ id }) => {
    const run = getRun(db, id);
    return { id, ...(JSON.parse(receiptJson(run)) as object), epochs: run.epochs };
  });
  return JSON.stringify({ format: 1, runs: told }, null, 2);
}
