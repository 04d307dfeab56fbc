// Progress is told to people: ten times a second is enough, and the end always.
const LEAST_MILLISECONDS = 100;

export function atMostTenASecond(tell: (done: number, total: number) => void): (done: number, total: number) => void {
  let last = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - last < LEAST_MILLISECONDS) return;
    last = now;
    tell(done, total);
  };
}
