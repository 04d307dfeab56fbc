// Choosing as in a file manager: click, ctrl, shift, arrows; places are in the shown list, chosen are samples.
import { expect, test } from 'vitest';
import { move, NOTHING, pick, pickAll, type Selection } from '#renderer/state/selection';

const SHOWN = [10, 11, 12, 13, 14, 15];
const PLAIN = { shift: false, ctrl: false };
const SHIFT = { shift: true, ctrl: false };
const CTRL = { shift: false, ctrl: true };
const chosen = ({ chosen }: Selection) => [...chosen].sort((a, b) => a - b);

test('a click chooses one, ctrl adds and takes away, shift takes all between', () => {
  const one = pick(NOTHING, SHOWN, 2, PLAIN);
  expect(chosen(one)).toEqual([12]);
  const two = pick(one, SHOWN, 4, CTRL);
  expect(chosen(two)).toEqual([12, 14]);
  expect(chosen(pick(two, SHOWN, 2, CTRL))).toEqual([14]);
  expect(chosen(pick(two, SHOWN, 1, SHIFT))).toEqual([11, 12, 13, 14]);
  expect(chosen(pick(two, SHOWN, 5, { shift: true, ctrl: true }))).toEqual([12, 14, 15]);
  expect(chosen(pick(NOTHING, SHOWN, 3, SHIFT))).toEqual([13]);
});

test('arrows move the choice, with shift they stretch and shrink it, with ctrl they leave it alone', () => {
  let selection = move(pick(NOTHING, SHOWN, 1, PLAIN), SHOWN, 2, PLAIN);
  expect(chosen(selection)).toEqual([12]);
  selection = move(move(selection, SHOWN, 3, SHIFT), SHOWN, 4, SHIFT);
  expect(chosen(selection)).toEqual([12, 13, 14]);
  expect(chosen(move(selection, SHOWN, 3, SHIFT))).toEqual([12, 13]);
  const moved = move(selection, SHOWN, 0, CTRL);
  expect([chosen(moved), moved.active]).toEqual([[12, 13, 14], 0]);
  expect(move(selection, SHOWN, 99, PLAIN).active).toBe(5);
  expect(move(selection, SHOWN, -9, PLAIN).active).toBe(0);
  expect(move(NOTHING, [], 0, PLAIN)).toBe(NOTHING);
});

test('all that is shown is chosen at once', () => {
  expect(chosen(pickAll(NOTHING, SHOWN))).toEqual(SHOWN);
});
