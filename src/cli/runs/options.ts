// The words after `runs`.
import { EVALUATED_PARTS, type EvaluatedPart } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';
import { tagsIn } from '#shared/run-marks';
import { parseWords } from '../parse-words';

export const RUNS_HELP = `npm run runs -- list [--tag TAG]           the runs of the app's history, the pinned ones first, then the newest
npm run runs -- show RUN                   one of them: what it promises, its settings and what it came to
npm run runs -- compare RUN RUN…           2 to 8 runs: the settings that differ, the results, and whether one is better than the first
npm run runs -- export [RUN…] --out FILE   all runs, or these, as a table (FILE.csv), with their curves (FILE.json), or whole for another computer (FILE.zip)
npm run runs -- import FILE.zip            runs of another computer into the history; nothing that is there is changed

RUN is its name, its id or the beginning of that.

  --part NAME         compare by these samples: validation, test (validation)
  --tag TAG[,TAG…]    list those with this tag, or with all of these
  --without-models    leave the trained models out of FILE.zip
  --json              print it for programs`;

export interface RunsOptions {
  part: EvaluatedPart;
  out?: string;
  /** A run has to have all of them. */
  tags: string[];
  'without-models': boolean;
  json: boolean;
  help: boolean;
}

const HELP = 'See npm run runs -- --help.';

export const badUsage = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem: `${problem} ${HELP}` });

export function readRunsArguments(args: string[]): { action?: string; words: string[]; options: RunsOptions } {
  const options = {
    part: { type: 'string', default: 'validation' },
    out: { type: 'string' },
    tag: { type: 'string', default: '' },
    'without-models': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const {
    values: { tag, ...values },
    words,
  } = parseWords(args, options, HELP, Infinity);
  const [action, ...runs] = words;
  return { action, words: runs, options: { ...values, part: partNamed(values.part), tags: tagsIn(tag) } };
}

function partNamed(name: string): EvaluatedPart {
  const part = EVALUATED_PARTS.find((known) => known === name);
  if (part === undefined) throw badUsage(`There is no part "${name}". Use one of: ${EVALUATED_PARTS.join(', ')}.`);
  return part;
}
