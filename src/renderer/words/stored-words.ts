// What a size that pictures are stored at can be.
import type { PictureOptions } from '#shared/dataset';

/** Of a side as it is typed. */
export const isSide = (side: number): boolean => Number.isInteger(side) && side >= 4 && side <= 1024;

export const isStorable = ({ width, height }: Pick<PictureOptions, 'width' | 'height'>): boolean => isSide(width) && isSide(height);
