// Our programs as Electron's utility processes; what they print goes to the log, and whichever ends unasked leaves a report.
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { app, utilityProcess } from 'electron';
import { exitInWords, lastSaid, type Child, type Exit, type Program } from '#shared/child';
import { SAFE_ENGINES } from '#shared/engine';
import { tellsOfExhaustion } from '#shared/exhaustion';
import { OomWatch } from '#shared/system-memory';
import type { Crashing } from '#shared/trouble';
import type { CrashReports } from './crash-reports';
import type { Log } from './log';
import { readText } from './read-text';

const SERVICE_NAMES: Record<Program, string> = { trainer: 'Overbatch training', importer: 'Overbatch import', keeper: 'Overbatch history' };

export interface Forking {
  log: Log;
  crashes: CrashReports;
  /** Only the engines that ship are loaded. */
  isSafe: boolean;
}

export interface Role {
  /** What the process is for, in its report. */
  role: Crashing;
  /** Nobody waits for it: it leaves the processor to the window where there are few. */
  isBehind?: boolean;
}

export function forkUtility({ log, crashes, isSafe }: Forking, { role, isBehind = false }: Role) {
  return <Command, Message>(program: Program): Child<Command, Message> => {
    const child = utilityProcess.fork(path.join(app.getAppPath(), 'out', 'main', `${program}.js`), [], {
      serviceName: SERVICE_NAMES[program],
      stdio: 'pipe',
      ...(isSafe && { env: { ...process.env, [SAFE_ENGINES]: '1' } }),
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
    const how = (code: number): Exit => ({ code, said, oomKill: watch.killed });
    let isAsked = false;
    child.on('exit', (code) => {
      if (!isAsked) crashes.note(role, exitInWords(how(code)), { isOfMemory: watch.killed || tellsOfExhaustion(said) });
    });
    return {
      post: (command) => child.postMessage(command),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', (code) => listener(how(code))),
      kill: () => {
        isAsked = true;
        // Before it has begun it hears no end, and would stay for as long as the app: it is ended once it has.
        if (!child.kill()) child.once('spawn', () => void child.kill());
      },
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
