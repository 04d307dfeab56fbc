// The words after `data`: what to do with which data.
import { FailureError } from '#shared/failure';
import { parseWords } from './parse-words';
import { READING_OPTIONS } from './reading-options';
import { TABLE_HELP } from './table-options';

const USAGE =
  'Use: data check DATA [--kind classes|masks] [--labels PATTERN] [--csv FILE], data import DATA --out FOLDER [--kind classes|masks] [--labels PATTERN] [--size WxH] [--grey|--colour] [--classes LIST] [--groups keep|mix], data list [FOLDER], data show FOLDER|NAME|NAME@VERSION, or data discard FOLDER (of an import that was stopped); DATA is a folder, a zip archive, a table (.csv, .tsv), an IDX or NumPy array, or sample:digits, sample:shapes, sample:penguins, sample:diabetes; PATTERN says where names carry the label, e.g. {label}_{number}; LIST renames, merges or leaves out classes, e.g. 1=cat,2=cat,255= (of masks, pixels of a class left out are not learnt from); --kind says whether each picture has a class or a mask, where looking finds the other; --groups mix lets pictures of one group (a folder, a patient) be learnt from and measured with; data list without a folder lists what the app has imported; --json prints JSON lines; --help lists the options for tables.';

export const DATA_HELP = `${USAGE}

Of tables, with check and import:
${TABLE_HELP}`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = { out: text, csv: text, json: flag, help: flag, ...READING_OPTIONS };
export type DataOptions = ReturnType<typeof readDataArguments>['options'];

/** @throws FailureError bad-setting */
export function readDataArguments(args: string[]) {
  const { values, words } = parseWords(args, OPTIONS, 'See npm run data -- --help.', 2);
  return { action: words.at(0), folder: words.at(1), options: values };
}

export const badUsage = (what: string): FailureError => new FailureError({ kind: 'bad-setting', problem: `${what} ${USAGE}` });
