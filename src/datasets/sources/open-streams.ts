// Streams given out and not yet read to their end, so that closing a source leaves no file open.
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export class OpenStreams {
  readonly #open = new Set<Readable>();

  add<Stream extends Readable>(stream: Stream): Stream {
    this.#open.add(stream);
    stream.once('close', () => this.#open.delete(stream));
    return stream;
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#open].map(async (stream) => {
        const closed = once(stream, 'close').catch(() => undefined);
        stream.destroy();
        await closed;
      }),
    );
  }
}
