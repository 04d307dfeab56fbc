// Memory as Linux tells it, from texts of real machines: with and without control groups, old and new.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { availableMemoryBytes, OomWatch, type ReadText } from '#shared/system-memory';

const GIB = 2 ** 30;
const MEMINFO =
  'MemTotal:       32768000 kB\nMemFree:         1000000 kB\nMemAvailable:   16777216 kB\nSwapTotal:      90000000 kB\nSwapFree:       80000000 kB\n';
const reader =
  (files: Record<string, string>): ReadText =>
  (path) =>
    files[path] ?? '';

it('is what the system says is available, never swap; free memory where it says nothing', () => {
  expect(availableMemoryBytes(reader({ '/proc/meminfo': MEMINFO }), 5)).toBe(16 * GIB);
  expect(availableMemoryBytes(reader({}), 5)).toBe(5);
});

it('is at most what a control group leaves, caches not counted; a group above it may leave less', () => {
  const files = {
    '/proc/meminfo': MEMINFO,
    '/proc/self/cgroup': '0::/user.slice/app.scope\n',
    '/sys/fs/cgroup/user.slice/app.scope/memory.max': `${8 * GIB}\n`,
    '/sys/fs/cgroup/user.slice/app.scope/memory.current': `${5 * GIB}\n`,
    '/sys/fs/cgroup/user.slice/app.scope/memory.stat': `anon 1\ninactive_file ${GIB}\nactive_file 7\n`,
    '/sys/fs/cgroup/user.slice/memory.max': 'max\n',
  };
  expect(availableMemoryBytes(reader(files), 0)).toBe(4 * GIB);
  const above = { '/sys/fs/cgroup/user.slice/memory.max': `${6 * GIB}`, '/sys/fs/cgroup/user.slice/memory.current': `${5 * GIB}` };
  expect(availableMemoryBytes(reader({ ...files, ...above }), 0)).toBe(GIB);
});

it('in a container of the first version too, whose “no limit” is a huge number', () => {
  const limited = (bytes: string) =>
    reader({
      '/proc/meminfo': MEMINFO,
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': bytes,
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': `${GIB}`,
    });
  expect(availableMemoryBytes(limited(`${3 * GIB}`), 0)).toBe(2 * GIB);
  expect(availableMemoryBytes(limited('9223372036854771712'), 0)).toBe(16 * GIB);
});

it('tells whether anybody was killed for memory since a process last spoke, and nothing where the system tells nothing', () => {
  const files: Record<string, string> = {
    '/sys/fs/cgroup/memory.events': 'low 0\noom 3\noom_kill 2\n',
    '/proc/vmstat': 'pgfault 9\noom_kill 7\n',
  };
  let now = 0;
  const watch = new OomWatch(reader(files), () => now);
  expect(watch.killed).toBe(false);
  files['/sys/fs/cgroup/memory.events'] = 'low 0\noom 4\noom_kill 2\n';
  expect(watch.killed).toBe(false);
  files['/sys/fs/cgroup/memory.events'] = 'low 0\noom 4\noom_kill 3\n';
  expect(watch.killed).toBe(true);
  // Another program's, hours ago.
  const speaks = (after: number) => {
    now += after;
    watch.alive();
  };
  speaks(4e6);
  speaks(1_000);
  expect(watch.killed).toBe(false);
  files['/proc/vmstat'] = 'pgfault 9\noom_kill 8\n';
  expect(watch.killed).toBe(true);
  // It had said that before it was killed; of one that lives on it is told no more.
  speaks(1_000);
  expect(watch.killed).toBe(true);
  speaks(1_000);
  expect(watch.killed).toBe(false);
  expect(new OomWatch(reader({})).killed).toBeUndefined();
});

it.runIf(process.platform === 'linux')('reads this machine', () => {
  const read: ReadText = (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  expect(availableMemoryBytes(read, 1)).toBeGreaterThan(1e6);
  expect(new OomWatch(read).killed).toBe(false);
});
