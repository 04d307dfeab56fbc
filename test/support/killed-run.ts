// A run in a process of its own that is killed (SIGKILL) again and again, at places drawn from a seed: between checkpoints, right after one,
// and while one is being written. Its host starts it again each time. Wants a build (npm test makes one).
import { fork, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '#engine/random';
import { died } from '#shared/child';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import { startJob, type Job, type Reading } from '#shared/job';
import type { RunEvent } from '#shared/run-event';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';

export interface Killed {
  events: RunEvent[];
  /** How often, and of those how often while a checkpoint was half written. */
  kills: number;
  whileWriting: number;
}

/** The training process as it ships, for a host. */
export function forkTrainer(
  next: TrainCommand,
  read: Reading<TrainerMessage, void>,
): { child: ChildProcess; job: Job<TrainerCommand, void> } {
  const child = fork(join('out', 'main', 'trainer.js'), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const job = startJob<TrainerCommand, TrainerMessage, void>(
    {
      post: (message) => void (child.connected && child.send(message, () => {})),
      onMessage: (listener) => void child.on('message', (message) => listener(message as TrainerMessage)),
      onExit: (listener) => void child.on('exit', (code, signal) => listener({ code, signal: signal ?? undefined })),
      kill: () => void child.kill('SIGKILL'),
    },
    next,
    read,
    died,
  );
  return { child, job };
}

/** @param kills how often it is killed; 0 for a run that nobody disturbs */
export async function runKilled(command: TrainCommand, kills: number, seed = 1): Promise<Killed> {
  const random = randomStream(seed);
  const result: Killed = { events: [], kills: 0, whileWriting: 0 };
  const checkpoints = join(command.outFolder, 'checkpoints');

  const start = (next: TrainCommand, read: Reading<TrainerMessage, void>) => {
    const left = result.kills < kills;
    // A life in which a checkpoint is saved, so that the run gets on; then, in turn: some time later, at once, half-way through the next.
    const way = (['later', 'at once', 'while writing'] as const)[Math.floor(3 * random())];
    const delay = 300 * random();
    let isDead = false;
    const kill = (): void => {
      if (isDead) return;
      isDead = true;
      result.kills++;
      child.kill('SIGKILL');
    };
    const killWhileWriting = (): void => {
      mkdirSync(checkpoints, { recursive: true });
      const watcher = watch(checkpoints, (_, name) => {
        if (!name?.includes('.unfinished') || isDead) return;
        result.whileWriting++;
        kill();
      });
      child.on('exit', () => watcher.close());
    };
    const { child, job } = forkTrainer(next, (message) => {
      const done = read(message);
      if (!left || message.kind !== 'event' || message.event.kind !== 'checkpoint') return done;
      if (way === 'later') setTimeout(kill, delay);
      if (way === 'at once') kill();
      if (way === 'while writing') killWhileWriting();
      return done;
    });
    return job;
  };
  await new HostedRun(start, (event) => result.events.push(event)).train(command);
  return result;
}
