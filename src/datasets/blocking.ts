// Conditions without which pictures are no data set to learn from; the check shows them, the import refuses by them.
import type { PictureLayout } from '#shared/dataset';
import { listed, type ClassCounts } from './class-counts';

/** One sentence each: what is missing and what to do. None means Ready. */
export function blockingConditions(counts: ClassCounts, layout: PictureLayout = 'class-folders'): string[] {
  const { labels } = counts;
  const inFolders = layout === 'class-folders' || layout === 'split-class-folders';
  if (labels.length === 0) {
    return [
      inFolders
        ? 'There are no class folders in it. Put the pictures of each class into a folder of its own, named after the class.'
        : 'No picture in it has a class. See below what is missing.',
    ];
  }
  const conditions: string[] = [];
  if (labels.length === 1) {
    conditions.push(
      inFolders
        ? `There is only one class folder, "${labels[0]}", and at least two are needed. If its own folders are the classes, choose that folder instead.`
        : `There is only one class, "${labels[0]}", and at least two are needed. Add pictures of another.`,
    );
  }
  const empty = labels.filter((_, label) => counts.ofClass(label) === 0);
  if (empty.length > 0) {
    const which = empty.length === 1 ? `The class ${listed(empty)} holds` : `The classes ${listed(empty)} hold`;
    conditions.push(`${which} no picture that can be used. Add pictures, or remove the folder.`);
  }
  const untrained = labels.filter((_, label) => counts.ofClass(label) > 0 && counts.toLearnFrom(label) === 0);
  if (untrained.length > 0) {
    const which = untrained.length === 1 ? `The class ${listed(untrained)} has` : `The classes ${listed(untrained)} have`;
    conditions.push(`${which} no picture in the training part, so nothing can be learnt about it. Add some there, or remove the class.`);
  }
  return conditions;
}
