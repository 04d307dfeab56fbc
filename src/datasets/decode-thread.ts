// A decoding thread: opens pictures as it is told. Large ones wait for the word of the thread that counts memory.
import { parentPort } from 'node:worker_threads';
import type { ProblemKind } from '#shared/dataset';
import { HERE, type Attendant, type FileContent, type Opened, type PictureJob } from './open-picture';
import type { PictureError } from './picture-error';

export type ThreadOrder =
  { kind: 'open'; jobs: readonly PictureJob[] } | { kind: 'hash'; files: readonly FileContent[] } | { kind: 'go-on' };

/** One to each order. */
export type ThreadAnswer =
  | { kind: 'opened'; opened: (Opened | { refused: { kind: ProblemKind; message: string } })[] }
  | { kind: 'hashed'; hashes: (string | undefined)[] }
  /** To be answered with 'go-on' when there is memory. */
  | { kind: 'large'; workingBytes: number }
  | { kind: 'fault'; message: string };

/** Decoded without asking: a picture of a million pixels. */
const SMALL_WORKING_BYTES = 12e6;

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
  async function answer(order: Exclude<ThreadOrder, { kind: 'go-on' }>): Promise<ThreadAnswer> {
    if (order.kind === 'hash') return { kind: 'hashed', hashes: await HERE.hash(order.files) };
    const opened = await HERE.open(order.jobs, attendant);
    return { kind: 'opened', opened: opened.map((one) => ('refused' in one ? { refused: inWords(one.refused) } : one)) };
  }
  port.on('message', (order: ThreadOrder) => {
    if (order.kind === 'go-on') return goOn();
    void answer(order)
      .catch((error: unknown): ThreadAnswer => ({ kind: 'fault', message: error instanceof Error ? error.message : String(error) }))
      .then((found) => port.postMessage(found, found.kind === 'opened' ? [gathered(found.opened)] : []));
  });
}

/** What crosses between threads: an error's message is no property of its own. */
const inWords = ({ kind, message }: PictureError): { kind: ProblemKind; message: string } => ({ kind, message });

/** All pixels in one piece of memory to be given away: what the decoder made is not its own to give. */
function gathered(opened: Extract<ThreadAnswer, { kind: 'opened' }>['opened']): ArrayBuffer {
  const pictures = opened.filter((one): one is Opened => 'pixels' in one);
  const all = new Uint8Array(pictures.reduce((sum, { pixels }) => sum + (pixels?.length ?? 0), 0));
  let at = 0;
  for (const picture of pictures) {
    if (!picture.pixels) continue;
    all.set(picture.pixels, at);
    picture.pixels = all.subarray(at, (at += picture.pixels.length));
  }
  return all.buffer;
}
