// A process of ours that does one job, as its host sees it; Electron's in the app, Node's own in tests.
import { tellsOfExhaustion } from './exhaustion';
import type { Failure } from './failure';

export type Program = 'trainer' | 'importer';

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
  /** The system killed a process for its memory while this one ran. */
  oomKill?: boolean;
}

export type Fork = <Command, Message>(program: Program) => Child<Command, Message>;

const KILLED = 'the system ended it, most often because memory ran out';
const ENDED = 'something ended it from outside';
/** A job's process never ends by itself: Electron 25 answers 0, or the signal, for one that was killed. */
const SILENT = 'it ended without giving a reason, most often because memory ran out';
const GAVE_UP = 'it gave up, most often because memory ran out';
const CRASHED = 'it crashed';

const SIGNALS: Record<string, string> = {
  SIGABRT: GAVE_UP,
  SIGKILL: KILLED,
  SIGTERM: ENDED,
  SIGSEGV: CRASHED,
  SIGBUS: CRASHED,
  SIGILL: CRASHED,
  // How Chromium ends a process in which an allocation failed.
  SIGTRAP: GAVE_UP,
};

const CODES = new Map([
  // The bare number of a signal (Electron), 128 + it (shells and containers).
  ...[0, 128].flatMap((base): [number, string][] => [
    [base + 5, GAVE_UP],
    [base + 6, GAVE_UP],
    [base + 7, CRASHED],
    [base + 9, KILLED],
    [base + 11, CRASHED],
    [base + 15, ENDED],
  ]),
  // Windows: access violation, no memory, commitment limit.
  [0xc0000005, CRASHED],
  [0xc0000017, GAVE_UP],
  [0xc000012d, GAVE_UP],
]);

/** How a process ended, for a person: "it crashed, SIGSEGV". */
export function exitInWords({ code, signal }: Exit): string {
  if (signal) return withLabel(SIGNALS[signal], signal);
  if (code === null) return 'nobody knows why';
  if (code === 0) return SILENT;
  const unsigned = code >>> 0;
  return withLabel(CODES.get(unsigned), unsigned > 255 ? `code 0x${unsigned.toString(16)}` : `code ${code}`);
}

const withLabel = (meaning: string | undefined, label: string): string => (meaning ? `${meaning}, ${label}` : label);

/** Signals of a process that gave up or faulted inside an op, as it does when an allocation fails there (design/CAPTURE.md, "Memory"). */
const FAULTS = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGTRAP'];
const FAULT_NUMBERS = [5, 6, 7, 11];
/** What a killed process answers: the signal, 128 + it, and in Electron 25 nothing. Others may be killed for memory while ours fails. */
const KILLED_CODES = [0, 9, 137];
const WINDOWS_FAULTS = [0xc0000005, 0xc0000017, 0xc000012d, 0xc0000409];

/**
 * Is there evidence that memory ran out: the process gave up or faulted, said so, or was killed while the system was killing for memory?
 * A kill without such a sign may have been anybody's.
 */
export function diedOfExhaustion({ code, signal, said = '', oomKill = false }: Exit): boolean {
  if (tellsOfExhaustion(said)) return true;
  if (signal) return FAULTS.includes(signal) || (signal === 'SIGKILL' && oomKill);
  if (code === null) return oomKill;
  const unsigned = code >>> 0;
  if (FAULT_NUMBERS.some((n) => unsigned === n || unsigned === 128 + n) || WINDOWS_FAULTS.includes(unsigned)) return true;
  return oomKill && KILLED_CODES.includes(unsigned);
}

export const died = (how: Exit): Extract<Failure, { kind: 'trainer-died' }> => ({
  kind: 'trainer-died',
  how: exitInWords(how),
  exhausted: diedOfExhaustion(how),
});

/** Enough for the lines a dying library prints. */
const SAID_LENGTH = 4_000;

export const lastSaid = (said: string, more: string): string => `${said}${more}`.slice(-SAID_LENGTH);
