// The words of a command that say how data are to be read and stored: the same for importing and for training with them at once.
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
import { oneOf, TABLE_OPTIONS, tableOptions } from './table-options';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const PICTURE_OPTIONS = { kind: text, labels: text, size: text, grey: flag, colour: flag, classes: text, groups: text } as const;
export const READING_OPTIONS = { ...PICTURE_OPTIONS, ...TABLE_OPTIONS } as const;

export type ReadingOptions = {
  [K in keyof typeof READING_OPTIONS]?: (typeof READING_OPTIONS)[K]['type'] extends 'string' ? string : boolean;
};

export const PICTURE_HELP = `  --kind NAME         classes, masks: what each picture has     (found by looking)
  --labels PATTERN    how names of pictures carry the label, e.g. {label}_{number} (found by looking)
  --size WxH          bring pictures to this size               (suggested by looking)
  --grey, --colour    store pictures in grey or in colour       (as they are)
  --classes LIST      rename, merge or leave out classes, e.g. 1=cat,2=cat,255=
  --groups NAME       keep, mix: whether pictures of one group stay on one side (keep)`;

/** Whether anything is said at all. */
export const saysHowToRead = (options: ReadingOptions): boolean =>
  Object.keys(READING_OPTIONS).some((name) => options[name as keyof ReadingOptions] !== undefined);

const KINDS: Record<string, PictureKind> = { classes: 'image-classes', masks: 'segmentation' };
const GROUPS: Record<string, boolean> = { keep: true, mix: false };

/** What is said before anything is looked at. @throws FailureError bad-setting */
export function sourceChoices(options: ReadingOptions): SourceChoices {
  const { kind, labels } = options;
  return { kind: kind === undefined ? undefined : oneOf('kind', KINDS, kind), labelPattern: labels, table: tableOptions(options) };
}

/** What the check suggests, unless the command line says otherwise. @throws FailureError bad-setting */
export function chosenOptions(report: CheckReport, options: ReadingOptions): ImportOptions {
  if (report.kind !== 'table') return pictureOptions(report, options);
  const { size, grey, colour, classes, groups } = options;
  if (size !== undefined || grey || colour || classes !== undefined || groups !== undefined)
    throw bad('Only pictures have a size, colours, groups and classes to rename, and this is a table.');
  return report.suggested;
}

function pictureOptions(
  { suggested, classes: found, groups: foundGroups }: PictureCheck | MaskCheck,
  { size, grey, colour, classes, groups }: ReadingOptions,
): ImportOptions {
  if (grey && colour) throw bad('Pictures are stored either in --grey or in --colour.');
  const match = size === undefined ? undefined : /^(\d{1,5})(?:[x×](\d{1,5}))?$/i.exec(size);
  if (match === null) throw bad(`"${size}" is no picture size; write it like 96x96.`);
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
  if (keepGroups && foundGroups === undefined) throw bad('There are no groups to keep together: no folders below, and no column of them.');
  const channels = grey ? 1 : colour ? 3 : suggested.channels;
  const chosen = v.safeParse(ImportOptionsSchema, { ...suggested, ...map, width, height, channels, keepGroups });
  if (!chosen.success) throw bad(`Pictures are stored at 4 to 1024 pixels a side, not at ${width} × ${height}.`);
  return chosen.output;
}

/** From "1=cat,2=cat,255=". */
function classMap(text: string, known: readonly string[]): ClassMap {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const cut = part.lastIndexOf('=');
      const [from, to] = [part.slice(0, cut).trim(), part.slice(cut + 1).trim()];
      if (cut < 0 || !known.includes(from)) throw bad(`"${part}" renames no class; the classes are ${known.slice(0, 20).join(', ')}.`);
      return [from, to === '' ? null : to];
    }),
  );
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
