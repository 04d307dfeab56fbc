// A scene from what is different in it.
import type { Scene } from './scene';
import { DIGITS, ENGINES, previews, SPACE } from './things';

export const scene = (address: string, over: Partial<Scene> = {}): Scene => ({
  address,
  engines: ENGINES,
  space: SPACE,
  datasets: [DIGITS],
  runs: [],
  thumbnails: previews(DIGITS),
  events: [],
  silent: [],
  press: [],
  ...over,
});
