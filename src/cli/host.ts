// Hosts a run as the app does: its training in a process of its own, started again from the last checkpoint if it dies.
import { fork as forkNode } from 'node:child_process';
import { dirname, join } from 'node:path';
import { died, lastSaid, type Child } from '#shared/child';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import { startJob } from '#shared/job';
import type { RunEvent } from '#shared/run-event';
import { watchOomKills } from '#shared/system-memory';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { readText } from '#trainer/free-memory';

/** The program of the training process lies beside this one's. */
const PROGRAM = join(dirname(process.argv[1]), 'trainer.js');

function forkTrainer(program: string): Child<TrainerCommand, TrainerMessage> {
  const child = forkNode(program, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const wasOomKill = watchOomKills(readText);
  let said = '';
  // Libraries print warnings as they like; our own output is events.
  child.stdout?.on('data', (text: Buffer) => process.stderr.write(text));
  child.stderr?.on('data', (text: Buffer) => {
    process.stderr.write(text);
    said = lastSaid(said, text.toString());
  });
  return {
    // A process that just died takes no message; its exit is what is heard of it.
    post: (command) => void (child.connected && child.send(command, () => {})),
    onMessage: (listener) => void child.on('message', (message) => listener(message as TrainerMessage)),
    // 'close' comes when all it printed has been read, too.
    onExit: (listener) =>
      void child.on('close', (code, signal) => listener({ code, signal: signal ?? undefined, said, oomKill: wasOomKill() })),
    // It leaves SIGTERM to its host.
    kill: () => void child.kill('SIGKILL'),
  };
}

/** @param program for tests: another training process */
export function hostRun(onEvent: (event: RunEvent) => void, program = PROGRAM): HostedRun {
  const start = (command: TrainCommand, hear: (event: RunEvent) => void) =>
    startJob<TrainerCommand, TrainerMessage, void>(
      forkTrainer(program),
      command,
      (message) => {
        if (message.kind === 'event') hear(message.event);
        return message.kind === 'done' ? { result: undefined } : undefined;
      },
      died,
    );
  return new HostedRun(start, onEvent);
}
