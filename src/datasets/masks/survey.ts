// Opens every mask once, before anything is decided: what codes the masks of a data set have, and which cannot be read.
import { availableParallelism } from 'node:os';
import type { FileProblem } from '#shared/dataset';
import { ByteBudget, DECODING_BYTES, HELD_FILE_BYTES } from '../byte-budget';
import type { ListedPicture, Listing } from '../importers/importer';
import { mapInOrder } from '../map-in-order';
import { PictureError } from '../picture-error';
import { Stage, type Watch } from '../watch';
import { countCodes, type CodeCount } from './count-codes';
import { readMask, type DecodedMask } from './decode-mask';

export interface SurveyedMask extends Pick<DecodedMask, 'width' | 'height' | 'coding'> {
  counts: ReadonlyMap<number, CodeCount>;
}

export interface Survey {
  masks: ReadonlyMap<ListedPicture, SurveyedMask>;
  /** Of the other pictures. */
  problems: ReadonlyMap<ListedPicture, FileProblem>;
}

/** @throws FailureError cancelled */
export async function surveyMasks(listing: Listing, watch: Watch): Promise<Survey> {
  const stage = new Stage(watch, 'look', listing.pictures.length);
  const masks = new Map<ListedPicture, SurveyedMask>();
  const problems = new Map<ListedPicture, FileProblem>();
  const [files, decoding] = [new ByteBudget(HELD_FILE_BYTES), new ByteBudget(DECODING_BYTES)];
  const width = watch.guard?.opening ? 1 : availableParallelism() + 1;
  const look = async (picture: ListedPicture): Promise<{ picture: ListedPicture; found: SurveyedMask | FileProblem }> => {
    try {
      const { codes, ...mask } = await files.run(picture.mask!.bytes, () =>
        readMask(listing, picture.mask!, { guard: watch.guard, decoding }),
      );
      return { picture, found: { ...mask, counts: countCodes({ ...mask, codes }) } };
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      return { picture, found: error.of(picture.mask!.file) };
    }
  };
  for await (const { picture, found } of mapInOrder(listing.pictures, width, look)) {
    stage.advance();
    if ('counts' in found) masks.set(picture, found);
    else problems.set(picture, found);
  }
  return { masks, problems };
}
