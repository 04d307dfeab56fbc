// Moving the data to another folder, as the window tells of it and the processes say it to each other.
export interface MoveProgress {
  /** `history`: the database, while nobody may write to it. */
  stage: 'files' | 'history';
  doneBytes: number;
  totalBytes: number;
}

/** A move that was cut off or cancelled: the data lies where it was, and a part of it in `to` besides. */
export interface UnfinishedMove {
  to: string;
  begunAt: string;
}

/** What became of the choice of a folder. */
export type FolderLook =
  /** `to`: the folder itself where it is empty, else a new one in it. */
  | { kind: 'free'; to: string; neededBytes: number; freeBytes: number }
  /** Data of Overbatch lies there already. */
  | { kind: 'holds-data'; to: string }
  | { kind: 'refused'; problem: string };

export type FolderOffer = FolderLook & { token: string };

/** Data besides those in use: in the usual folder, and where they were moved from. */
export const OTHER_DATA = ['usual', 'before'] as const;
export type OtherData = (typeof OTHER_DATA)[number];

/** What lies there. */
export interface DataLook {
  folder: string;
  bytes: number;
  /** Absent: its history cannot be read. */
  holds?: { runs: number; datasets: number };
}

export interface DataPlace {
  folder: string;
  /** The usual one, in the app's own folder. */
  usual: string;
  /** Data lies there too, which could be used instead. */
  isUsualUsed?: true;
  /** Where the data should be; that is not there, and `folder` takes its place until the next start. */
  missing?: string;
  /** It was moved from there, and all of it still lies there. */
  before?: string;
  unfinished?: UnfinishedMove;
  moving?: MoveProgress & { to: string };
}
