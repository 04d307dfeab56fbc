// A process of ours that does one job, as its host sees it; Electron's in the app, Node's own in tests.
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
}

export type Fork = <Command, Message>(program: Program) => Child<Command, Message>;

const NAMED: Record<number, string> = {
  6: 'it gave up by itself',
  9: 'the system ended it, most often because memory ran out',
  11: 'it crashed',
};
const SIGNALS: Record<string, number> = { SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGBUS: 11, SIGILL: 11 };
const WINDOWS_CRASHES = new Map([
  [0xc0000005, 'it crashed'],
  [0xc0000017, 'the system had no memory left'],
  [0xc000012d, 'the system had no memory left'],
]);

/** How a process ended, for a person: "the system ended it, most often because memory ran out (SIGKILL)". */
export function exitInWords({ code, signal }: Exit): string {
  if (signal) return words(NAMED[SIGNALS[signal]], signal);
  if (code === null) return 'nobody knows why';
  // Shells and Electron on Linux give 128 + signal, or the bare signal, where Node names it.
  const words128 = code > 128 && code < 192 ? NAMED[code - 128] : undefined;
  return words(
    words128 ?? WINDOWS_CRASHES.get(code >>> 0),
    code < 0 || code > 255 ? `code 0x${(code >>> 0).toString(16)}` : `code ${code}`,
  );
}

const words = (meaning: string | undefined, label: string): string => (meaning ? `${meaning} (${label})` : label);
