// The process that reads pictures for a page: kept as long as somebody waits for it, and its end is told to those who asked it.
import { expect, test } from 'vitest';
import { ViewerHost } from '#main/viewer-host';
import { eventually } from './app';
import { Processes } from './processes';

test('a listing that takes longer than the process may idle is answered; then it ends by itself', async () => {
  const processes = new Processes();
  const host = new ViewerHost(processes.fork, 20);
  expect((await host.listPictures(['/slow'])).names).toEqual(['a', 'b']);
  await eventually(() => processes.alive).toBe(0);
  expect(processes.pids).toHaveLength(1);
});

test('closed, it refuses what it was asked, and nothing that the next process is asked', async () => {
  const processes = new Processes();
  const host = new ViewerHost(processes.fork);
  const first = host.listPictures(['/slow']);
  host.close();
  const second = host.listPictures(['/slow']);
  await expect(first).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect((await second).passed).toBe(1);
  host.close();
});
