// Closing the window and quitting: asked while a run trains and between two of the queue, and what was answered holds for that one time.
import { expect, test, vi } from 'vitest';
import { Closing, type ClosingWindow } from '#main/closing';
import type { Background } from '#main/background';
import type { ClosingAnswer, ClosingQuestion } from '#main/closing-words';
import { Quitting } from '#main/quit';
import { Watch } from '#main/situation';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

/** The app with a window that is closed, and everything that would be asked or ended. */
async function withWindow() {
  const app = startApp();
  const { id: datasetId } = await value(app.ask('importSample', 'digits'));
  const { queue, trainer, training } = app;
  const watch = new Watch(app);
  const did: string[] = [];
  const stays = { count: 0 };
  const asked: ClosingQuestion[] = [];
  const answers: ClosingAnswer[] = [];
  const [beforeTheEnd, whileAsked]: (() => Promise<unknown>)[][] = [[], []];
  const quitting: Quitting = new Quitting({
    training,
    trainer,
    queue,
    ask: () => Promise.resolve(void did.push('asked to quit')).then(() => false),
    quit() {
      const first = beforeTheEnd.shift() ?? (() => Promise.resolve());
      void first().then(() => quitting.mayEnd() && did.push('ended'));
    },
    stay: () => void stays.count++,
  });
  const background = { isActive: false, begin: () => void did.push('in the background') } as unknown as Background;
  const closing = new Closing<ClosingWindow>({
    training,
    watch,
    background,
    quitting,
    platform: 'linux',
    sessionEnds: () => void did.push('session ended'),
    hasTray: () => Promise.resolve(false),
    settled: () => app.preferences.now.closing,
    async ask(question) {
      asked.push(question);
      await whileAsked.shift()?.();
      return { answer: answers.shift() ?? 'stay', once: false };
    },
  });
  let onClose: (event: { preventDefault(): void }) => void = () => {};
  let endSession = () => {};
  const window: ClosingWindow = {
    on(event: string, listener: (event: { preventDefault(): void }) => void) {
      if (event === 'close') onClose = listener;
      if (event === 'session-end') endSession = () => listener({ preventDefault: () => {} });
    },
    close: () => void did.push('closed'),
  };
  closing.guard(window);
  /** True where it is not closed at once. */
  const close = (answer: ClosingAnswer): boolean => {
    answers.push(answer);
    let isHeld = false;
    onClose({ preventDefault: () => (isHeld = true) });
    if (!isHeld) answers.pop();
    return isHeld;
  };
  const start = async () => {
    await value(app.ask('startRun', datasetId, RUNS.untilStopped));
    await eventually(() => app.events.some((event) => event.kind === 'run' && event.event.kind === 'checkpoint')).toBe(true);
  };
  const add = (spec = RUNS.untilStopped) => value(app.ask('queueRun', datasetId, spec));
  const states = async () => (await value(app.ask('listRuns'))).map(({ state }) => state);
  return {
    ...app,
    add,
    asked,
    beforeTheEnd,
    close,
    datasetId,
    did,
    endSession: () => endSession(),
    quitting,
    start,
    states,
    stays,
    whileAsked,
  };
}

/** In the moment between two runs. */
const betweenRuns = ({ training }: Awaited<ReturnType<typeof withWindow>>, look: () => void): Promise<void> =>
  new Promise((resolve) => {
    let isDone = false;
    training.onEvent((event) => {
      if (event !== 'ended' || isDone) return;
      isDone = true;
      expect(training.runId).toBeUndefined();
      look();
      resolve();
    });
  });

test('between two runs the window is not closed unasked; what was to begin waits where the app ends then', async () => {
  const app = await withWindow();
  const { add, ask, asked, close, did, start, states, training } = app;
  expect(close('stay')).toBe(false);
  await start();
  await add();
  const between = betweenRuns(app, () => expect(close('pause')).toBe(true));
  await training.finish('stop');
  await between;
  await eventually(() => did).toEqual(['ended']);
  expect(asked[0].message).toMatch(/^The next run, “.+”, is about to begin\.$/);
  expect(asked[0].answers.map(({ label }) => label)).toEqual(['Go On Without the Window', 'Quit', 'Cancel']);
  const left = [await states(), (await value(ask('getQueue'))).waiting.length];
  // As quick as the queue is, it may have begun: then it is paused and waits no more.
  expect([
    [['stopped'], 1],
    [['paused', 'stopped'], 0],
  ]).toContainEqual(left);
  expect(training.runId).toBeUndefined();
});

