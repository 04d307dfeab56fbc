// One turn of the event loop: a loop that only awaits promises never lets a message in.
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
