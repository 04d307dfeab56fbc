// The history on a real disk that is filled to its last byte while a run trains: what the run says is kept, and all of it stands in the history
// when there is room again.
import { expect, test } from 'vitest';
import { openToRead } from '#store/open-to-read';
import { CAN_MOUNT, smallDisk } from '#test/support/small-disk';
import { eventually, startApp, value } from '../main/app';
import { RUNS } from '../main/processes';

test.skipIf(!CAN_MOUNT)('nothing of a run is lost where the disk is full for a while', async () => {
  const disk = smallDisk(16);
  const { ask, tell, events, training, folders } = startApp(disk.folder);
  const { id } = await value(ask('importSample', 'digits'));
  const runId = await value(ask('startRun', id, RUNS.untilStopped));
  const said = (kind: string) => events.filter((event) => event.kind === 'run' && event.event.kind === kind).length;
  await eventually(() => said('progress')).toBeGreaterThan(3);
  disk.leave(0);
  const notes = () => events.flatMap((event) => (event.kind === 'run' && event.event.kind === 'note' ? [event.event.message] : []));
  // Said after three seconds.
  await expect.poll(() => notes().find((message) => message.includes('is full')), { timeout: 20_000 }).toMatch(/is written later/);
  // What it says goes on to be shown, and is not in the history yet.
  const before = said('progress');
  await eventually(() => said('progress')).toBeGreaterThan(before + 20);
  disk.makeRoom();
  await eventually(async () => (await value(ask('getRun', runId))).steps.length).toBeGreaterThan(before);
  await value(tell('stopRun'));
  await eventually(() => training.runId).toBeUndefined();
  const detail = await value(ask('getRun', runId));
  expect(detail).toMatchObject({ state: 'stopped', hasModel: true });
  expect(detail.steps.map(({ step }) => step)).toEqual(Array.from({ length: detail.steps.length }, (_, i) => i + 1));
  const db = openToRead(folders.database);
  expect(db.pragma('integrity_check')).toBe('ok');
  db.close();
});
