// Which file lies at a place on the disk, as a short text: another file there, or one that was written to since, has another.
import type { Stats } from 'node:fs';

export const stampOf = ({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string => [dev, ino, size, mtimeMs, ctimeMs].join(' ');
