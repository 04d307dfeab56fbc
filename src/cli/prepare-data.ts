// The data a command names: a shipped sample, a packed data set as it is, or a folder of pictures or a table, checked and packed first.
import { existsSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '#shared/failure';
import { checkData, importData } from './import-host';
import { locateData } from './locate-data';
import { chosenOptions, saysHowToRead, sourceChoices, type ReadingOptions } from './reading-options';

export interface PrepareOptions {
  say(sentence: string): void;
  signal: AbortSignal;
  /** What was said of how it is to be read. */
  reading?: ReadingOptions;
  /** Content hash that it must come to: what lies in the folder already stays where it does not. */
  expectedHash?: string;
}

/** Answers a packed data set's folder; what is not packed is packed into `outFolder`/data. What was left out is said. */
export async function prepareData(
  data: string,
  outFolder: string,
  { say, signal, reading = {}, expectedHash }: PrepareOptions,
): Promise<string> {
  const source = locateData(data);
  if (existsSync(join(source, 'manifest.json'))) {
    if (!saysHowToRead(reading)) return source;
    throw new FailureError({
      kind: 'bad-setting',
      problem: `${source} is packed already, and stays as it was imported. Leave out what says how it is to be read.`,
    });
  }
  const report = await checkData(source, sourceChoices(reading), { signal });
  if (report.blocking.length > 0) throw new FailureError({ kind: 'dataset-invalid', path: source, problem: report.blocking.join(' ') });
  if (report.kind !== 'image-classes') {
    say(`${report.name}: ${report.summary}`);
    for (const sentence of report.advice.slice(0, 10)) say(sentence);
  } else if (report.likelyMasks !== undefined) {
    say(`${report.likelyMasks} If so, say --kind masks.`);
  }
  const broken = report.problems.filter((p) => p.severity === 'error');
  for (const { file, message } of broken.slice(0, 10)) say(`Left out ${file}: ${message}`);
  if (broken.length > 10) say(`… and ${broken.length - 10} more were left out; the list is in the data set's manifest.json.`);
  const isNew = !existsSync(outFolder);
  const into = join(outFolder, 'data');
  // What an earlier run left there may be other data: packed again beside it, then put in its place.
  const beside = join(outFolder, 'data.new');
  try {
    rmSync(beside, { recursive: true, force: true });
    const { contentHash } = await importData(source, chosenOptions(report, reading), beside, { signal });
    if (expectedHash !== undefined && contentHash !== expectedHash) {
      rmSync(beside, { recursive: true, force: true });
      const problem = 'this run learnt from other data, or from data that was read in another way. Give the data set it was trained on.';
      throw new FailureError({ kind: 'dataset-invalid', path: source, problem });
    }
    rmSync(into, { recursive: true, force: true });
    renameSync(beside, into);
    return into;
  } catch (error) {
    if (isNew) removeEmpty(outFolder);
    throw error;
  }
}

/** A run that came to nothing leaves no folder; one in which an import can go on stays. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
}
