// Stands by while a file is decoded by a library that may crash or never come back: told to the host, who can end this process.

export interface DecodeGuard {
  /** Files that ended a process before, and what the report says of them. */
  ended: ReadonlyMap<string, string>;
  /** Where files are to be opened one by one: called before each, and without a name when it is done. */
  opening?(file?: string): Promise<void>;
  /** Files take longer than any should; of several, which is not known. */
  stuck(file?: string): void;
}

/** Generous: a disk may be slow, a machine busy. `workingBytes`: in use while it is decoded. */
const limitMs = (workingBytes: number): number => 30_000 + workingBytes / 10_000;

/** Waits for files that are opened, and says when that takes too long. */
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

/** Stands by while `files` are opened: one whose decoder hangs has a name only where it is alone. */
export async function guarded<Result>(
  guard: DecodeGuard | undefined,
  files: readonly { file: string }[],
  open: (patience: Patience) => Promise<Result>,
): Promise<Result> {
  const only = files.length === 1 ? files[0].file : undefined;
  const patience = new Patience(() => guard?.stuck(only));
  if (only !== undefined) await guard?.opening?.(only);
  try {
    return await open(patience);
  } finally {
    patience.end();
    if (only !== undefined) await guard?.opening?.();
  }
}
