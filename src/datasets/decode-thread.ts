// A decoding thread: opens one picture after the other as it is told. Large ones wait for the word of the thread that counts memory.
import { parentPort } from 'node:worker_threads';
import type { ProblemKind } from '#shared/dataset';
import { HERE, type Attendant, type FileContent, type Opened, type PictureJob } from './open-picture';
import { PictureError } from './picture-error';

export type ThreadOrder = { kind: 'open'; job: PictureJob } | { kind: 'hash'; from: FileContent } | { kind: 'go-on' };

export type ThreadAnswer =
  | { kind: 'opened'; opened: Opened }
  | { kind: 'hashed'; hash: string }
  /** To be answered with 'go-on' when there is memory. */
  | { kind: 'large'; workingBytes: number }
  | { kind: 'refused'; problem: ProblemKind; message: string }
  | { kind: 'fault'; message: string };

/** Decoded without asking: a picture of a million pixels. */
export const SMALL_WORKING_BYTES = 12e6;

/** Answers until the process ends. */
export function serveDecoding(): void {
  const port = parentPort!;
  let goOn: () => void = () => {};
  const attendant: Attendant = {
    begins() {},
    async admit(workingBytes, decode) {
      if (workingBytes > SMALL_WORKING_BYTES) {
        const admitted = new Promise<void>((resolve) => (goOn = resolve));
        port.postMessage({ kind: 'large', workingBytes } satisfies ThreadAnswer);
        await admitted;
      }
      return decode();
    },
  };
  const answer = async (order: Exclude<ThreadOrder, { kind: 'go-on' }>): Promise<ThreadAnswer> => {
    if (order.kind === 'hash') return { kind: 'hashed', hash: await HERE.hash(order.from) };
    const { pixels, ...opened } = await HERE.open(order.job, attendant);
    // What the decoder made is not its own to give away.
    return { kind: 'opened', opened: { ...opened, pixels: pixels && new Uint8Array(pixels) } };
  };
  port.on('message', (order: ThreadOrder) => {
    if (order.kind === 'go-on') return goOn();
    void answer(order)
      .catch((error: unknown): ThreadAnswer => {
        if (error instanceof PictureError) return { kind: 'refused', problem: error.kind, message: error.message };
        return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
      })
      .then((found) => {
        const pixels = found.kind === 'opened' && found.opened.pixels;
        port.postMessage(found, pixels ? [pixels.buffer as ArrayBuffer] : []);
      });
  });
}
