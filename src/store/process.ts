// The process that looks after the history's file: all of it reads every page, which main has no time for.
import type { KeeperCommand, KeeperMessage } from '#shared/keeper-messages';
import { answerTo } from './keep';

/** Electron gives a utility process this; a process forked by Node has `process.send` instead. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: KeeperCommand }) => void): void;
  postMessage(message: KeeperMessage): void;
}
const { parentPort } = process as typeof process & { parentPort?: ParentPort };

const tell = (message: KeeperMessage) => void (parentPort ? parentPort.postMessage(message) : process.send?.(message));
const hear = (command: KeeperCommand) => tell(answerTo(command, tell));

if (parentPort) parentPort.on('message', ({ data }) => hear(data));
else process.on('message', (command) => hear(command as KeeperCommand));
