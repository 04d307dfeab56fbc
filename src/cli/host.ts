// Hosts a run as the app does: its training in a process of its own, started again from the last checkpoint if it dies.
import { dirname, join } from 'node:path';
import { died } from '#shared/child';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import { startJob, type Reading } from '#shared/job';
import type { RunEvent } from '#shared/run-event';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { forkProgram } from './fork-program';

/** The program of the training process lies beside this one's. */
export const TRAINER_PROGRAM = join(dirname(process.argv[1]), 'trainer.js');

/** @param program for tests: another training process */
export function hostRun(onEvent: (event: RunEvent) => void, program = TRAINER_PROGRAM): HostedRun {
  const start = (command: TrainCommand, read: Reading<TrainerMessage, void>) =>
    startJob<TrainerCommand, TrainerMessage, void>(forkProgram(program), command, read, died);
  return new HostedRun(start, onEvent);
}
