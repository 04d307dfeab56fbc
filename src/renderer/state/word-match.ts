// Whether a typed word means a written one: the same, another form of it, its beginning, or it with a slip of the finger.

/** Without case, accents and signs. */
export const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** "Micro-batches" is "micro", "batches" and "microbatches". */
export function wordsOf(text: string): string[] {
  return (bare(text).match(/[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*/gu) ?? []).flatMap((word) => {
    const parts = word.split(/[-’']/);
    return parts.length === 1 ? parts : [...parts, parts.join('')];
  });
}

/** Near enough to a stem that forms of one word are alike: "training", "trains" and "trained". */
function stem(word: string): string {
  if (word.length < 5) return word.replace(/(?<!s)s$/, '');
  return word
    .replace(/ies$/, 'y')
    .replace(/(?:ings?|ed|es|(?<!s)s)$/, '')
    .replace(/e$/, '');
}

const SAME = 1;
const FORM = 0.9;
const BEGINNING = 0.7;
const SLIP = 0.4;
/** Shorter words are too like others. */
const ONE_SLIP_FROM = 5;
const TWO_SLIPS_FROM = 8;

/** From 0, not at all, to 1. */
export function likeness(typed: string, written: string): number {
  if (typed === written) return SAME;
  if (stem(typed) === stem(written)) return FORM;
  if (typed.length > 1 && written.startsWith(typed)) return BEGINNING;
  const slips = typed.length >= TWO_SLIPS_FROM ? 2 : typed.length >= ONE_SLIP_FROM ? 1 : 0;
  if (slips === 0 || written.length < typed.length - slips || !beginsAlike(typed, written)) return 0;
  // What is still being typed has its end to come.
  const beginning = written.slice(0, typed.length);
  return Math.min(distance(typed, written), distance(typed, beginning)) <= slips ? SLIP : 0;
}

/** The first letter is seldom the wrong one. */
const beginsAlike = (a: string, b: string): boolean => a[0] === b[0] || (a[0] === b[1] && a[1] === b[0]);

/** How many letters are wrong, missing, too many or in the place of their neighbour. */
export function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), swapped);
    }
    [before, last] = [last, now];
  }
  return last[b.length];
}
