// A contestant's end of the line: stdin and stdout in Node; in Electron's utility process, which has no stdin, the port to the app, which passes lines on.
import { createInterface } from 'node:readline';
import { parentPort } from '#trainer/parent-port';

export interface LineToDriver<Request> {
  answer(message: object): void;
  onRequest(listener: (request: Request) => Promise<void>): void;
}

export function lineToDriver<Request>(): LineToDriver<Request> {
  const fail = (error: unknown): void => {
    console.error(error);
    process.exit(1);
  };
  if ('parentPort' in process) {
    const port = parentPort<string, string>();
    return {
      answer: (message) => port.post(JSON.stringify(message)),
      onRequest: (listener) => port.onMessage((line) => void listener(JSON.parse(line) as Request).catch(fail)),
    };
  }
  return {
    answer: (message) => console.log(JSON.stringify(message)),
    onRequest: (listener) =>
      createInterface({ input: process.stdin })
        .on('line', (line) => void listener(JSON.parse(line) as Request).catch(fail))
        .on('close', () => process.exit(0)),
  };
}
