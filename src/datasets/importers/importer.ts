// What every kind of source gives: its pictures, named and labelled, before one is opened.
import type { FileProblem, PictureLayout, SourceChoices, SplitName } from '#shared/dataset';
import type { RawPicture } from '../decode-picture';
import type { Place } from '../sources/open';
import type { Source } from '../sources/source';
import type { Watch } from '../watch';

export interface ListedPicture {
  /** Relative to the source, forward slashes; of an array, the file that holds it, `#` and its place there. */
  file: string;
  /** Index into the listing's labels. */
  label: number;
  split: SplitName;
  /** Of the file; of an array, of this picture. */
  bytes: number;
  /** Where every pixel has a class: the file that says which. */
  mask?: Pick<ListedPicture, 'file' | 'bytes'>;
  /** What it belongs to with others: the folder it lies in below its class, the value of a column. */
  group?: string;
}

export interface Listing {
  layout: PictureLayout;
  /** How labels were found, where that is not plain from the layout: a clause for the summary. */
  found?: string;
  /** The pattern that names were read by, where they carry the labels. */
  labelPattern?: string;
  /** Every picture has a mask, whose values are the labels: names of them by number, where a file beside gives them. */
  masks?: { names: string[] };
  /** In the order of their names; a label without pictures is listed too, so that it can be named. */
  labels: string[];
  /** In the order of their names, those of an array in its own. */
  pictures: ListedPicture[];
  /** Files that belong to no class, links out of the folder, and the like. */
  problems: FileProblem[];
  /** A whole file, or pixels that need no decoding. Quick for pictures in their order. @throws PictureError */
  read(picture: Pick<ListedPicture, 'file' | 'bytes'>): Promise<Buffer | RawPicture>;
  /** Where its file lies on the disk, if it does. */
  place?(picture: Pick<ListedPicture, 'file'>): string | undefined;
  /** Of the file on the disk that it comes from, asked for before it is read. Without it an import that was killed begins anew. */
  stamp?(picture: Pick<ListedPicture, 'file'>): Promise<string | undefined>;
}

/** How a listing reads the files of a source. */
export const filesOf = (source: Source): Pick<Listing, 'read' | 'place' | 'stamp'> => ({
  read: ({ file, bytes }) => source.read(file, bytes),
  place: ({ file }) => source.place?.(file),
  stamp: ({ file }) => source.stamp(file),
});

/** Of pictures; a label pattern takes the place of what is found by looking: see label-pattern.ts. */
export type Choices = Pick<SourceChoices, 'kind' | 'labelPattern'>;

export interface Importer {
  /** Looks at names, and at headers where names say little. Undefined: it is not of this kind. @throws FailureError */
  list(place: Place, watch: Watch, choices: Choices): Promise<Listing | undefined>;
}
