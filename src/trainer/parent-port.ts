// The line to the process that started this one: Electron's parentPort in the app, Node's IPC channel in tests.

export interface ParentPort<In, Out> {
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
}

/** Electron's process.parentPort, as far as it is used. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

export function parentPort<In, Out>(): ParentPort<In, Out> {
  const electron = (process as unknown as { parentPort?: ElectronPort }).parentPort;
  if (electron) {
    return {
      post: (message) => electron.postMessage(message),
      onMessage: (listener) => electron.on('message', ({ data }) => listener(data as In)),
    };
  }
  // Ctrl-C reaches every process of a terminal, SIGTERM those of a group or service; what it means for this one, the parent says.
  // A parent that is gone wants nothing any more.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit());
  return {
    post: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => {})),
    onMessage: (listener) => void process.on('message', (message) => listener(message as In)),
  };
}
