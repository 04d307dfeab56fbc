// The small parts around a run and a window: how a process ended, batches, the log, where the window was.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { WindowEvent } from '#shared/window-event';
import { answer } from '#main/answer';
import { diedOfExhaustion, exitInWords } from '#shared/child';
import { EventBatch } from '#main/event-batch';
import { openLog } from '#main/log';
import { EngineHost } from '#main/engine-host';
import { eventually, startApp, temporaryFolder, value } from './app';
import { Processes, RUNS } from './processes';

test('how a process ended is said in words', () => {
  // Killed: by Node, Electron and a shell; by whom tells what the system counted.
  for (const killed of [{ code: null, signal: 'SIGKILL' }, { code: 0 }, { code: 9 }, { code: 137 }]) {
    expect(exitInWords({ ...killed, oomKill: false })).toBe('it was ended from outside, signal 9');
    expect(exitInWords({ ...killed, oomKill: true })).toBe('the system ended it, because memory ran out');
    expect(exitInWords(killed)).toBe('it was ended from outside, or by the system for want of memory, signal 9');
  }
  expect(exitInWords({ code: 139 })).toBe('it crashed, signal 11');
  expect(exitInWords({ code: 11 })).toBe('it crashed, signal 11');
  expect(exitInWords({ code: 134 })).toBe('it gave up, most often because memory ran out, signal 6');
  expect(exitInWords({ code: 1 })).toBe('code 1');
  expect(exitInWords({ code: -1073741819 })).toBe('it crashed, code 0xc0000005');
  expect(exitInWords({ code: null, signal: 'SIGTERM' })).toBe('it was ended from outside, signal 15');
  expect(exitInWords({ code: null })).toBe('nobody knows why');
});

test('evidence of exhaustion is a fault inside an op, words that say so, or a kill while the system kills for memory', () => {
  const exits: [Parameters<typeof diedOfExhaustion>[0], boolean][] = [
    [{ code: null, signal: 'SIGABRT' }, true],
    [{ code: null, signal: 'SIGSEGV' }, true],
    [{ code: null, signal: 'SIGBUS' }, true],
    [{ code: 139 }, true],
    [{ code: 6 }, true],
    [{ code: -1073741801 }, true],
    [{ code: null, signal: 'SIGKILL', oomKill: true }, true],
    [{ code: 0, oomKill: true }, true],
    [{ code: 1, oomKill: true }, false],
    [{ code: 1, said: "terminate called after throwing an instance of 'std::bad_alloc'" }, true],
    [{ code: null, signal: 'SIGKILL' }, false],
    [{ code: null, signal: 'SIGKILL', oomKill: false, said: 'WARNING: All log messages before' }, false],
    [{ code: null, signal: 'SIGTERM' }, false],
    [{ code: null, signal: 'SIGILL' }, false],
    [{ code: 0 }, false],
    [{ code: 1 }, false],
  ];
  for (const [exit, expected] of exits) expect([exit, diedOfExhaustion(exit)]).toEqual([exit, expected]);
});

const progress = (step: number, runId = 'a'): WindowEvent => ({
  kind: 'run',
  runId,
  event: {
    kind: 'progress',
    steps: [{ step, epoch: 1, loss: 1, accuracy: 1, samples: 1, seconds: step }],
    samplesPerSecond: step,
    secondsLeft: 1,
    memory: { inUseBytes: step, peakBytes: 1, rssBytes: 1 },
  },
});

test('events go out in batches; readings of one run become one, nothing is lost or reordered', async () => {
  const sent: WindowEvent[][] = [];
  const batch = new EventBatch((events) => sent.push(events), 20);
  for (let step = 1; step <= 50; step++) batch.add(progress(step));
  batch.add({ kind: 'run', runId: 'a', event: { kind: 'note', message: 'n' } });
  batch.add(progress(51));
  batch.add(progress(1, 'b'));
  expect(sent).toEqual([]);
  await eventually(() => sent.length).toBe(1);
  const [events] = sent;
  expect(events).toHaveLength(4);
  expect(
    events.flatMap((event) => (event.kind === 'run' && event.event.kind === 'progress' ? event.event.steps.map((s) => s.step) : [])),
  ).toEqual([...Array.from({ length: 51 }, (_, i) => i + 1), 1]);
  expect(events[0]).toMatchObject({ event: { samplesPerSecond: 50, memory: { inUseBytes: 50 } } });
  batch.add({ kind: 'import-progress', progress: { stage: 'check', done: 1, total: 9 } });
  batch.add({ kind: 'import-progress', progress: { stage: 'check', done: 2, total: 9 } });
  batch.flush();
  expect(sent[1]).toEqual([{ kind: 'import-progress', progress: { stage: 'check', done: 2, total: 9 } }]);
});

