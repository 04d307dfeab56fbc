// What a command means by its data: a shipped sample by name, or a path.
import { resolve } from 'node:path';
import { sampleFolder } from '#datasets/sample-folder';
import { SAMPLE_NAMES } from '#shared/dataset';
import { FailureError } from '#shared/failure';

const SAMPLE = 'sample:';

/** @throws FailureError bad-setting for a sample that does not exist */
export function locateData(data: string): string {
  if (!data.startsWith(SAMPLE)) return resolve(data);
  const name = SAMPLE_NAMES.find((known) => `${SAMPLE}${known}` === data);
  if (name) return sampleFolder(name);
  throw new FailureError({
    kind: 'bad-setting',
    problem: `There is no sample "${data.slice(SAMPLE.length)}". The shipped samples are: ${SAMPLE_NAMES.join(', ')}.`,
  });
}
