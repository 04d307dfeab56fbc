// Stands by while a file is decoded by a library that may crash or never come back: told to the host, who can end this process.
import { PictureError } from './picture-error';

export interface DecodeGuard {
  /** Files that ended a process before, and what the report says of them. */
  ended: ReadonlyMap<string, string>;
  /** Where files are to be opened one by one: called before each, and without a name when it is done. */
  opening?(file?: string): Promise<void>;
  /** A file takes longer than any should. */
  stuck(file: string): void;
}

/** Generous: a disk may be slow, a machine busy. `workingBytes`: in use while it is decoded. */
const limitMs = (workingBytes: number): number => 30_000 + workingBytes / 10_000;

/** Waits for one file, and says when that takes too long. */
export class Patience {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly overstrained: () => void) {}

  begin(workingBytes = 0): void {
    this.end();
    this.#timer = setTimeout(this.overstrained, limitMs(workingBytes));
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** @throws PictureError what `open` throws; unreadable for a file that ended a process before */
export async function guarded<Result>(
  guard: DecodeGuard | undefined,
  file: string,
  open: (patience: Patience) => Promise<Result>,
): Promise<Result> {
  const patience = new Patience(() => guard?.stuck(file));
  const known = guard?.ended.get(file);
  if (known !== undefined) throw new PictureError('unreadable', known);
  await guard?.opening?.(file);
  try {
    return await open(patience);
  } finally {
    patience.end();
    await guard?.opening?.();
  }
}
