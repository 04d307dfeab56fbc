// Where the window was, remembered for each arrangement of displays; a place nobody can see is not used.
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

/** Enough of the title bar must lie on a display to take hold of it. */
const GRIP_WIDTH = 120;
const GRIP_HEIGHT = 32;

export function placeFor(places: Places, displays: Rectangle[]): Place | undefined {
  const place = places[arrangement(displays)];
  if (!place) return undefined;
  const titleBar = { ...place.bounds, height: GRIP_HEIGHT };
  const visible = displays.some((display) => {
    const { width, height } = overlap(display, titleBar);
    return width >= Math.min(GRIP_WIDTH, titleBar.width) && height >= GRIP_HEIGHT;
  });
  return visible ? place : undefined;
}

function overlap(a: Rectangle, b: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}
