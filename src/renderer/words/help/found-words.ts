// How much a search in Help has found, in a sentence.
import { count } from '../numbers';

export const foundWords = (found: number): string =>
  found === 1 ? 'One place in Help.' : `${count(found)} places in Help, the best first.`;

export const NOTHING_FOUND = 'Nothing in Help has all of these words. Nearest to them:';
export const NOTHING_NEAR = 'Nothing in Help has these words. Try one that stands on the page.';
