// While the data is moved: what was asked before is waited for, and no backup is made.
import { afterEach, expect, test, vi } from 'vitest';
import { backUpDaily } from '#main/daily-backup';
import { openLog } from '#main/log';
import { Moving, refuseWhileMoving } from '#main/moving';
import type { Handlers } from '#main/answer';
import { foldersIn } from '#store/location';
import { temporaryFolder } from './app';

afterEach(() => void vi.useRealTimers());

test('a question that changes something holds a move until it is answered; one that only looks does not', async () => {
  const moving = new Moving();
  let end = () => {};
  const work = () => new Promise<void>((resolve) => (end = resolve));
  const guarded = refuseWhileMoving({ importRuns: work, getSpace: work, getGiven: () => [] } as unknown as Handlers, moving);
  void guarded.getSpace();
  await moving.othersDone(0);
  const importing = guarded.importRuns('token');
  await expect(moving.othersDone(0)).rejects.toThrow('Something else is still at work.');
  const waiting = moving.othersDone(10_000);
  end();
  await Promise.all([importing, waiting]);
  moving.begin('/media/disk');
  expect(() => guarded.importRuns('token')).toThrow('Your data is being moved');
  expect(guarded.getGiven()).toEqual([]);
});

test('no daily backup is made while the data is moved', async () => {
  vi.useFakeTimers();
  const folders = foldersIn(temporaryFolder());
  const backUp = vi.fn(() => Promise.resolve({ name: 'a', at: '', bytes: 0, format: 10, why: 'daily' as const }));
  let isHeld = true;
  const stop = backUpDaily(folders, { backUp }, openLog(folders.logs), () => isHeld);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(backUp).not.toHaveBeenCalled();
  isHeld = false;
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(backUp).toHaveBeenCalledOnce();
  stop();
});
