// What every kind of source gives: its pictures, named and labelled, before one is opened.
import type { CheckReport, FileProblem, SplitName } from '#shared/dataset';
import type { Watch } from '../watch';

export interface ListedPicture {
  /** Relative to the source, forward slashes. */
  file: string;
  /** Index into the listing's labels. */
  label: number;
  split: SplitName;
  bytes: number;
  /** What it belongs to with others: the folder it lies in below its class, the value of a column. */
  group?: string;
}

export interface Listing {
  layout: CheckReport['layout'];
  /** Sorted; a label without pictures is listed too, so that it can be named. */
  labels: string[];
  /** In the order of their names. */
  pictures: ListedPicture[];
  /** Files that belong to no class, links out of the folder, and the like. */
  problems: FileProblem[];
}

export interface Importer {
  /** Looks at names only. `root` is a real path. */
  recognises(root: string): Promise<boolean>;
  list(root: string, watch: Watch): Promise<Listing>;
}
