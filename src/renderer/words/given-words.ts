// What is asked about files that were handed over from outside to be opened.
import { assertNever } from '#shared/assert-never';
import type { Given } from '#shared/given';
import { count } from './numbers';

export interface GivenQuestion {
  title: string;
  text: string;
  /** Absent: there is nothing to say yes to. */
  yes?: string;
  no: string;
  /** In the place of the text while the answer has to wait. */
  held?: string;
}

export function givenQuestion(given: Given): GivenQuestion {
  switch (given.kind) {
    case 'runs':
      return {
        title: `Take in runs from “${given.name}”?`,
        text: 'Every part of the file is proven first; then its runs stand in History. Nothing that is there changes.',
        yes: 'Take in runs',
        no: 'Not now',
        held: 'Runs of another file are coming in. This file can be taken in as soon as they are there.',
      };
    case 'data':
      return {
        title: `Check “${given.name}” as data?`,
        text: 'Data opens with what is found in it; nothing is copied before you say so. What you look at there now is closed, and changes that are not saved go with it.',
        yes: 'Check it',
        no: 'Not now',
        held: 'Data are being read already. These can be checked as soon as that is done.',
      };
    case 'refused':
      return { title: `“${given.name}” was not opened`, text: given.sentence, no: 'Close' };
    default:
      return assertNever(given);
  }
}

export const moreGiven = (more: number): string =>
  more === 1 ? 'One more file was opened and is asked about next.' : `${count(more)} more files were opened and are asked about next.`;
