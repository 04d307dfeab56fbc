// What Linux tells about memory, as text files: how much a process can still take, and whether somebody was killed for want of it.
// Reading is the caller's: this file runs anywhere.

/** The file's text; empty where there is none. */
export type ReadText = (path: string) => string;

/** Control groups this process is in, from its own to the root (version 2; in a container the root alone). */
function groups(read: ReadText): string[] {
  const own = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup'))?.[1] ?? '/';
  const parts = own.split('/').filter(Boolean);
  return parts.map((_, i) => `/sys/fs/cgroup/${parts.slice(0, parts.length - i).join('/')}`).concat('/sys/fs/cgroup');
}

const entry = (text: string, name: string): number => Number(new RegExp(`^${name}:?\\s+(\\d+)`, 'm').exec(text)?.[1] ?? NaN);

/** What a group's limit leaves; caches it would give back do not count as used. Infinity without a limit. */
function leftInGroup(limit: string, used: string, stat: string): number {
  const most = Number(limit || NaN);
  if (!(most > 0)) return Infinity;
  return Math.max(0, most - Number(used || 0) + (entry(stat, 'inactive_file') || entry(stat, 'total_inactive_file') || 0));
}

/** Bytes a process can take now without swapping: what the system has, within the limits of the control groups it is in. */
export function availableMemoryBytes(read: ReadText, freeBytes: number): number {
  const available = entry(read('/proc/meminfo'), 'MemAvailable');
  const limits = groups(read).map((group) =>
    leftInGroup(read(`${group}/memory.max`), read(`${group}/memory.current`), read(`${group}/memory.stat`)),
  );
  const first = '/sys/fs/cgroup/memory';
  limits.push(leftInGroup(read(`${first}/memory.limit_in_bytes`), read(`${first}/memory.usage_in_bytes`), read(`${first}/memory.stat`)));
  return Math.min(Number.isNaN(available) ? freeBytes : available * 1024, ...limits);
}

/** How often a process of these groups, or of the system, was killed for its memory so far; NaN where that is not told. */
const kills = (read: ReadText): number[] =>
  [...groups(read).map((group) => `${group}/memory.events`), '/proc/vmstat'].map((path) => entry(read(path), 'oom_kill'));

/** A run may take days: who was killed long before a process last spoke is not why it died. */
const EVERY_MILLISECONDS = 1_000;

/** Whether the system killed anybody for memory since a process gave its last signs of life. */
export class OomWatch {
  /** Of the reading before the last: what the last message brought may have been under way when the process was killed. */
  #before: number[];
  #last: number[];
  #readAt: number;

  constructor(
    private readonly read: ReadText,
    private readonly now = () => Date.now(),
  ) {
    this.#before = this.#last = kills(read);
    this.#readAt = now();
  }

  alive(): void {
    if (this.now() - this.#readAt < EVERY_MILLISECONDS) return;
    this.#before = this.#last;
    this.#last = kills(this.read);
    this.#readAt = this.now();
  }

  /** Undefined where the system does not tell. */
  get killed(): boolean | undefined {
    const now = kills(this.read);
    return now.every((count) => Number.isNaN(count)) ? undefined : now.some((count, i) => count > this.#before[i]);
  }
}
