// Where the window was, remembered for each arrangement of displays; never where nobody can see it.
import * as v from 'valibot';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const whole = v.pipe(v.number(), v.integer());
const PlaceSchema = v.object({
  bounds: v.object({ x: whole, y: whole, width: v.pipe(whole, v.minValue(1)), height: v.pipe(whole, v.minValue(1)) }),
  maximized: v.boolean(),
  fullscreen: v.optional(v.boolean()),
});
export type Place = v.InferOutput<typeof PlaceSchema>;

const PlacesSchema = v.record(v.string(), PlaceSchema);
export type Places = v.InferOutput<typeof PlacesSchema>;

/** The setting as it was kept; an unreadable one is none. */
export function parsePlaces(setting: unknown): Places {
  const result = v.safeParse(PlacesSchema, setting);
  return result.success ? result.output : {};
}

/** The same displays in the same order on the desk have the same name. */
export function arrangement(displays: Rectangle[]): string {
  return displays
    .map(({ x, y, width, height }) => `${width}x${height}@${x},${y}`)
    .sort()
    .join(' ');
}

/** More desks than anybody sits at. */
const MOST_ARRANGEMENTS = 20;

/** With this one as the newest. */
export function withPlace(places: Places, displays: Rectangle[], place: Place): Places {
  const here = arrangement(displays);
  const others = Object.entries(places).filter(([name]) => name !== here);
  return Object.fromEntries([...others.slice(1 - MOST_ARRANGEMENTS), [here, place]]);
}

/** Enough of the title bar must lie on a display to take hold of it. */
const GRIP_WIDTH = 120;
const GRIP_HEIGHT = 32;

/**
 * Where it was with these displays, or with those before them; brought into view where it would not be seen.
 * @param displays the main one first
 */
export function placeFor(places: Places, displays: Rectangle[]): Place | undefined {
  const here = places[arrangement(displays)];
  const place = here ?? Object.values(places).at(-1);
  if (!place || displays.length === 0) return undefined;
  if (here && canBeTaken(here.bounds, displays)) return here;
  const shared = displays.map((display) => sharedArea(display, place.bounds));
  return { ...place, bounds: within(displays[shared.indexOf(Math.max(...shared))], place.bounds) };
}

function canBeTaken(bounds: Rectangle, displays: Rectangle[]): boolean {
  const titleBar = { ...bounds, height: GRIP_HEIGHT };
  return displays.some((display) => {
    const { width, height } = overlap(display, titleBar);
    return width >= Math.min(GRIP_WIDTH, titleBar.width) && height >= GRIP_HEIGHT;
  });
}

function within(display: Rectangle, bounds: Rectangle): Rectangle {
  const width = Math.min(bounds.width, display.width);
  const height = Math.min(bounds.height, display.height);
  const x = Math.max(display.x, Math.min(bounds.x, display.x + display.width - width));
  const y = Math.max(display.y, Math.min(bounds.y, display.y + display.height - height));
  return { x, y, width, height };
}

function sharedArea(display: Rectangle, bounds: Rectangle): number {
  const { width, height } = overlap(display, bounds);
  return Math.max(0, width) * Math.max(0, height);
}

function overlap(a: Rectangle, b: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}
