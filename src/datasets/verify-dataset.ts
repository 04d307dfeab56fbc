// Compares every byte of a version with the hash it was given when it was made.
import { ByteHash, contentHashOf, contentKey } from './content-hash';
import { invalid, sampleBytes } from './version-files';
import { openPacked } from './packed-dataset';
import { Stage, type Watch } from './watch';

const AT_ONCE_BYTES = 4 << 20;

/** @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function verifyDataset(folder: string, watch: Watch = {}): Promise<void> {
  const dataset = await openPacked(folder, 0);
  try {
    const { manifest } = dataset;
    const hash = new ByteHash(manifest);
    let isWhole = true;
    const size = sampleBytes(manifest);
    const area = manifest.width * manifest.height;
    const atOnce = Math.max(1, Math.floor(AT_ONCE_BYTES / size));
    const stage = new Stage(watch, 'check', manifest.count);
    for (let start = 0; start < manifest.count; start += atOnce) {
      const length = Math.min(atOnce, manifest.count - start);
      const indices = Array.from({ length }, (_, i) => start + i);
      const pixels = dataset.read(indices);
      const masks = dataset.masks?.read(indices);
      for (let i = 0; i < length; i++) {
        const [sample, own] = [manifest.samples[start + i], pixels.subarray(i * size, (i + 1) * size)];
        if (manifest.rule === 2) isWhole &&= contentKey(own, ...(masks ? [masks.subarray(i * area, (i + 1) * area)] : [])) === sample.key;
        else hash.add(sample, own);
        stage.advance();
      }
      // Reads are synchronous: let messages in between them.
      await new Promise(setImmediate);
    }
    const found = manifest.rule === 2 ? contentHashOf(manifest) : hash.digest();
    if (!isWhole || found !== manifest.contentHash) {
      throw invalid(folder, 'its content is not what was imported; the disk or another program changed it. Import the pictures again.');
    }
  } finally {
    dataset.close();
  }
}
