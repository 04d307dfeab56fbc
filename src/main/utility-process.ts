// Our programs as Electron's utility processes; what they print goes to the log.
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { app, utilityProcess } from 'electron';
import { lastSaid, type Child, type Program } from '#shared/child';
import { OomWatch } from '#shared/system-memory';
import type { Log } from './log';
import { readText } from './read-text';

const SERVICE_NAMES: Record<Program, string> = { trainer: 'Overbatch training', importer: 'Overbatch import', keeper: 'Overbatch history' };

/** `isBehind`: what nobody waits for, which so leaves the processor to the window where there are few. */
export function forkUtility(log: Log, isBehind = false) {
  return <Command, Message>(program: Program): Child<Command, Message> => {
    const child = utilityProcess.fork(path.join(app.getAppPath(), 'out', 'main', `${program}.js`), [], {
      serviceName: SERVICE_NAMES[program],
      stdio: 'pipe',
    });
    if (isBehind) child.once('spawn', () => giveWay(child.pid));
    child.stdout?.on('data', (text: Buffer) => log.write(program, text.toString()));
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      log.write(program, text.toString());
      said = lastSaid(said, text.toString());
    });
    const watch = new OomWatch(readText);
    child.on('message', () => watch.alive());
    return {
      post: (command) => child.postMessage(command),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', (code) => listener({ code, said, oomKill: watch.killed })),
      // Before it has begun it hears no end, and would stay for as long as the app: it is ended once it has.
      kill: () => void (child.kill() || child.once('spawn', () => void child.kill())),
    };
  };
}

function giveWay(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system allows it to nobody: then it works beside the window.
  }
}
