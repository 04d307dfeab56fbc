// `runs show`: one run, in the words of its receipt.
import { receiptDocument } from '#renderer/words/receipt-words';
import { receiptJson } from '#shared/receipt-json';
import { receiptText } from '#shared/receipt-document';
import { getRun } from '#store/run-detail';
import { findRun, type ReadHistory } from './history';
import { badUsage, type RunsOptions } from './options';

export function showCommand({ db, runs, say }: ReadHistory, words: string[], { json }: RunsOptions): void {
  if (words.length !== 1) throw badUsage('Name one run.');
  const run = getRun(db, findRun(runs, words[0]).id);
  say(json ? receiptJson(run) : receiptText(receiptDocument(run)));
}
