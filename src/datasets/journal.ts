// What an import has done so far, beside what it wrote: after a kill, the same import goes on behind what is proven to lie there.
import { createHash } from 'node:crypto';
import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const JOURNAL_FILE = 'journal.jsonl';
/** Longer than any first line. */
const HEAD_BYTES = 1_000;

/** The first line. */
export interface JournalHead {
  /** Of what is imported and how: another import does not go on. */
  identity: string;
  /** Things to be done. */
  total: number;
}

/** Another line: things that were done, in their order. */
export interface JournalPart<Entry> {
  entries: Entry[];
  /** Over the part before and these entries. */
  sum: string;
  /** Bytes of the journal up to its end. */
  end: number;
}

export class Journal<Entry> {
  #waiting: Entry[] = [];
  #sum: string;
  #parts: number;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    readonly head: JournalHead,
    /** What an earlier process did; whether it is there, who wrote it has to prove. */
    readonly earlier: readonly JournalPart<Entry>[] = [],
  ) {
    this.#sum = earlier.at(-1)?.sum ?? head.identity;
    this.#parts = earlier.length;
  }

  /** The one in `folder`, or a new one. */
  static async open<Entry>(folder: string, head: JournalHead): Promise<Journal<Entry>> {
    const path = join(folder, JOURNAL_FILE);
    const earlier = await readJournal<Entry>(folder);
    const file = await open(path, earlier ? 'a' : 'w');
    if (!earlier) await file.appendFile(`${JSON.stringify(head)}\n`);
    return new Journal(path, file, earlier?.head ?? head, earlier?.parts);
  }

  /** The first so many parts stand; what was behind them is done again. */
  async goOnBehind(parts: number): Promise<void> {
    this.#parts = parts;
    const last = this.earlier.slice(0, parts).at(-1);
    await this.file.truncate(last?.end ?? headBytes(this.head));
    this.#sum = last?.sum ?? this.head.identity;
  }

  /** That stand. */
  get parts(): number {
    return this.#parts;
  }

  note(entry: Entry): void {
    this.#waiting.push(entry);
  }

  /** Call when what was noted lies on the disk as far as this process can tell. */
  async save(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const entries = JSON.stringify(this.#waiting);
    this.#sum = sumOf(this.#sum, entries);
    this.#waiting = [];
    await this.file.appendFile(`{"sum":"${this.#sum}","entries":${entries}}\n`);
    this.#parts++;
  }

  /** The version is whole: nobody goes on. */
  async remove(): Promise<void> {
    // Windows moves no folder in which a file is open.
    await this.close();
    await rm(this.path);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

const headBytes = (head: JournalHead): number => Buffer.byteLength(`${JSON.stringify(head)}\n`);

const sumOf = (before: string, entries: string): string => createHash('sha256').update(before).update(entries).digest('hex');

/** Undefined where there is no journal, or nothing in it. */
export async function readHead(folder: string): Promise<JournalHead | undefined> {
  const file = await open(join(folder, JOURNAL_FILE), 'r').catch(() => undefined);
  try {
    const { buffer, bytesRead } = (await file?.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)) ?? {};
    const [line, next] = buffer?.toString('utf8', 0, bytesRead).split('\n') ?? [];
    return next ? (JSON.parse(line) as JournalHead) : undefined;
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

/** As far as it is whole. Undefined where there is none. */
export async function readJournal<Entry>(folder: string): Promise<{ head: JournalHead; parts: JournalPart<Entry>[] } | undefined> {
  const text = await readFile(join(folder, JOURNAL_FILE), 'utf8').catch(() => '');
  const lines = text.split('\n').slice(0, -1);
  try {
    const head = JSON.parse(lines[0]) as JournalHead;
    const parts: JournalPart<Entry>[] = [];
    let [sum, end] = [head.identity, headBytes(head)];
    for (const line of lines.slice(1)) {
      const part = partOf<Entry>(line, sum);
      if (!part) break;
      sum = part.sum;
      end += Buffer.byteLength(line) + 1;
      parts.push({ ...part, end });
    }
    return { head, parts };
  } catch {
    return undefined;
  }
}

/** Undefined for a line that is cut off or was changed. */
function partOf<Entry>(line: string, before: string): Omit<JournalPart<Entry>, 'end'> | undefined {
  try {
    const { sum, entries } = JSON.parse(line) as { sum: string; entries: Entry[] };
    return sum === sumOf(before, JSON.stringify(entries)) ? { sum, entries } : undefined;
  } catch {
    return undefined;
  }
}
