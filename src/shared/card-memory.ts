// What the graphics card's driver tells of its memory, as nvidia-smi prints it: how much is free, and which programs hold the rest.
// Asking is the caller's: this file runs anywhere.

export interface CardUser {
  /** The program's name, without where it lies. */
  program: string;
  /** Absent where the driver does not say (Windows). */
  bytes?: number;
}

export interface CardMemory {
  name: string;
  freeBytes: number;
  totalBytes: number;
  /** Other programs that compute on it, the largest first. */
  users: CardUser[];
}

/** Answers with what parseCard reads; sizes are in MiB. */
export const CARD_QUESTION = ['--query-gpu=uuid,name,memory.total,memory.free', '--format=csv,noheader,nounits'];
export const USERS_QUESTION = ['--query-compute-apps=gpu_uuid,process_name,used_memory', '--format=csv,noheader,nounits'];

const MIB = 2 ** 20;
const cells = (line: string): string[] => line.split(',').map((cell) => cell.trim());
const bytesOf = (cell = ''): number | undefined => (/^\d+$/.test(cell) ? MIB * Number(cell) : undefined);
const programOf = (path: string): string => path.split(/[\\/]/).at(-1)!;

/**
 * Of the first card, which is the one TensorFlow computes on; undefined where the driver tells nothing that can be read.
 * @param own the program's own name: what it holds itself is nobody else's
 */
export function parseCard(cards: string, users: string, own: string): CardMemory | undefined {
  const [uuid, ...rest] = cells(cards.trim().split('\n')[0]);
  // A name may hold a comma; what follows it does not.
  const [total, free] = rest.slice(-2).map(bytesOf);
  if (!uuid || rest.length < 3 || total === undefined || free === undefined) return undefined;
  const others = users
    .trim()
    .split('\n')
    .map(cells)
    .filter((line) => line.length >= 3 && line[0] === uuid)
    .map((line) => ({ program: programOf(line.slice(1, -1).join(', ')), bytes: bytesOf(line.at(-1)) }))
    .filter(({ program }) => program !== own)
    .sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
  return { name: rest.slice(0, -2).join(', '), freeBytes: free, totalBytes: total, users: others };
}