test('told to finish early while the next has taken its place, the next is asked about, not ended', async () => {
  const { add, asked, close, did, start, states, training, whileAsked } = await withWindow();
  await start();
  const named = training.runId;
  await add();
  whileAsked.push(async () => {
    await training.finish('stop');
    await eventually(() => training.runId !== undefined && training.runId !== named).toBe(true);
  });
  expect(close('stop')).toBe(true);
  await eventually(() => asked.length).toBe(2);
  expect(asked[1].message).not.toBe(asked[0].message);
  expect([did, await states()]).toEqual([[], ['running', 'stopped']]);
});

test('gone on without the window in that moment, the next run begins', async () => {
  const app = await withWindow();
  const { add, close, did, start, training } = app;
  await start();
  await add();
  const between = betweenRuns(app, () => expect(close('go-on')).toBe(true));
  await training.finish('stop');
  await between;
  await eventually(() => did).toEqual(['in the background', 'closed']);
  await eventually(() => training.runId).toBeDefined();
});

test('what was said of a quit that is called off is not said of the next one', async () => {
  const { did, quitting, start, states } = await withWindow();
  await start();
  expect(quitting.mayEnd()).toBe(false);
  // Said while the question is open, which is answered with no.
  quitting.now('stop');
  await eventually(() => did).toEqual(['asked to quit']);
  quitting.mayEnd();
  await eventually(() => did).toEqual(['asked to quit', 'asked to quit']);
  expect(await states()).toEqual(['running']);
});

test('when the system logs off, nobody is asked, and the end is told as one in order', async () => {
  const { asked, did, endSession } = await withWindow();
  endSession();
  expect([did, asked]).toEqual([['session ended'], []]);
});

test('whoever waited for the end is told that it does not come: after a no, and where saving fails', async () => {
  const { did, quitting, start, stays, training } = await withWindow();
  await start();
  expect(quitting.mayEnd()).toBe(false);
  await eventually(() => stays.count).toBe(1);
  const failing = vi.spyOn(training, 'finish').mockRejectedValueOnce(new Error('cannot be saved'));
  const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve));
  quitting.now('pause');
  await eventually(() => stays.count).toBe(2);
  await unhandled;
  expect([did, failing.mock.calls.length]).toEqual([['asked to quit'], 1]);
});

test('called off when all was saved, because another run has begun, the queue goes on behind that', async () => {
  const { add, ask, beforeTheEnd, datasetId, did, quitting, start, states, training } = await withWindow();
  await start();
  await add(RUNS.completes);
  beforeTheEnd.push(
    () => Promise.resolve(),
    () => value(ask('startRun', datasetId, RUNS.untilStopped)),
  );
  quitting.now('stop');
  await eventually(() => did).toEqual(['asked to quit']);
  expect(await states()).toEqual(['running', 'stopped']);
  await eventually(async () => (await value(ask('getQueue'))).waiting.length).toBe(1);
  await training.finish('stop');
  await eventually(states).toEqual(['completed', 'stopped', 'stopped']);
  expect(did).toEqual(['asked to quit']);
});

test.each([
  ['tray', ['in the background', 'closed'], undefined],
  ['quit', ['ended'], 'paused'],
] as const)('settled as “%s”, nothing is asked', async (closing, done, state) => {
  const { asked, close, did, preferences, start, states } = await withWindow();
  preferences.change({ closing });
  await start();
  expect(close('stay')).toBe(true);
  await eventually(() => did).toEqual(done);
  expect(asked).toEqual([]);
  if (state) expect(await states()).toEqual([state]);
});
