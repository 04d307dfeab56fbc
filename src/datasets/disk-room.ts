// Whether what is about to be packed has room on its disk, said before a picture is opened; and that a disk which others fill meanwhile is not
// filled to its last byte.
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { requireRoom } from '#shared/disk-room';

/** @param folder of a version that is about to be written, unfinished: nobody knows it by its name @throws FailureError no-room */
export const requireVersionRoom = (folder: string, neededBytes: number): void =>
  requireRoom({ what: 'import', path: dirname(folder), neededBytes }, statfsSync);

/** Before so many bytes are handed to the system, of a file in such a folder. @throws FailureError no-room */
export const requireRoomFor = (file: string, bytes: number): void =>
  requireRoom({ what: 'going-import', path: dirname(dirname(file)), neededBytes: bytes }, statfsSync);
