// Pillow and NumPy as the judges of what we read: asked one question after the other (decode.py).
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensurePython } from '../../../scripts/setup/python.mjs';

/** p: a picture, x: .npz with x, i: IDX, z: the checksums of an archive's members. */
export type Question = 'p' | 'x' | 'i' | 'z';
/** `first` and `second` are width and height of a picture in RGB; of an array, how many pictures and the bytes of each. */
export type Answer = { first: number; second: number; body: Buffer } | { refused: string };

export class Reference {
  #arrived: Buffer[] = [];
  #length = 0;
  readonly #ended: Promise<never>;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.#ended = once(child, 'exit').then(() => {
      throw new Error('The reference decoder ended.');
    });
    // Met by whoever asks.
    this.#ended.catch(() => undefined);
    child.stdout.on('data', (piece: Buffer) => {
      this.#arrived.push(piece);
      this.#length += piece.length;
    });
  }

  static async start(): Promise<Reference> {
    const python = await ensurePython('reference', join(__dirname, 'requirements.txt'), 'Pillow and NumPy for the comparison');
    return new Reference(spawn(python, [join(__dirname, 'decode.py')]));
  }

  /** One at a time. */
  async ask(question: Question, bytes: Uint8Array): Promise<Answer> {
    const head = Buffer.alloc(5);
    head.write(question, 'latin1');
    head.writeUInt32LE(bytes.length, 1);
    this.child.stdin.write(head);
    this.child.stdin.write(bytes);
    const sizes = await this.#take(8);
    const [first, second] = [sizes.readUInt32LE(0), sizes.readUInt32LE(4)];
    if (first === 0) return { refused: (await this.#take(second)).toString('utf8') };
    const each = question === 'p' ? first * second * 3 : first * second;
    return { first, second, body: await this.#take(each) };
  }

  async end(): Promise<void> {
    this.child.stdin.end();
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#length < length) {
      await Promise.race([once(this.child.stdout, 'data'), this.#ended]);
    }
    const all = Buffer.concat(this.#arrived);
    this.#arrived = [all.subarray(length)];
    this.#length = all.length - length;
    return all.subarray(0, length);
  }
}
