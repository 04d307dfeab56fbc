// Some work at a time, results in the order of the items: what makes an import fast and its bytes the same every time.

/** Starts at most `width` calls ahead of the result being awaited; when the consumer stops early, waits for those running. */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const result = work(item);
      // It may fail while an earlier one is awaited; the failure is met when its turn comes.
      result.catch(() => undefined);
      running.push(result);
      if (running.length >= width) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    await Promise.allSettled(running);
  }
}
