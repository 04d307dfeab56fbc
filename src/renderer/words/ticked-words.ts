// How many runs are ticked, and what that means for what is done with them.
import { MOST_COMPARED } from '#shared/comparison/comparison';
import { count, counted } from './numbers';

/** "12 runs ticked, 3 not shown; 8 at most are compared". @param shown of those that are ticked */
export function tickedWords(ticked: number, shown: number): string {
  const hidden = ticked - shown;
  const most = ticked > MOST_COMPARED ? `; ${MOST_COMPARED} at most are compared` : '';
  return `${counted(ticked, 'run', 'runs')} ticked${hidden > 0 ? `, ${count(hidden)} not shown` : ''}${most}`;
}
