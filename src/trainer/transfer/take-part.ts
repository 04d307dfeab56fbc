// One part of a file of runs, from the archive to the disk: no byte more than its list says, its sum as the list says, and rows each of their kind.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError, toFailure } from '#shared/failure';
import type { Part } from '#shared/run-file/manifest';
import { ROWS_NAMES } from '#shared/run-file/record';
import { RowsReader } from './rows-reader';

export type Refuse = (problem: string) => FailureError;

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @returns SHA-256 of its rows, each as JSON however it was written; of another part nothing */
export async function takePart(stream: Readable | undefined, part: Part, out: string, refuse: Refuse): Promise<string> {
  const damaged = (): FailureError => refuse(`"${part.name}" in it is damaged. Copy the file again, or export the runs again.`);
  if (!stream) throw damaged();
  const name = ROWS_NAMES.find((rows) => rows === part.name);
  const rows = name && new RowsReader(name, damaged);
  const hash = createHash('sha256');
  let bytes = 0;
  const checked = new Transform({
    transform(piece: Buffer, _, done) {
      bytes += piece.length;
      if (bytes > part.bytes) return done(damaged());
      hash.update(piece);
      try {
        done(null, rows ? rows.take(piece) : piece);
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        const rest = rows?.end();
        done(bytes === part.bytes && hash.digest('hex') === part.sha256 ? null : damaged(), rest);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  try {
    await pipeline(stream, checked, createWriteStream(out, { flags: 'wx' }));
  } catch (error) {
    if (error instanceof FailureError) throw error;
    const { kind } = toFailure(error);
    throw kind === 'disk-full' || kind === 'no-permission' ? error : damaged();
  }
  return rows?.sum ?? '';
}
