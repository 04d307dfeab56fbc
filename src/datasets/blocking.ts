// Conditions without which pictures are no data set to learn from; the check shows them, the import refuses by them.
import { listed, type ClassCounts } from './class-counts';

/** One sentence each: what is missing and what to do. None means Ready. */
export function blockingConditions(counts: ClassCounts): string[] {
  const { labels } = counts;
  if (labels.length === 0) {
    return ['There are no class folders in it. Put the pictures of each class into a folder of its own, named after the class.'];
  }
  const conditions: string[] = [];
  if (labels.length === 1) {
    conditions.push(
      `There is only one class folder, "${labels[0]}", and at least two are needed. If its own folders are the classes, choose that folder instead.`,
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
