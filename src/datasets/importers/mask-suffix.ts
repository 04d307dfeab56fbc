// Pictures and masks side by side, told apart by their names: cell_01.jpg with cell_01_mask.png; in one folder, or in folders below.
import type { FileProblem } from '#shared/dataset';
import { namedLikePicture } from '../formats/identify';
import { walk, type FileEntry, type Source } from '../sources/source';
import { Stage, type Watch } from '../watch';
import { outerFiles } from './data-root';
import type { Importer } from './importer';
import { classNames, halfOf, listPairs, maskOf, pairHalves, type Half } from './mask-pairs';

/** Of the pictures, at least so many have a mask; otherwise the names mean something else, unless the person says so. */
const ENOUGH = 0.5;
/** Where none of so many is named like a mask, none is. */
const ENOUGH_LOOKED_AT = 2_000;

export const maskSuffix: Importer = {
  async list({ source, chosen }, watch, { kind }) {
    if (chosen !== undefined) return undefined;
    const isMeant = kind === 'segmentation';
    const looked = await lookAt(source, watch, isMeant);
    if (!looked) return undefined;
    const { pairs, problems } = pairHalves(looked.pictures, looked.masks, 'none');
    const enough = isMeant ? 0 : ENOUGH * looked.pictures.length;
    if (pairs.length === 0 || pairs.length < enough) return undefined;
    const [{ file, mask }] = pairs;
    const found = `masks beside their pictures, as ${nameOf(mask!.file)} of ${nameOf(file)}`;
    const all = { pairs, problems: [...looked.problems, ...problems] };
    const names = await classNames(source, await outerFiles(source, watch.signal), all.problems);
    return listPairs(source, 'mask-suffix', all, found, names);
  },
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function lookAt(
  source: Source,
  watch: Watch,
  isMeant: boolean,
): Promise<{ pictures: Half[]; masks: Half[]; problems: FileProblem[] } | undefined> {
  const [pictures, masks, problems]: [Half[], Half[], FileProblem[]] = [[], [], []];
  const stage = new Stage(watch, 'look', 0);
  const take = (file: FileEntry) => {
    const half = halfOf(file, '');
    (maskOf(half.key) === undefined ? pictures : masks).push(half);
  };
  for await (const found of walk(source, '', watch.signal)) {
    stage.advance();
    if (found.kind === 'problem') problems.push(found.problem);
    else if (namedLikePicture(found.name)) take(found);
    if (!isMeant && masks.length === 0 && pictures.length >= ENOUGH_LOOKED_AT) return undefined;
  }
  return { pictures, masks, problems };
}
