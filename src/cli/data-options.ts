// The words after `data`: what to do with which data, and how it is to be read and stored.
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import {
  ImportOptionsSchema,
  type CheckReport,
  type ImportOptions,
  type PictureCheck,
  type PictureKind,
  type SourceChoices,
} from '#shared/dataset';
import type { ClassMap } from '#shared/dataset-edits';
import { FailureError } from '#shared/failure';
import type { MaskCheck } from '#shared/segmentation';
import { oneOf, TABLE_HELP, TABLE_OPTIONS, tableOptions } from './table-options';

const USAGE =
  'Use: data check DATA [--kind classes|masks] [--labels PATTERN] [--csv FILE], data import DATA --out FOLDER [--kind classes|masks] [--labels PATTERN] [--size WxH] [--grey|--colour] [--classes LIST] [--groups keep|mix], data list [FOLDER], or data show FOLDER|NAME|NAME@VERSION; DATA is a folder, a zip archive, a table (.csv, .tsv), an IDX or NumPy array, or sample:digits, sample:shapes, sample:penguins, sample:diabetes; PATTERN says where names carry the label, e.g. {label}_{number}; LIST renames, merges or leaves out classes, e.g. 1=cat,2=cat,255= (of masks, pixels of a class left out are not learnt from); --kind says whether each picture has a class or a mask, where looking finds the other; --groups mix lets pictures of one group (a folder, a patient) be learnt from and measured with; data list without a folder lists what the app has imported; --json prints JSON lines; --help lists the options for tables.';

export const DATA_HELP = `${USAGE}

Of tables, with check and import:
${TABLE_HELP}`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  out: text,
  csv: text,
  size: text,
  labels: text,
  classes: text,
  kind: text,
  groups: text,
  grey: flag,
  colour: flag,
  json: flag,
  help: flag,
  ...TABLE_OPTIONS,
};
export type DataOptions = ReturnType<typeof readDataArguments>['options'];

/** @throws FailureError bad-setting */
export function readDataArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
    const [action, folder, extra] = positionals;
    if (extra !== undefined) throw new Error(`"${extra}" is one word too many.`);
    return { action, folder, options: values };
  } catch (error) {
    throw badUsage(error instanceof Error ? error.message : String(error));
  }
}

const KINDS: Record<string, PictureKind> = { classes: 'image-classes', masks: 'segmentation' };
const GROUPS: Record<string, boolean> = { keep: true, mix: false };

/** What is said before anything is looked at. @throws FailureError bad-setting */
export function sourceChoices(options: DataOptions): SourceChoices {
  const { kind, labels } = options;
  return { kind: kind === undefined ? undefined : oneOf('kind', KINDS, kind), labelPattern: labels, table: tableOptions(options) };
}

/** What the check suggests, unless the command line says otherwise. @throws FailureError bad-setting */
export function chosenOptions(report: CheckReport, options: DataOptions): ImportOptions {
  if (report.kind !== 'table') return pictureOptions(report, options);
  const { size, grey, colour, classes, groups } = options;
  if (size !== undefined || grey || colour || classes !== undefined || groups !== undefined)
    throw badUsage('Only pictures have a size, colours, groups and classes to rename, and this is a table.');
  return report.suggested;
}

function pictureOptions(
  { suggested, classes: found, groups: foundGroups }: PictureCheck | MaskCheck,
  { size, grey, colour, classes, groups }: DataOptions,
): ImportOptions {
  if (grey && colour) throw badUsage('Pictures are stored either in --grey or in --colour.');
  const match = size === undefined ? undefined : /^(\d{1,5})(?:[x×](\d{1,5}))?$/i.exec(size);
  if (match === null) throw badUsage(`"${size}" is no picture size; write it like 96x96.`);
  const [width, height] = match ? [Number(match[1]), Number(match[2] ?? match[1])] : [suggested.width, suggested.height];
  const map =
    classes === undefined
      ? {}
      : {
          classes: classMap(
            classes,
            found.map(({ label }) => label),
          ),
        };
  const keepGroups = groups === undefined ? suggested.keepGroups : oneOf('groups', GROUPS, groups);
  if (keepGroups && foundGroups === undefined)
    throw badUsage('There are no groups to keep together: no folders below, and no column of them.');
  const channels = grey ? 1 : colour ? 3 : suggested.channels;
  const chosen = v.safeParse(ImportOptionsSchema, { ...suggested, ...map, width, height, channels, keepGroups });
  if (!chosen.success) throw badUsage(`Pictures are stored at 4 to 1024 pixels a side, not at ${width} × ${height}.`);
  return chosen.output;
}

/** From "1=cat,2=cat,255=". */
function classMap(text: string, known: readonly string[]): ClassMap {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const cut = part.lastIndexOf('=');
      const [from, to] = [part.slice(0, cut).trim(), part.slice(cut + 1).trim()];
      if (cut < 0 || !known.includes(from)) throw badUsage(`"${part}" renames no class; the classes are ${known.slice(0, 20).join(', ')}.`);
      return [from, to === '' ? null : to];
    }),
  );
}

export const badUsage = (what: string): FailureError => new FailureError({ kind: 'bad-setting', problem: `${what} ${USAGE}` });
