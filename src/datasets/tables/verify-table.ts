// Compares every row of a table's version with the hash it was given when it was made.
import { invalid } from '../version-files';
import { Stage, type Watch } from '../watch';
import { openTable } from './packed-table';
import { rowKey } from './row-key';
import { TableHash } from './table-hash';

const TOGETHER = 4096;

/** @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function verifyTable(folder: string, watch: Watch = {}): Promise<void> {
  const table = await openTable(folder, 0);
  try {
    const { manifest, targets, places } = table;
    const width = manifest.columns.length;
    const hash = new TableHash(manifest);
    const stage = new Stage(watch, 'check', manifest.count);
    let isDrawnRight = true;
    for (let start = 0; start < manifest.count; start += TOGETHER) {
      const length = Math.min(TOGETHER, manifest.count - start);
      const rows = table.read(Int32Array.from({ length }, (_, i) => start + i));
      for (let i = 0; i < length; i++) {
        const values = rows.subarray(i * width, (i + 1) * width);
        const { high, low } = rowKey(values, targets[start + i]);
        isDrawnRight &&= places[3 * (start + i) + 1] === high && places[3 * (start + i) + 2] === low;
        hash.add(values, targets[start + i]);
        stage.advance();
      }
      // Reads are synchronous: let messages in between them.
      await new Promise(setImmediate);
    }
    if (!isDrawnRight || hash.digest() !== manifest.contentHash) {
      throw invalid(folder, 'its content is not what was imported; the disk or another program changed it. Import the table again.');
    }
  } finally {
    table.close();
  }
}
