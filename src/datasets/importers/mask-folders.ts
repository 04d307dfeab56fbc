// Pictures in one folder and their masks in another: images/ and masks/, train/ and train_masks/, train/images/ and train/masks/.
import type { SplitName } from '#shared/dataset';
import { namedLikePicture } from '../formats/identify';
import { walk, type Entry, type FileEntry, type Source } from '../sources/source';
import { Stage, type Watch } from '../watch';
import { outerEntries } from './data-root';
import type { Importer } from './importer';
import { classNames, halfOf, listPairs, pairHalves, type Half, type PairedHalves } from './mask-pairs';
import { splitNamed } from './split-name';

type Folder = Extract<Entry, { kind: 'folder' }>;

const PICTURES = /^(?:images?|imgs?|jpe?gimages|pictures?|photos?|originals?|inputs?|data|x)$/i;
const MASK_WORDS =
  'masks?|label(?:s|_?masks?)?|annot(?:ation)?s?|segmentations?|segmentation_?(?:class|masks?)|segs?|ground_?truths?|gts?|targets?|y';
const MASKS = new RegExp(`^(?:${MASK_WORDS})$`, 'i');
/** "train_masks", "trainannot", "masks_train". */
const AFTER = new RegExp(`^(.+?)[-_ ]?(?:${MASK_WORDS})$`, 'i');
const BEFORE = new RegExp(`^(?:${MASK_WORDS})[-_ ](.+)$`, 'i');

interface FolderPair {
  pictures: Folder;
  masks: Folder;
  split: SplitName;
}

export const maskFolders: Importer = {
  async list({ source, chosen }, watch) {
    if (chosen !== undefined) return undefined;
    const entries = await outerEntries(source, watch.signal);
    const folders = await folderPairs(source, entries, 'none');
    if (folders.length === 0) return undefined;
    const stage = new Stage(watch, 'look', 0);
    const all: PairedHalves = { pairs: [], problems: [] };
    for (const { pictures, masks, split } of folders) {
      const found = pairHalves(await filesIn(source, pictures, all, watch, stage), await filesIn(source, masks, all, watch, stage), split);
      all.pairs.push(...found.pairs);
      all.problems.push(...found.problems);
    }
    // Two classes may be called so: names that fit together say what they are.
    if (all.pairs.length === 0) return undefined;
    const [{ pictures, masks }] = folders;
    const names = await classNames(
      source,
      entries.filter((entry): entry is FileEntry => entry.kind === 'file'),
      all.problems,
    );
    return listPairs(source, 'mask-folders', all, `pictures in ${pictures.path}, masks in ${masks.path}`, names);
  },
};

/** At this level, or in the folders of a split. */
async function folderPairs(source: Source, entries: readonly Entry[], split: SplitName): Promise<FolderPair[]> {
  const folders = entries.filter((entry): entry is Folder => entry.kind === 'folder');
  const pairs = folders.flatMap((masks): FolderPair[] => {
    const pictures = picturesOf(masks.name, folders);
    return pictures ? [{ pictures, masks, split: splitNamed(pictures.name) ?? split }] : [];
  });
  if (pairs.length > 0 || split !== 'none') return pairs;
  for (const folder of folders) {
    const part = splitNamed(folder.name);
    if (part) pairs.push(...(await folderPairs(source, await source.list(folder.path), part)));
  }
  return pairs;
}

function picturesOf(masks: string, folders: readonly Folder[]): Folder | undefined {
  if (MASKS.test(masks)) return folders.find(({ name }) => PICTURES.test(name));
  const stem = (AFTER.exec(masks) ?? BEFORE.exec(masks))?.[1].toLowerCase();
  if (stem === undefined) return undefined;
  const others = folders.map((folder) => ({ folder, name: folder.name.toLowerCase() })).filter(({ name }) => name !== masks.toLowerCase());
  const named = others.find(({ name }) => name === stem || [`${stem}_images`, `${stem}-images`, `images_${stem}`].includes(name));
  return named?.folder;
}

async function filesIn(source: Source, folder: Folder, { problems }: PairedHalves, watch: Watch, stage: Stage): Promise<Half[]> {
  const halves: Half[] = [];
  for await (const found of walk(source, folder.path, watch.signal)) {
    stage.advance();
    if (found.kind === 'problem') problems.push(found.problem);
    else if (namedLikePicture(found.name)) halves.push(halfOf(found, folder.path));
  }
  return halves;
}