test('answers to pictures are joined while they continue each other, never replaced', () => {
  const sent: WindowEvent[][] = [];
  const batch = new EventBatch((events) => sent.push(events));
  const answers = (question: number, from: number, count: number): WindowEvent => ({
    kind: 'answers',
    question,
    answers: { from, answers: Array.from({ length: count }, (_, i) => ({ problem: `${question}: ${from + i}` })) },
  });
  for (const event of [answers(1, 0, 32), answers(1, 32, 32), answers(1, 64, 5), answers(2, 0, 1), answers(2, 2, 1)]) batch.add(event);
  batch.flush();
  expect(sent).toEqual([[answers(1, 0, 69), answers(2, 0, 1), answers(2, 2, 1)]]);
});

test('a run that does not stop is killed, and its last checkpoint stays', async () => {
  const { ask, training } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const runId = await value(ask('startRun', id, RUNS.hangs));
  await expect
    .poll(async () => (await value(ask('getRun', runId))).events.map((event) => event.message))
    .toContain('Checkpoint saved after step 2.');
  const stopping = training.finish('stop');
  const first = await Promise.race([stopping.then(() => 'stopped'), new Promise((resolve) => setTimeout(() => resolve('waiting'), 200))]);
  expect(first).toBe('waiting');
  training.kill('late');
  await stopping;
  expect(await value(ask('getRun', runId))).toMatchObject({
    state: 'interrupted',
    resumable: true,
    failure: 'Ended, because its step took too long; what it did up to step 2 is saved.',
  });
});

test('an engine question that failed is asked again', async () => {
  const processes = new Processes();
  let missing = true;
  const host = new EngineHost((program) => {
    const child = processes.fork();
    if (missing) child.kill();
    expect(program).toBe('trainer');
    return child as never;
  });
  await expect(host.list()).rejects.toMatchObject({
    failure: { kind: 'trainer-died', how: 'it was ended from outside, signal 15' },
  });
  missing = false;
  expect((await host.list()).report.name).toBe('js');
});

test('engines are looked at once, and anew for another language', async () => {
  const processes = new Processes();
  let looks = 0;
  const host = new EngineHost((program) => {
    looks++;
    return processes.fork(program);
  });
  await host.list();
  await host.list();
  expect(looks).toBe(1);
  host.speakAnew();
  await host.list();
  expect(looks).toBe(2);
});

test('an engine that is tried and gives no answer does not work here', async () => {
  const host = new EngineHost(new Processes().fork, 200);
  const problem = 'The engine was built but does not work here: it gave no answer within 0.2 seconds.';
  await expect(host.install('cuda', () => {})).rejects.toMatchObject({ failure: { kind: 'engine-install', problem } });
});

test('an unexpected error is a sentence to the person and a stack in the log', async () => {
  const { handlers, log } = startApp();
  const broken = { ...handlers, listRuns: () => Promise.reject(new TypeError('x is not a function')) };
  const given = await answer(broken, log, 'listRuns', []);
  expect(given).toEqual({
    ok: false,
    failure: { kind: 'unexpected', message: 'x is not a function' },
    sentence: 'Something unexpected went wrong: x is not a function',
  });
  expect(readFileSync(path.join(log.folder, 'overbatch.log'), 'utf8')).toMatch(/\[listRuns\] TypeError: x is not a function \| at /);
});

test('the log turns over and keeps three old files', () => {
  const log = openLog(path.join(temporaryFolder(), 'logs'), 200);
  for (let i = 0; i < 40; i++) log.write('main', `line ${i} ${'x'.repeat(60)}`);
  const file = path.join(log.folder, 'overbatch.log');
  expect([file, `${file}.1`, `${file}.3`, `${file}.4`].map(existsSync)).toEqual([true, true, true, false]);
  expect(readFileSync(file, 'utf8')).toContain('line 39');
  expect(readFileSync(file).length).toBeLessThan(400);
});

test('a log that cannot be written is silent', () => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  openLog(path.join(file, 'logs')).write('main', 'x');
});
