// Two starts that never became usable make the third a safe one; crashes are offered at the next start until they are dismissed.
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CrashReports } from '#main/crash-reports';
import { openLog } from '#main/log';
import { Starts } from '#main/starts';
import { temporaryFolder } from './app';

const MINUTE = 60_000;

/** Each a process of its own on the same folder. */
function starting(folder = temporaryFolder()) {
  const log = openLog(path.join(folder, 'logs'));
  return (isSafeAsked = false) => {
    const starts = new Starts(folder, log);
    return { starts, ...starts.begin(isSafeAsked, 0) };
  };
}

test('after two starts that died, the third is safe; one that is usable begins anew', () => {
  const start = starting();
  expect(start()).toMatchObject({ crashed: false });
  const second = start();
  expect([second.safe, second.crashed]).toEqual([undefined, true]);
  const third = start();
  expect([third.safe, third.crashed]).toEqual(['failed-starts', true]);
  // It is usable, and dies later: that is a crash, and no failed start.
  third.starts.isUsable();
  const fourth = start();
  expect([fourth.safe, fourth.crashed]).toEqual([undefined, true]);
  fourth.starts.isUsable();
  fourth.starts.end(false, MINUTE);
  expect(start()).toMatchObject({ crashed: false });
});

test('who quits at once, or at a question of ours, has seen no failed start; who waited for nothing has', () => {
  const ends: [ended: (starts: Starts) => void, isSafe: boolean][] = [
    [(starts) => starts.end(false, 1_000), false],
    [(starts) => starts.end(true, MINUTE), false],
    [(starts) => starts.end(false, MINUTE), true],
    [(starts) => (starts.losesPage(), starts.end(false, 1_000)), true],
  ];
  for (const [end, isSafe] of ends) {
    const start = starting();
    end(start().starts);
    end(start().starts);
    const third = start();
    expect([third.safe === 'failed-starts', third.crashed]).toEqual([isSafe, false]);
  }
});

test('safe mode is had by asking, and a file that cannot be read says nothing', () => {
  const folder = temporaryFolder();
  const start = starting(folder);
  expect(start(true).safe).toBe('asked');
  for (const text of ['', '{"failed":"many"}', '{"failed":-4}', '[]']) {
    writeFileSync(path.join(folder, 'starts.json'), text);
    expect(start()).toMatchObject({ crashed: false });
  }
});

test('a crash is offered at the next start, once dismissed never again; the page’s at once', () => {
  const folder = temporaryFolder();
  const log = openLog(path.join(folder, 'logs'));
  const day = (date: number) => new Date(Date.UTC(2026, 10, date));
  const session = (date: number) => new CrashReports(folder, log, '1.0', day(date));
  log.write('trainer', 'its last words');

  const first = session(1);
  first.note('training', 'it crashed, signal 11', { at: day(2) });
  first.note('training', 'it ran out', { at: new Date(day(2).getTime() + 1), isOfMemory: true });
  first.note('window', 'it crashed', { at: day(3) });
  expect(first.offered()).toEqual([{ what: 'window', at: day(3).toISOString(), how: 'it crashed' }]);
  first.close();
  first.note('importing', 'ended with the app', { at: day(3) });

  session(4).noteLast(day(9));
  const second = session(4);
  expect(second.offered().map(({ what }) => what)).toEqual(['main', 'window', 'training']);
  expect(
    second
      .all()
      .find(({ how }) => how.includes('11'))
      ?.lastLines.join(),
  ).toContain('[trainer] its last words');
  second.dismiss(day(5));
  expect([second.offered(), session(6).offered()]).toEqual([[], []]);
  for (let i = 0; i < 30; i++) second.note('asking', 'again', { at: new Date(day(7).getTime() + i) });
  expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(20);
  writeFileSync(path.join(folder, '2026-11-30T00-00-00.000Z-main.json'), 'half');
  expect(session(8).offered()).toHaveLength(20);
});

test('a log’s entry is one line, its files are few and old ones go', () => {
  const folder = temporaryFolder();
  const log = openLog(folder, 2_000);
  log.error('main', new Error('first\nsecond'));
  log.write('trainer', 'x'.repeat(20_000));
  expect(log.last(5).map((line) => line.length < 8_200)).toEqual([true, true]);
  expect(log.last(2)[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z \[main\] Error: first \| second \| at /);
  for (let i = 0; i < 200; i++) log.write('main', 'y'.repeat(500));
  expect(readdirSync(folder).sort()).toEqual(['overbatch.log', 'overbatch.log.1', 'overbatch.log.2', 'overbatch.log.3']);
  expect(log.last(1)[0]).toContain('yyy');
});
