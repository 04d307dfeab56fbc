// Answers about many pictures as csv: a line a file, its class and how probable, then every class; of masks each class's share of the pixels.
import { word } from './language';
import type { PictureAnswer } from './asking';
import { csvLine } from './csv';

export interface AnsweredFile {
  name: string;
  answer: PictureAnswer;
}

/** Of a picture whose turn did not come. */
export const NOT_ASKED: PictureAnswer = { problem: 'Not asked.' };

const number = (share: number): string => String(Number(share.toFixed(6)));

export function answersCsv(labels: readonly string[], answers: 'class' | 'mask', files: Iterable<AnsweredFile>): string {
  const isMask = answers === 'mask';
  const best = isMask ? ['largest share', word('share')] : [word('answer'), word('probability')];
  const head = [word('file'), ...best, ...labels, word('problem')];
  // The mark lets spreadsheets read letters with accents right.
  let text = `\ufeff${csvLine(head)}`;
  for (const { name, answer } of files) {
    if ('problem' in answer) {
      text += csvLine([name, '', '', ...labels.map(() => ''), answer.problem]);
      continue;
    }
    const best = placeOfLargest(answer.shares);
    text += csvLine([name, labels[best], number(answer.shares[best]), ...Array.from(answer.shares, number), '']);
  }
  return text;
}

/** The place of the largest, the first of equals. */
export const placeOfLargest = (shares: ArrayLike<number>): number => {
  let best = 0;
  for (let i = 1; i < shares.length; i++) if (shares[i] > shares[best]) best = i;
  return best;
};
