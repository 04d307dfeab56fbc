// Without a window: what the tray says is true at every moment, and the app ends where nothing can begin by itself and nobody would see it.
import { expect, test } from 'vitest';
import { Background } from '#main/background';
import { tellWhenNeeded } from '#main/presence';
import { Watch } from '#main/situation';
import type { TrayAction, TrayLook } from '#main/tray-menu';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

async function withoutWindow({ hasTray = false } = {}) {
  const app = startApp();
  const { id: datasetId } = await value(app.ask('importSample', 'digits'));
  const watch = new Watch(app);
  const drawn: TrayLook[] = [];
  const said: string[] = [];
  const did: string[] = [];
  let press: (action: TrayAction) => void = () => {};
  const show = () => void did.push('shown');
  const desktop = { isWatched: () => false, notify: (body: string) => void said.push(body) };
  tellWhenNeeded({ watch, desktop, preferences: app.preferences, show });
  const background = new Background({
    watch,
    openTray(act) {
      press = act;
      return { draw: (look) => void drawn.push(look), remove: () => void did.push('tray removed') };
    },
    show,
    pause: (runId) => app.training.finish('pause', runId),
    resume: (runId) => app.ask('resumeRun', runId),
    tell: (sentence) => void said.push(sentence),
    quit: () => void did.push('quit'),
  });
  const begin = async (spec = RUNS.untilStopped) => {
    const runId = await value(app.ask('startRun', datasetId, spec));
    await eventually(() => app.events.some((event) => event.kind === 'run' && event.event.kind === 'checkpoint')).toBe(true);
    background.begin(hasTray);
    return runId;
  };
  const words = () => drawn.at(-1)?.words;
  /** What a menu offers, also one that was drawn before. */
  const choose = (label: string, { offers } = drawn.at(-1)!) => press(offers.find((offer) => offer.label === label)!.does);
  return { ...app, background, begin, choose, datasetId, did, drawn, said, words };
}

test('it says what trains and what waits, and ends after the last run', async () => {
  const { ask, begin, datasetId, did, drawn, words, tell } = await withoutWindow();
  await begin();
  expect(words()).toMatch(/^Training “.+”, \d+ % done$/);
  await value(ask('queueRun', datasetId, RUNS.completes));
  expect(words()).toMatch(/ done, 1 waiting$/);
  expect(did).toEqual([]);
  await value(tell('stopRun'));
  await eventually(() => did).toEqual(['quit']);
  const said = drawn.map((look) => look.words);
  // Between the two, and of the second before it has a step: never the first one's figure.
  expect(said.filter((text) => text.startsWith('Starting “')).length).toBeGreaterThan(0);
  expect(words()).toBe('Nothing is training');
  const second = said.slice(said.findLastIndex((text) => text.startsWith('Starting')));
  expect(second.filter((text) => text.startsWith('Training')).at(0)).toMatch(/, 0 % done$/);
});

test.each([
  ['ends where no tray is known to be seen', false, ['quit']],
  ['stays where one is, and says why', true, []],
])('a next run that cannot be started: the app %s', async (_case, hasTray, expected) => {
  const { ask, begin, datasetId, db, did, drawn, said, tell } = await withoutWindow({ hasTray });
  await begin();
  await value(ask('queueRun', datasetId, RUNS.completes));
  db.run(`UPDATE datasets SET folder = 'datasets/gone' WHERE id = @datasetId`, { datasetId });
  await value(tell('stopRun'));
  await eventually(() => said).toEqual([
    expect.stringMatching(/^The next run could not be started: The data set .* is not on the disk any more/),
  ]);
  expect(did).toEqual(expected);
  expect(drawn.at(-1)).toMatchObject({
    words: 'The next run could not be started, 1 waiting',
    problem: expect.stringMatching(/not on the disk/) as string,
    offers: [{ label: 'Show Overbatch' }, { label: 'Quit' }],
  });
});

test('paused from the tray it stays there, offers to resume and does; with the window the tray goes', async () => {
  const { background, begin, choose, did, drawn, training, words } = await withoutWindow();
  await begin();
  choose('Pause');
  await eventually(words).toMatch(/^“.+” is paused at \d+ %$/);
  expect(did).toEqual([]);
  expect(drawn.at(-1)!.offers.map(({ label }) => label)).toEqual(['Show Overbatch', 'Resume', 'Quit']);
  choose('Resume');
  await eventually(words).toMatch(/^Training/);
  expect(training.runId).toBeDefined();
  background.end();
  const before = drawn.length;
  await training.finish('stop');
  expect([did, drawn.length]).toEqual([['tray removed'], before]);
});

test('a menu that named the run before does not pause the next one', async () => {
  const { ask, begin, choose, datasetId, drawn, tell, training } = await withoutWindow();
  const named = await begin();
  await value(ask('queueRun', datasetId, RUNS.untilStopped));
  const menu = drawn.at(-1);
  await value(tell('stopRun'));
  await eventually(() => training.runId !== undefined && training.runId !== named).toBe(true);
  const next = training.runId!;
  choose('Pause', menu);
  const steps = async () => (await value(ask('getRun', next))).steps.length;
  await eventually(steps).toBeGreaterThan(5);
  expect(training.runId).toBe(next);
  choose('Pause');
  await eventually(() => training.runId).toBeUndefined();
});

test('a run that was paused and discarded is not what a tray offers to resume when the next one fails at once', async () => {
  const { ask, background, begin, choose, datasetId, did, drawn, words } = await withoutWindow({ hasTray: true });
  const runId = await begin();
  choose('Pause');
  await eventually(words).toMatch(/ is paused at /);
  background.end();
  await value(ask('discardRun', runId));
  await value(ask('startRun', datasetId, RUNS.failsUnbegun));
  background.begin(true);
  await eventually(words).toBe('Nothing is training');
  expect(drawn.at(-1)!.offers.map(({ label }) => label)).toEqual(['Show Overbatch', 'Quit']);
  expect(did).toEqual(['tray removed', 'quit']);
});
