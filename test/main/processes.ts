// Forks the stand-in as a real process of Node, where the app forks a utility process of Electron.
import { fork as forkNode } from 'node:child_process';
import type { Serializable } from 'node:child_process';
import path from 'node:path';
import type { RunSpec } from '#shared/run-spec';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { readText } from '#main/read-text';
import type { Child, Program } from '#shared/child';
import type { KeeperCommand, KeeperMessage } from '#shared/keeper-messages';
import { answerTo } from '#store/keep';
import { OomWatch } from '#shared/system-memory';

/** Counts the processes it made and those that are still there. */
export class Processes {
  readonly pids: number[] = [];

  fork = <Command, Message>(program?: Program): Child<Command, Message> => {
    if (program === 'keeper') return inThisProcess() as unknown as Child<Command, Message>;
    const child = forkNode(path.join(import.meta.dirname, 'stand-in.mjs'), { serialization: 'advanced', stdio: 'inherit' });
    this.pids.push(child.pid!);
    const watch = new OomWatch(readText);
    return {
      // A process that just died takes no message, as Electron's parent learns from its exit; a callback keeps that from being thrown.
      post: (command) => void (child.connected && child.send(command as Serializable, () => {})),
      onMessage: (listener) => void child.on('message', (message) => listener(message as Message)),
      onExit: (listener) => void child.on('exit', (code, signal) => listener({ code, signal: signal ?? undefined, oomKill: watch.killed })),
      kill: () => void child.kill(),
    };
  };

  get alive(): number {
    return this.pids.filter((pid) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    }).length;
  }
}

const run = (seed: number): RunSpec => ({ ...DEFAULT_SPEC, seed });

/** It needs nothing but Node; each command is done whole before the next thing happens. */
function inThisProcess(): Child<KeeperCommand, KeeperMessage> {
  const listeners: ((message: KeeperMessage) => void)[] = [];
  let isKilled = false;
  const tell = (message: KeeperMessage) => isKilled || listeners.forEach((listener) => listener(message));
  return {
    post: (command) => void setImmediate(() => isKilled || tell(answerTo(command, tell))),
    onMessage: (listener) => void listeners.push(listener),
    onExit: () => {},
    kill: () => void (isKilled = true),
  };
}

/** What the stand-in does with a run. */
export const RUNS = {
  completes: run(1),
  untilStopped: run(2),
  /** Killed once, without a sign of exhaustion; then until stopped. */
  killed: run(3),
  fails: run(4),
  hangs: run(5),
  silent: run(6),
  /** Gives up once, as libraries do when memory runs out; then completes. */
  aborts: run(7),
  /** Crashes at step 4, however often it is started. */
  dies: run(8),
  /** Its plan dies of more than 16 at once. */
  planDies: run(9),
  /** Before it has started: its engine does not load, its data are damaged. */
  failsUnbegun: run(10),
  /** Its plan takes until it is paused or stopped, the first time; then until stopped. */
  plansLong: run(11),
  /** Killed when it has said that it completed. */
  diesAtEnd: run(12),
  /** Its checkpoint cannot be written. */
  mayNotWrite: run(13),
  /** At step 3, the first time; then until stopped. */
  fillsDisk: run(14),
};
