// The built command line as a child process: what a person or a script sees of it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RunEvent, RunEventOf } from '#shared/run-event';

export interface CliResult {
  code: number | null;
  /** The JSON lines, where --json was given. */
  events: RunEvent[];
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  env?: NodeJS.ProcessEnv;
  /** Called for each JSON line while it runs, with a way to send signals. */
  onEvent?(event: RunEvent, kill: (signal: NodeJS.Signals) => void): void;
}

export function trainCli(args: string[], { env, onEvent }: CliOptions = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('out', 'main', 'cli.js'), 'train', ...args], { env: { ...process.env, ...env } });
    const result: CliResult = { code: null, events: [], stdout: '', stderr: '' };
    let rest = '';
    child.stderr.on('data', (data: Buffer) => (result.stderr += data));
    child.stdout.on('data', (data: Buffer) => {
      result.stdout += data;
      const lines = (rest + data).split('\n');
      rest = lines.pop()!;
      if (!args.includes('--json')) return;
      for (const line of lines) {
        const event = JSON.parse(line) as RunEvent;
        result.events.push(event);
        onEvent?.(event, (signal) => child.kill(signal));
      }
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}

/** The only event of that kind. */
export function theEvent<K extends RunEvent['kind']>({ events }: CliResult, kind: K): RunEventOf<K> {
  const found = events.filter((event): event is RunEventOf<K> => event.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} events "${kind}": ${JSON.stringify(events.at(-1))}`);
  return found[0];
}
