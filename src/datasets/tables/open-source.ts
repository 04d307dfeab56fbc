// A table's file looked at once: its format found, its columns surveyed, what is to be learnt from what decided.
import { realpath, stat } from 'node:fs/promises';
import type { ImportProgress } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import type { TableFormat, TableOptions } from '#shared/table';
import { Stage, throwIfCancelled, type Watch } from '../watch';
import { decide, type Decision } from './decide';
import { detectFormat, SEPARATOR_WORDS } from './detect';
import { surveyTable, type TableSurvey } from './survey';
import { NotUtf8 } from './text';

export interface TableSource {
  path: string;
  bytes: number;
  survey: TableSurvey;
  decision: Decision;
  /** The file says it is UTF-8 and is not. */
  fellBack: boolean;
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, cancelled */
export async function openSource(chosen: string, options: Partial<TableOptions>, watch: Watch): Promise<TableSource> {
  const { path, bytes } = await realFile(chosen);
  let format: TableFormat;
  let survey: TableSurvey;
  let fellBack = false;
  const look = () => surveyTable(path, format, { onBytes: byteStage(watch, 'look', bytes), signal: watch.signal });
  try {
    format = await detectFormat(path, options.format);
    survey = await look();
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    // What names are read by decides what else is found: all of it again.
    format = await detectFormat(path, { ...options.format, encoding: 'windows-1252' } satisfies Partial<TableFormat>);
    fellBack = true;
    survey = await look();
  }
  throwIfCancelled(watch.signal);
  if (survey.columns.length < 2) throw invalidTable(chosen, tooNarrow(survey));
  return { path, bytes, survey, decision: decide(survey, options), fellBack };
}

function tooNarrow({ format, rows, raggedCount, ragged }: TableSurvey): string {
  if (raggedCount > rows)
    return `its first line has one cell, and line ${ragged[0].line} has ${ragged[0].cells}. Remove the lines above the column names, and choose it again.`;
  return `only one column was found in it (separator ${SEPARATOR_WORDS[format.separator]}), and two are needed: one to learn and one to learn it from. Check how the table was saved, or choose another.`;
}

const invalidTable = (path: string, problem: string) => new FailureError({ kind: 'dataset-invalid', path, problem });

async function realFile(chosen: string): Promise<{ path: string; bytes: number }> {
  try {
    const path = await realpath(chosen);
    const found = await stat(path);
    if (found.isFile()) return { path, bytes: found.size };
  } catch (error) {
    if (toFailure(error).kind === 'no-permission')
      throw invalidTable(chosen, 'it may not be opened. Change its permissions, or choose another.');
    throw new FailureError({ kind: 'dataset-missing', path: chosen });
  }
  throw invalidTable(chosen, 'it is no file. Choose a table as a .csv or .tsv file.');
}

/** Bytes read, as progress. */
export function byteStage(watch: Watch, stage: ImportProgress['stage'], total: number): (bytes: number) => void {
  const read = new Stage(watch, stage, total, 'bytes');
  return (bytes) => read.advance(bytes);
}
