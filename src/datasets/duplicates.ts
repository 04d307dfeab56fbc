// Pictures that are byte for byte the same: counted twice, put into two classes, or leaking from training into the test.
import type { FileProblem, SplitName } from '#shared/dataset';
import type { ListedPicture } from './importers/importer';

/** Of two copies the one that measures is kept, so that a published test set stays what it is. */
export const PRECEDENCE: Record<SplitName, number> = { none: 0, train: 0, validation: 1, test: 2 };

/** Only these can have copies, so only their contents are named. */
export const sharingSize = (pictures: readonly ListedPicture[]): ReadonlySet<ListedPicture> =>
  new Set(groups(pictures, ({ bytes }) => bytes).flat());

/** A picture that was opened. `content`: the name of its file's bytes, where another file is as long. */
export interface Named {
  picture: ListedPicture;
  content?: string;
}

/** By file name. */
export function findDuplicates(opened: readonly Named[], labels: readonly string[]): Map<string, FileProblem> {
  const named = opened.filter(({ content }) => content !== undefined);
  const same = groups(named, ({ content }) => content).map((group) => group.map(({ picture }) => picture));
  return new Map(same.flatMap((group) => [...judge(group, labels)]).map((problem) => [problem.file, problem]));
}

/** Those with more than one member. */
function groups<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Item[][] {
  const byKey = new Map<Key, Item[]>();
  for (const item of items) {
    const group = byKey.get(keyOf(item));
    if (group) group.push(item);
    else byKey.set(keyOf(item), [item]);
  }
  return [...byKey.values()].filter((group) => group.length > 1);
}

function* judge(same: ListedPicture[], labels: readonly string[]): Generator<FileProblem> {
  const conflicting = same.find(({ label }) => label !== same[0].label);
  if (conflicting) {
    for (const picture of same) {
      const other = picture.label === same[0].label ? conflicting : same[0];
      yield {
        file: picture.file,
        kind: 'label-conflict',
        message: `The same picture is in "${labels[picture.label]}" and, as ${other.file}, in "${labels[other.label]}". Delete the wrong one; until then all its copies are left out.`,
        severity: 'error',
      };
    }
    return;
  }
  const kept = same.reduce((best, picture) => (PRECEDENCE[picture.split] > PRECEDENCE[best.split] ? picture : best));
  for (const picture of same) {
    if (picture === kept) continue;
    yield picture.split === kept.split
      ? {
          file: picture.file,
          kind: 'duplicate',
          message: `The same picture as ${kept.file}, so it counts twice. Leave one of them out unless that is meant.`,
          severity: 'warning',
        }
      : {
          file: picture.file,
          kind: 'duplicate',
          message: `The same picture as ${kept.file}: what is learnt would be measured with itself. This copy is left out.`,
          severity: 'error',
        };
  }
}
