// Pictures in one folder and their masks in another: images/ and masks/, train/ and train_masks/, train/images/ and train/masks/.
import type { SplitName } from '#shared/dataset';
import { namedLikePicture } from '../formats/identify';
import { walk, type Entry, type FileEntry, type Source } from '../sources/source';
import { Stage, type Watch } from '../watch';
import { outerEntries } from './data-root';
import { filesOf, type Importer } from './importer';
import { whichAreMasks } from './mask-evidence';
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
  async list({ source, chosen }, watch, { kind }) {
    if (chosen !== undefined) return undefined;
    const entries = await outerEntries(source, watch.signal);
    const stage = new Stage(watch, 'look', 0);
    const named = await folderPairs(source, entries, 'none', namedPairs);
    const isMeant = kind === 'segmentation' && named.length === 0;
    const folders = isMeant ? await folderPairs(source, entries, 'none', (all) => seenPair(source, all, watch, stage)) : named;
    if (folders.length === 0) return undefined;
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

type Two = Pick<FolderPair, 'pictures' | 'masks'>;
type Pairing = (folders: readonly Folder[]) => Two[] | Promise<Two[]>;

/** At this level, or in the folders of a split. */
async function folderPairs(source: Source, entries: readonly Entry[], split: SplitName, pairsOf: Pairing): Promise<FolderPair[]> {
  const folders = entries.filter((entry): entry is Folder => entry.kind === 'folder');
  const pairs = (await pairsOf(folders)).map((pair): FolderPair => ({ ...pair, split: splitNamed(pair.pictures.name) ?? split }));
  if (pairs.length > 0 || split !== 'none') return pairs;
  for (const folder of folders) {
    const part = splitNamed(folder.name);
    if (part) pairs.push(...(await folderPairs(source, await source.list(folder.path), part, pairsOf)));
  }
  return pairs;
}

const namedPairs = (folders: readonly Folder[]) =>
  folders.flatMap((masks) => {
    const pictures = picturesOf(masks.name, folders);
    return pictures ? [{ pictures, masks }] : [];
  });

/** Two folders with names that say nothing, where the person says that one of them holds masks. */
async function seenPair(source: Source, folders: readonly Folder[], watch: Watch, stage: Stage): Promise<Two[]> {
  if (folders.length !== 2) return [];
  const groups = [];
  for (const folder of folders) groups.push(await filesIn(source, folder, { pairs: [], problems: [] }, watch, stage));
  const masks = await whichAreMasks(filesOf(source).read, [groups[0], groups[1]], watch);
  return masks === undefined ? [] : [{ pictures: folders[1 - masks], masks: folders[masks] }];
}

/** The place of the masks among two folders of such names; undefined where the names do not say it. */
export function namedAsMasks(names: readonly string[]): 0 | 1 | undefined {
  const folders = names.map((name) => ({ name }));
  return ([1, 0] as const).find((place) => picturesOf(names[place], folders));
}

function picturesOf<Named extends { name: string }>(masks: string, folders: readonly Named[]): Named | undefined {
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
