// Stands in the decoder's place and does what a picture says; the real one reads the others.
import * as real from '@napi-rs/image';

export const { FastResizeFilter, ResizeFit } = real;

export class Transformer extends real.Transformer {
  constructor(bytes: Buffer) {
    super(bytes);
    const how = /sabotage:(\w+);/.exec(bytes.toString('latin1'))?.[1];
    // The library's objects are of its own class, whatever class asks for them.
    if (!how) return;
    this.rawPixelsSync = () => sabotaged(how);
    // What hangs in a thread of the library's own is a promise that is never kept.
    this.rawPixels = async () => (how === 'crash' ? sabotaged(how) : new Promise(() => {}));
  }
}

function sabotaged(how: string): Buffer {
  // A thread may not call process.abort().
  if (how === 'crash') process.kill(process.pid, 'SIGABRT');
  for (;;);
}
