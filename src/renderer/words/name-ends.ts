// A name in two parts, of which the first may be cut: what tells runs of the same data and model apart stands at the end.

/** As much as fits beside some of the first part. */
const LONGEST_END = 18;

/** "digits, Small CNN, " and "batch 256 (4)"; together they are the name. */
export function nameEnds(name: string): [first: string, end: string] {
  const after = (words: RegExp) => [...name.matchAll(words)].map(({ index, 0: { length } }) => index + length);
  const isShort = (place: number) => name.length - place <= LONGEST_END;
  const at = after(/, /g).find(isShort) ?? after(/ /g).find(isShort) ?? Math.max(0, name.length - LONGEST_END);
  return [name.slice(0, at), name.slice(at)];
}
