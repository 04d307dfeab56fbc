// What is dragged out of the window without having been saved: a file that lies in a folder of its own until the app ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FailureError, toFailure } from '#shared/failure';

export class DragFiles {
  #folders: string[] = [];

  /** @returns where it lies; each drag has its own, so that none changes under another program's hands */
  write(name: string, content: string | Uint8Array): string {
    try {
      const folder = mkdtempSync(path.join(tmpdir(), 'overbatch-drag-'));
      this.#folders.push(folder);
      const file = path.join(folder, path.basename(name));
      writeFileSync(file, content);
      return file;
    } catch (error) {
      throw new FailureError(toFailure(error, tmpdir()));
    }
  }

  clear(): void {
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
    this.#folders = [];
  }
}
