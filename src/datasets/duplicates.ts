// Pictures that are byte for byte the same: counted twice, put into two classes, or leaking from training into the test.
import type { FileProblem, SplitName } from '#shared/dataset';
import { ByteBudget, HELD_FILE_BYTES } from './byte-budget';
import { handfuls } from './handfuls';
import type { ListedPicture, Listing } from './importers/importer';
import { mapInOrder } from './map-in-order';
import { HERE, nameOfContent, type Opener } from './open-picture';
import { PictureError } from './picture-error';
import { MAX_FILE_BYTES } from './sources/source';
import { throwIfCancelled, type Watch } from './watch';

const AHEAD = 8;
const MOST_AT_ONCE = 64;
/** Of two copies the one that measures is kept, so that a published test set stays what it is. */
export const PRECEDENCE: Record<SplitName, number> = { none: 0, train: 0, validation: 1, test: 2 };

/** By file name. Only files that share their size with another are read. */
export async function findDuplicates(listing: Listing, { signal, opener = HERE }: Watch = {}): Promise<Map<string, FileProblem>> {
  const { pictures, labels } = listing;
  const problems = new Map<string, FileProblem>();
  const readable = pictures.filter(({ bytes }) => bytes > 0 && bytes <= MAX_FILE_BYTES);
  const shared = new Set(groups(readable, ({ bytes }) => bytes).flat());
  // In the order of the listing, which is the one that arrays are read quickly in.
  const sameSize = readable.filter((picture) => shared.has(picture));
  const held = new ByteBudget(HELD_FILE_BYTES);
  const hashed: { picture: ListedPicture; hash: string }[] = [];
  const several = handfuls(sameSize, MOST_AT_ONCE, ({ bytes }) => bytes);
  const working = mapInOrder(several, AHEAD, (pictures) =>
    held.run(
      pictures.reduce((sum, { bytes }) => sum + bytes, 0),
      async () => ({ pictures, hashes: await hashSome(listing, pictures, opener) }),
    ),
  );
  for await (const { pictures, hashes } of working) {
    throwIfCancelled(signal);
    for (const [i, hash] of hashes.entries()) if (hash !== undefined) hashed.push({ picture: pictures[i], hash });
  }
  for (const group of groups(hashed, ({ hash }) => hash)) {
    for (const problem of judge(
      group.map(({ picture }) => picture),
      labels,
    ))
      problems.set(problem.file, problem);
  }
  return problems;
}

/** One that cannot be read is named when it is examined. */
async function hashSome({ read, place }: Listing, pictures: ListedPicture[], opener: Opener): Promise<(string | undefined)[]> {
  const places = pictures.map((picture) => place?.(picture));
  const onDisk = places.filter((where) => where !== undefined);
  if (onDisk.length === places.length) return opener.hash(onDisk);
  const hashes: (string | undefined)[] = [];
  for (const picture of pictures) {
    const content = await read(picture).catch((error: unknown) => {
      if (error instanceof PictureError) return undefined;
      throw error;
    });
    // What is in memory already is hashed sooner than handed over.
    hashes.push(content && nameOfContent('pixels' in content ? content.pixels : content));
  }
  return hashes;
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
