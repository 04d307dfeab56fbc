// A process of ours that does one job, as its host sees it; Electron's in the app, Node's own in tests.
import { tellsOfExhaustion } from './exhaustion';
import type { Failure } from './failure';

export type Program = 'trainer' | 'importer' | 'keeper';

export interface Child<Command, Message> {
  post(command: Command): void;
  onMessage(listener: (message: Message) => void): void;
  onExit(listener: (how: Exit) => void): void;
  kill(): void;
}

export interface Exit {
  code: number | null;
  signal?: string;
  /** The last it printed as an error. */
  said?: string;
  /** Whether the system killed a process for its memory since this one last spoke; absent where the system does not tell. */
  oomKill?: boolean;
}

export type Fork = <Command, Message>(program: Program) => Child<Command, Message>;

const OUTSIDE = 'it was ended from outside';
const GAVE_UP = 'it gave up, most often because memory ran out';
const CRASHED = 'it crashed';

const KILL = 9;
const NUMBERS: Record<string, number> = { SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGKILL: KILL, SIGSEGV: 11, SIGTERM: 15 };

/** By the number of the signal. Chromium ends a process in which an allocation failed with the fifth. */
const SIGNALS: Record<number, string> = { 4: CRASHED, 5: GAVE_UP, 6: GAVE_UP, 7: CRASHED, 11: CRASHED, 15: OUTSIDE };

/** Signals of a process that gave up or faulted inside an op, as it does when an allocation fails there (design/CAPTURE.md, "Memory"). */
const FAULTS = [5, 6, 7, 11];

/** Access violation, no memory, commitment limit, corrupted stack, an allocation of Chromium's that failed. */
const WINDOWS_FAULTS = new Map([
  [0xc0000005, CRASHED],
  [0xc0000017, GAVE_UP],
  [0xc000012d, GAVE_UP],
  [0xc0000409, CRASHED],
  [0xe0000008, GAVE_UP],
]);

/** Electron answers the bare number of a signal, or nothing, for a process that was killed; shells and containers add 128. */
function signalOf({ code, signal }: Exit): number | undefined {
  if (signal !== undefined) return NUMBERS[signal];
  // A job's process never ends by itself.
  if (code === 0) return KILL;
  const bare = code !== null && code > 128 ? code - 128 : code;
  return Object.values(NUMBERS).find((number) => number === bare);
}

/** How a process ended, for a person: "it crashed, signal 11". */
export function exitInWords(exit: Exit): string {
  const { code, signal, oomKill } = exit;
  const number = signalOf(exit);
  if (number === KILL) return oomKill ? 'the system ended it, because memory ran out' : killedInWords(exit);
  if (number !== undefined) return `${SIGNALS[number]}, signal ${number}`;
  if (signal !== undefined) return `signal ${signal}`;
  if (code === null) return oomKill ? 'the system ended it, because memory ran out' : 'nobody knows why';
  const unsigned = code >>> 0;
  const label = unsigned > 255 ? `code 0x${unsigned.toString(16)}` : `code ${code}`;
  const meaning = WINDOWS_FAULTS.get(unsigned);
  return meaning ? `${meaning}, ${label}` : label;
}

/** Where the system does not tell whom it kills, it may have been that. */
const killedInWords = ({ oomKill }: Exit): string =>
  oomKill === undefined ? `${OUTSIDE}, or by the system for want of memory, signal ${KILL}` : `${OUTSIDE}, signal ${KILL}`;

/**
 * Is there evidence that memory ran out: the process gave up or faulted, said so, or was killed while the system was killing for memory?
 * A kill without such a sign may have been anybody's.
 */
export function diedOfExhaustion(exit: Exit): boolean {
  const { code, said = '', oomKill = false } = exit;
  if (tellsOfExhaustion(said)) return true;
  const number = signalOf(exit);
  if (number !== undefined) return FAULTS.includes(number) || (number === KILL && oomKill);
  return code === null ? oomKill : WINDOWS_FAULTS.has(code >>> 0);
}

export const died = (how: Exit): Extract<Failure, { kind: 'trainer-died' }> => ({
  kind: 'trainer-died',
  how: exitInWords(how),
  exhausted: diedOfExhaustion(how),
});

/** Enough for the lines a dying library prints. */
const SAID_LENGTH = 4_000;

export const lastSaid = (said: string, more: string): string => `${said}${more}`.slice(-SAID_LENGTH);
