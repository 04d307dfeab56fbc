// Pictures read as classes that look like pictures with their masks: said before a person trains on two classes, "images" and "masks".
import { locale } from '#shared/language';
import type { FileEntry } from '../sources/source';
import { counted, listed } from '../class-counts';
import type { ListedPicture, Listing } from '../importers/importer';
import { whichAreMasks } from '../importers/mask-evidence';
import { halfOf, maskOf, type Half } from '../importers/mask-pairs';
import { namedAsMasks } from '../importers/mask-folders';
import type { Watch } from '../watch';

/** Of all files, at least so many are named like masks of others. */
const ENOUGH = 0.1;

/** What tells, in one sentence; undefined where nothing does. @throws FailureError cancelled */
export async function likelyMasks(listing: Listing, watch: Watch): Promise<string | undefined> {
  return namedBeside(listing) ?? (await foldersOf(listing, watch));
}

function namedBeside({ pictures }: Listing): string | undefined {
  const halves = pictures.map(entryOf).map((file) => halfOf(file, ''));
  const byKey = new Map(halves.map((half) => [half.key, half]));
  const masks = halves.filter(({ key }) => byKey.has(maskOf(key) ?? ''));
  if (masks.length === 0 || masks.length < ENOUGH * halves.length) return undefined;
  const of = byKey.get(maskOf(masks[0].key)!)!;
  return masks.length === 1
    ? `One file is named like the mask of another, as ${masks[0].name} of ${of.name}.`
    : `${masks.length.toLocaleString(locale)} files are named like masks of others, as ${masks[0].name} of ${of.name}.`;
}

async function foldersOf({ layout, labels, pictures, read }: Listing, watch: Watch): Promise<string | undefined> {
  if ((layout !== 'class-folders' && layout !== 'split-class-folders') || labels.length !== 2) return undefined;
  const halvesOf = (label: number) =>
    pictures.filter((picture) => picture.label === label).map((picture) => halfIn(picture, labels[label]));
  const groups = [halvesOf(0), halvesOf(1)] as const;
  if (groups.some(({ length }) => length === 0)) return undefined;
  const masks = namedAsMasks(labels) ?? (await whichAreMasks(read, groups, watch));
  if (masks === undefined) return undefined;
  return `The two folders look like pictures (${counted(groups[1 - masks].length, 'file', 'files')} in ${listed([labels[1 - masks]])}) and their masks (${counted(groups[masks].length, 'file', 'files')} in ${listed([labels[masks]])}), not like two classes.`;
}

const entryOf = ({ file, bytes }: ListedPicture): FileEntry => ({
  kind: 'file',
  path: file,
  name: file.slice(file.lastIndexOf('/') + 1),
  bytes,
});

/** Its key is its way without the folder of its class: what it shares with its partner in the other. */
function halfIn(picture: ListedPicture, label: string): Half {
  const half = halfOf(entryOf(picture), '');
  const parts = half.key.split('/');
  const place = parts.indexOf(label);
  return { ...half, key: parts.filter((_, i) => i !== place).join('/') };
}
