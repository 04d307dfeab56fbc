// Every kind of source that is known, most particular first; a new one is a file beside this and its line here.
import { FailureError } from '#shared/failure';
import { notOpened, openPlace } from '../sources/open';
import type { Watch } from '../watch';
import { cifar } from './cifar';
import { classFolders } from './class-folders';
import { idx } from './idx';
import type { Choices, Importer, Listing } from './importer';
import { listedPictures } from './listed-pictures';
import { maskFolders } from './mask-folders';
import { maskSuffix } from './mask-suffix';
import { namedPictures } from './named-pictures';
import { numpy } from './numpy';
import { splitClassFolders } from './split-class-folders';

const IMPORTERS: readonly Importer[] = [
  idx,
  cifar,
  numpy,
  maskFolders,
  maskSuffix,
  listedPictures,
  splitClassFolders,
  namedPictures,
  classFolders,
];
const WITH_MASKS: readonly Importer[] = [maskFolders, maskSuffix];

/** Who says how names carry labels means classes. */
function importersOf({ kind, labelPattern }: Choices): readonly Importer[] {
  if (kind === undefined && labelPattern === undefined) return IMPORTERS;
  return IMPORTERS.filter((importer) => WITH_MASKS.includes(importer) === (kind === 'segmentation'));
}

/** What the source calls itself, and its pictures, to be read until `use` is done. */
export interface Listed {
  name: string;
  listing: Listing;
}

/** Looks at what was chosen, and closes it after use. @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function withListing<Result>(
  path: string,
  watch: Watch,
  choices: Choices,
  use: (listed: Listed) => Promise<Result>,
): Promise<Result> {
  const place = await openPlace(path, watch);
  watch.opener?.prepare?.();
  try {
    for (const importer of importersOf(choices)) {
      const listing = await importer.list(place, watch, choices).catch((error: unknown) => {
        throw notOpened(path, error);
      });
      if (listing) return await use({ name: place.source.name, listing });
    }
  } finally {
    await place.source.close();
  }
  const problem =
    choices.kind === 'segmentation'
      ? 'no masks are found with its pictures. Put the pictures in a folder "images" and masks of the same names in a folder "masks" beside it.'
      : 'it is a file. Choose the folder that holds one folder of pictures for each class.';
  throw new FailureError({ kind: 'dataset-invalid', path, problem });
}
