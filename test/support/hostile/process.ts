// Reads one hostile input after another with what ships; the host kills it when it takes too long, and hears when it dies.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readHeader } from '#datasets/decode-picture';
import { examine } from '#datasets/examine';
import { uprightSize } from '#datasets/formats/format';
import { withListing } from '#datasets/importers/choose';
import type { ListedPicture } from '#datasets/importers/importer';
import { countCodes } from '#datasets/masks/count-codes';
import { readMask } from '#datasets/masks/decode-mask';
import { PictureError } from '#datasets/picture-error';
import { checkSource } from '#datasets/source';
import { FailureError } from '#shared/failure';
import type { HostileAnswer, HostileInput, HostileOutcome, ReadPicture } from './protocol';
import { processPeakBytes } from '#test/support/process-peak';

const [folder] = process.argv.slice(2);
/** Compared only up to this; larger ones are still decoded. */
const COMPARED_PIXELS = 2e6;
const NAME = 'hostile.png';

async function readPicture(bytes: Buffer): Promise<HostileOutcome> {
  const listed: ListedPicture = { file: NAME, label: 0, split: 'none', bytes: bytes.length };
  const { width, height } = uprightSize(readHeader(bytes, NAME));
  const isCompared = width * height <= COMPARED_PIXELS;
  const layout = isCompared ? ({ width, height, channels: 3 } as const) : ({ width: 8, height: 8, channels: 3 } as const);
  for await (const [{ pixels, header, problem }] of examine({ pictures: [listed], read: async () => bytes }, layout)) {
    if (!header) return { kind: 'refused', file: problem!.file, message: problem!.message };
    const picture: ReadPicture = { file: NAME, label: '', width, height, ...(isCompared && { pixels }) };
    return { kind: 'accepted', pictures: [picture], problems: [] };
  }
  return { kind: 'fault', message: 'nothing was examined' };
}

async function readSource({ files, chosen = '' }: Extract<HostileInput, { kind: 'source' }>): Promise<HostileOutcome> {
  rmSync(folder, { recursive: true, force: true });
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return withListing(join(folder, chosen), {}, {}, async ({ listing }) => {
    const pictures: ReadPicture[] = [];
    const problems = listing.problems.map(({ file, message }) => ({ file, message }));
    for (const picture of listing.pictures) {
      try {
        const content = await listing.read(picture);
        const size = 'pixels' in content ? content.header : { width: 0, height: 0 };
        const pixels = 'pixels' in content ? content.pixels : content;
        pictures.push({ file: picture.file, label: listing.labels[picture.label], pixels, width: size.width, height: size.height });
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        problems.push({ file: picture.file, message: error.message });
      }
    }
    return { kind: 'accepted', pictures, problems, layout: listing.layout };
  });
}

async function readMaskFile(bytes: Buffer): Promise<HostileOutcome> {
  countCodes(await readMask({ read: async () => bytes }, { file: NAME, bytes: bytes.length }));
  return { kind: 'accepted', pictures: [], problems: [] };
}

async function readTable(bytes: Uint8Array): Promise<HostileOutcome> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'table.csv'), bytes);
  const { kind, problems } = await checkSource(join(folder, 'table.csv'));
  return { kind: 'accepted', pictures: [], problems: problems.map(({ file, message }) => ({ file, message })), layout: kind };
}

async function read(input: HostileInput): Promise<HostileOutcome> {
  try {
    switch (input.kind) {
      case 'picture':
        return await readPicture(Buffer.from(input.bytes));
      case 'mask':
        return await readMaskFile(Buffer.from(input.bytes));
      case 'table':
        return await readTable(input.bytes);
      case 'source':
        return await readSource(input);
    }
  } catch (error) {
    if (error instanceof PictureError) return { kind: 'refused', file: NAME, message: error.message };
    if (error instanceof FailureError && error.failure.kind === 'dataset-invalid')
      return { kind: 'refused', file: error.failure.path, message: error.failure.problem };
    return { kind: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (input: HostileInput) => {
  void read(input).then((outcome) => {
    const answer: HostileAnswer = { outcome, peakBytes: processPeakBytes() };
    process.send!(answer);
  });
});
process.on('disconnect', () => process.exit());
