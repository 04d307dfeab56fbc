// Said where a folder holds nothing that a version has not already.
import { locale } from '#shared/language';
import type { FileProblem } from '#shared/dataset';
import { FailureError } from '#shared/failure';

export function nothingNew(leftOut: readonly FileProblem[]): FailureError {
  const reason =
    leftOut.length > 0
      ? ` ${leftOut.length.toLocaleString(locale)} were left out, the first: ${leftOut[0].file}. ${leftOut[0].message}`
      : '';
  return new FailureError({ kind: 'bad-setting', problem: `There are no new pictures to add.${reason}` });
}
