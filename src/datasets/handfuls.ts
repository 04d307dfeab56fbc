// Small things are handed over several at once, a large one alone.

const MOST_BYTES = 2.5e6;

/** In their order, at most `most` of them and about so many bytes each time. */
export function* handfuls<Item>(items: Iterable<Item>, most: number, bytesOf: (item: Item) => number): Generator<Item[]> {
  let [handful, bytes]: [Item[], number] = [[], 0];
  for (const item of items) {
    const more = bytesOf(item);
    if (handful.length > 0 && (handful.length === most || bytes + more > MOST_BYTES)) {
      yield handful;
      [handful, bytes] = [[], 0];
    }
    handful.push(item);
    bytes += more;
  }
  if (handful.length > 0) yield handful;
}
