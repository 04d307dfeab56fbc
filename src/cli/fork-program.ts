// Our programs as Node's child processes: the training and the importing process, as the app has them as Electron's.
import { fork } from 'node:child_process';
import { lastSaid, type Child } from '#shared/child';
import { OomWatch } from '#shared/system-memory';
import { readText } from '#trainer/free-memory';

export function forkProgram<Command, Message>(program: string): Child<Command, Message> {
  const child = fork(program, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const watch = new OomWatch(readText);
  child.on('message', () => watch.alive());
  let said = '';
  // Libraries print warnings as they like; our own output is messages.
  child.stdout?.on('data', (text: Buffer) => process.stderr.write(text));
  child.stderr?.on('data', (text: Buffer) => {
    process.stderr.write(text);
    said = lastSaid(said, text.toString());
  });
  return {
    // A process that just died takes no message; its exit is what is heard of it.
    post: (command) => void (child.connected && child.send(command as object, () => {})),
    onMessage: (listener) => void child.on('message', (message) => listener(message as Message)),
    // 'close' comes when all it printed has been read, too.
    onExit: (listener) =>
      void child.on('close', (code, signal) => listener({ code, signal: signal ?? undefined, said, oomKill: watch.killed })),
    // It leaves SIGTERM to its host.
    kill: () => void child.kill('SIGKILL'),
  };
}
