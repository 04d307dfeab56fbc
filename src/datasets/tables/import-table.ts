// Turns a table's file into an immutable version: every row encoded once, packed, hashed; what was left out is listed.
import { join } from 'node:path';
import { FailureError, toFailure } from '#shared/failure';
import type { TableManifest, TableOptions } from '#shared/table';
import { SAMPLES_FILE } from '../version-files';
import { SampleFile } from '../sample-file';
import { requireVersionRoom } from '../disk-room';
import { writeVersion } from '../unfinished';
import type { Watch } from '../watch';
import { tableName } from './check-table';
import { encodeRows, type EncodedRow, type Encoding } from './encode-rows';
import { byteStage, openSource, type TableSource } from './open-source';
import { rowKey } from './row-key';
import { blockingConditions } from './table-advice';
import { TableHash } from './table-hash';

export const TARGETS_FILE = 'targets.bin';
export const ROWS_FILE = 'rows.bin';

/** Rows gathered before they are written. */
const TOGETHER = 1024;
/** Of a row beside its values: its target, its line and its key. */
const ROW_BYTES = 8 + 3 * 4;

/**
 * `into` is the version's folder: absent or empty before, whole afterwards, or not there at all.
 * @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled
 */
export async function importTable(path: string, options: Partial<TableOptions>, into: string, watch: Watch = {}): Promise<TableManifest> {
  const source = await openSource(path, options, watch);
  try {
    return await writeVersion(into, watch.signal, (folder) => packTable(path, source, folder, watch));
  } catch (error) {
    throw new FailureError(toFailure(error, into));
  }
}

async function packTable(path: string, source: TableSource, folder: string, watch: Watch): Promise<TableManifest> {
  const { survey, decision } = source;
  requireVersionRoom(folder, survey.rows * (ROW_BYTES + 4 * decision.inputs.length));
  const described = {
    task: decision.task,
    target: survey.names[decision.target],
    labels: decision.labels,
    columns: decision.inputs.map(({ column }) => column),
  };
  const hash = new TableHash(described);
  const classCounts = decision.labels.map(() => 0);
  const { rows, leftOut } = await packRows(source, folder, watch, ({ values, target }) => {
    hash.add(values, target);
    if (decision.task === 'classification') classCounts[target]++;
  });
  const refused = blockingConditions({ source, rows, classCounts });
  if (refused.length > 0) throw new FailureError({ kind: 'dataset-invalid', path, problem: refused.join(' ') });
  return {
    format: 1,
    kind: 'table',
    name: tableName(path),
    contentHash: hash.digest(),
    count: rows,
    ownSplit: false,
    leftOut: leftOut.all(),
    createdAt: new Date().toISOString(),
    ...described,
    file: decision.format,
    columnsLeftOut: decision.leftOut.map(({ place, reason }) => ({ name: survey.names[place], reason })),
  };
}

/** samples.bin, targets.bin and rows.bin, in pieces, little-endian. */
async function packRows(source: TableSource, folder: string, watch: Watch, sink: (row: EncodedRow) => void): Promise<Encoding> {
  const width = source.decision.inputs.length;
  const [samples, targets, places] = await Promise.all(
    [SAMPLES_FILE, TARGETS_FILE, ROWS_FILE].map((name) => SampleFile.create(join(folder, name))),
  );
  const gathered = {
    values: new Float32Array(TOGETHER * width),
    targets: new Float64Array(TOGETHER),
    places: new Uint32Array(3 * TOGETHER),
    rows: 0,
  };
  const flush = async (): Promise<void> => {
    const { rows } = gathered;
    await samples.append(bytesOf(gathered.values.subarray(0, rows * width)));
    await targets.append(bytesOf(gathered.targets.subarray(0, rows)));
    await places.append(bytesOf(gathered.places.subarray(0, 3 * rows)));
    gathered.rows = 0;
  };
  try {
    const encoding = await encodeRows(
      source.path,
      source.decision,
      (row) => {
        const { values, target, line } = row;
        const { high, low } = rowKey(values, target);
        gathered.values.set(values, gathered.rows * width);
        gathered.targets[gathered.rows] = target;
        gathered.places.set([line, high, low], 3 * gathered.rows);
        gathered.rows++;
        sink(row);
      },
      { onBytes: byteStage(watch, 'write', source.bytes), signal: watch.signal, flush },
    );
    await Promise.all([samples.finish(), targets.finish(), places.finish()]);
    return encoding;
  } finally {
    await Promise.all([samples.close(), targets.close(), places.close()]);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
