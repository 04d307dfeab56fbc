// What to say of pictures that look the same: which one is doubtful, why, and what to do. Each stays the person's choice.
import type { FileProblem } from '#shared/dataset';
import { PRECEDENCE } from './duplicates';
import type { PictureHeader } from './formats/format';
import type { ListedPicture, Listing } from './importers/importer';
import type { NearDuplicates } from './near-duplicates';

/** Below this many pixels a side pictures have too little in them: handwritten digits look alike and are none the less different. */
const LEAST_SIDE = 32;

export const canBeCompared = ({ width, height }: PictureHeader): boolean => Math.min(width, height) >= LEAST_SIDE;

/** Of each group the one that measures stands for it, so that a published test part stays what it is. */
export function nearProblems({ groups }: NearDuplicates, { pictures, labels }: Listing): FileProblem[] {
  return groups.flatMap((group) => {
    const members = group.map((place) => pictures[place]);
    const kept = members.reduce((best, picture) => (PRECEDENCE[picture.split] > PRECEDENCE[best.split] ? picture : best));
    return members.filter((picture) => picture !== kept).map((picture) => judge(picture, kept, labels));
  });
}

function judge(picture: ListedPicture, kept: ListedPicture, labels: readonly string[]): FileProblem {
  const { file } = picture;
  if (picture.split !== kept.split) {
    const message = `It looks the same as ${kept.file}, which measures what is learnt: the result would look better than it is. Leave this one out.`;
    return { file, kind: 'leak', message, severity: 'warning' };
  }
  if (picture.label !== kept.label) {
    const message = `It looks the same as ${kept.file}, which is in "${labels[kept.label]}". One of the two labels may be wrong; leave out the wrong one.`;
    return { file, kind: 'near-duplicate', message, severity: 'warning' };
  }
  const message = `It looks the same as ${kept.file}. Leave it out, unless both are meant.`;
  return { file, kind: 'near-duplicate', message, severity: 'warning' };
}
