// `receipt`: what a finished run promises and what it came to, as the window's page of it says; printed, or saved as a page or as JSON.
import { resolve } from 'node:path';
import { receiptDocument } from '#renderer/words/receipt-words';
import { FailureError } from '#shared/failure';
import { receiptText } from '#shared/receipt-document';
import { receiptJson } from '#shared/receipt-json';
import { receiptPage } from '#shared/receipt-page';
import { writeFileAtomic } from '#trainer/atomic';
import { parseWords } from './parse-words';
import { runFromFolder } from './run-from-folder';

export const RECEIPT_HELP = `npm run receipt -- RUNFOLDER [options]

  --out FILE          write it there instead: a page to read (FILE.html) or data for programs (FILE.json)
  --json              print it as JSON`;

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

export function receiptCommand(args: string[]): Promise<number> {
  const { runFolder, out, json, help } = readArguments(args);
  if (help || runFolder === undefined) {
    console.log(RECEIPT_HELP);
    return Promise.resolve(help ? 0 : 1);
  }
  const run = runFromFolder(resolve(runFolder));
  const data = receiptJson(run);
  if (out === undefined) console.log(json ? data : receiptText(receiptDocument(run)));
  else {
    writeFileAtomic(resolve(out), out.endsWith('.html') ? receiptPage(receiptDocument(run), data) : data);
    console.log(`Saved ${out}.`);
  }
  return Promise.resolve(0);
}

function readArguments(args: string[]) {
  const options = {
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const { values, words } = parseWords(args, options, 'See npm run receipt -- --help.', 1);
  if (values.out !== undefined && !/\.(html|json)$/.test(values.out))
    throw bad(`--out must end in .html (a page to read) or .json (data for programs), not "${values.out}".`);
  return { ...values, runFolder: words.at(0) };
}
