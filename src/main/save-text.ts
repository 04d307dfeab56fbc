// Writes a text, or bytes, where the person chooses.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FailureError, toFailure } from '#shared/failure';
import type { Desktop } from './services';

/** Answers the file's name; null when they chose no place. `text` is made only then. */
export async function saveText(desktop: Pick<Desktop, 'save'>, name: string, text: () => string | Uint8Array): Promise<string | null> {
  const file = await desktop.save(name);
  if (file === undefined) return null;
  await writeFile(file, text()).catch((error: unknown) => {
    throw new FailureError(toFailure(error, file));
  });
  return path.basename(file);
}
