// A decoding thread: opens pictures as it is told. Large ones wait for the word of the thread that counts memory.
import { parentPort } from 'node:worker_threads';
import type { ProblemKind } from '#shared/dataset';
import { HERE, type Attendant, type Opened, type PictureJob, type Refused } from './open-picture';
import type { PictureError } from './picture-error';
import { Room } from './room';

export type ThreadOrder =
  /** `memory`: a room for all pixels, which comes back with them. */
  { kind: 'open'; jobs: readonly PictureJob[]; memory: ArrayBuffer } | { kind: 'go-on' };

/** The first word of a thread. */
export interface ThreadReady {
  kind: 'ready';
}

interface RefusedInWords extends Pick<Refused, 'stamp'> {
  refused: { kind: ProblemKind; message: string };
}

/** One to each order. */
export type ThreadAnswer =
  | { kind: 'opened'; opened: (Opened | RefusedInWords)[] }
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
    const room = new Room(order.memory);
    const opened = await HERE.open(order.jobs, { ...attendant, room: (bytes) => room.take(bytes) });
    return { kind: 'opened', opened: opened.map((one) => ('refused' in one ? { ...one, refused: inWords(one.refused) } : one)) };
  }
  port.on('message', (order: ThreadOrder) => {
    if (order.kind === 'go-on') return goOn();
    void answer(order)
      .catch((error: unknown): ThreadAnswer => ({ kind: 'fault', message: error instanceof Error ? error.message : String(error) }))
      .then((found) => port.postMessage(found, [order.memory]));
  });
  port.postMessage({ kind: 'ready' } satisfies ThreadReady);
}

/** What crosses between threads: an error's message is no property of its own. */
const inWords = ({ kind, message }: PictureError): { kind: ProblemKind; message: string } => ({ kind, message });
