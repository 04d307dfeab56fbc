// A name in two parts, of which the first may be cut: what tells runs of the same data and model apart stands at the end.

/** As much as fits beside some of the first part. */
const LONGEST_END = 20;
const LEAST_END = 12;

/** "digits, Small CNN, " and "batch 256 (4)"; together they are the name. */
export function nameEnds(name: string): [first: string, end: string] {
  const commas = [...name.matchAll(/, /g)].map(({ index }) => index + 2);
  const at = commas.find((place) => name.length - place <= LONGEST_END) ?? Math.max(0, name.length - LEAST_END);
  return [name.slice(0, at), name.slice(at)];
}
