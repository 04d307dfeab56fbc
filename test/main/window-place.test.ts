// The window comes back where it was, for each arrangement of displays, and never where nobody can see it.
import { expect, test } from 'vitest';
import { arrangement, parsePlaces, placeFor, withPlace, type Place, type Rectangle } from '#main/window-place';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const SCREEN = { x: 1440, y: -200, width: 2560, height: 1440 };
const TALL = { x: -1200, y: 0, width: 1200, height: 1920 };
const place = (x: number, y: number, over: Partial<Place> = {}): Place => ({
  bounds: { x, y, width: 1200, height: 800 },
  maximized: false,
  ...over,
});

test('the same displays in any order have the same name, and each arrangement its own place', () => {
  const both = withPlace({}, [LAPTOP, SCREEN], place(2000, 100, { maximized: true }));
  const all = withPlace(both, [LAPTOP], place(40, 60, { fullscreen: true }));
  expect(placeFor(parsePlaces(JSON.parse(JSON.stringify(all))), [SCREEN, LAPTOP])).toEqual(place(2000, 100, { maximized: true }));
  expect(placeFor(all, [LAPTOP])).toEqual(place(40, 60, { fullscreen: true }));
  expect(placeFor({}, [LAPTOP])).toBeUndefined();
});

test('with displays it has not seen it comes to where most of it was, or to the main one, all of it in view', () => {
  const places = withPlace({}, [LAPTOP, SCREEN], place(2900, 700, { maximized: true }));
  expect(placeFor(places, [LAPTOP])).toEqual(place(240, 100, { maximized: true }));
  expect(placeFor(places, [LAPTOP, SCREEN, TALL])).toEqual(place(2800, 440, { maximized: true }));
  expect(placeFor(places, [{ x: 0, y: 0, width: 1024, height: 600 }])?.bounds).toEqual({ x: 0, y: 0, width: 1024, height: 600 });
  // The newest of them.
  expect(placeFor(withPlace(places, [TALL], place(-1100, 50)), [TALL, SCREEN])?.bounds).toMatchObject({ x: -1200, y: 50 });
});

test('half out of view on purpose it stays; out of reach it is brought back', () => {
  const at = (x: number, y: number) => placeFor({ [arrangement([LAPTOP])]: place(x, y) }, [LAPTOP])?.bounds;
  expect([at(1300, 60), at(-1000, 60)]).toMatchObject([{ x: 1300 }, { x: -1000 }]);
  expect([at(1400, 60), at(100, -40), at(-1150, 60), at(100, 890)]).toMatchObject([
    { x: 240, y: 60 },
    { x: 100, y: 25 },
    { x: 0, y: 60 },
    { x: 100, y: 100 },
  ]);
});

test('whatever the desk was before, the title bar can be taken hold of', () => {
  const desks: Rectangle[][] = [[LAPTOP], [SCREEN], [TALL], [LAPTOP, SCREEN], [TALL, LAPTOP, SCREEN], [SCREEN, TALL]];
  for (const before of desks)
    for (const now of desks)
      for (const x of [-5000, -1190, 0, 1439, 3990, 9000])
        for (const y of [-900, 0, 870, 1910, 9000]) {
          const { bounds } = placeFor(withPlace({}, before, place(x, y)), now)!;
          const seen = now.some(
            (display) =>
              Math.min(bounds.x + bounds.width, display.x + display.width) - Math.max(bounds.x, display.x) >= 120 &&
              bounds.y >= display.y &&
              bounds.y + 32 <= display.y + display.height,
          );
          expect([before, now, x, y, seen]).toEqual([before, now, x, y, true]);
        }
});

test('twenty desks are remembered, the oldest goes; what cannot be read is none', () => {
  let places = {};
  for (let i = 0; i < 25; i++) places = withPlace(places, [{ ...LAPTOP, width: 1000 + i }], place(i, 30));
  expect(Object.keys(places)).toHaveLength(20);
  expect(placeFor(places, [{ ...LAPTOP, width: 1024 }])?.bounds.x).toBe(24);
  expect(parsePlaces('nonsense')).toEqual({});
  expect(parsePlaces({ x: { bounds: { x: 0.5 }, maximized: 'yes' } })).toEqual({});
});
