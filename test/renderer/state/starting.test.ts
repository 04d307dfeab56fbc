// A start that measures first takes a while: whoever still waits there comes to the Run page, whoever went on to something else is told, and what
// is known is not measured again. The state as it is compiled for a page, against answers of our own.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { Known } from '#renderer/state/run-course.svelte';
import type { Planning as State } from '#renderer/state/planning.svelte';
import { Starting } from '#renderer/state/starting';
import type { WindowApi } from '#shared/contract';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { buildProgram } from '#test/support/build-program';

let Planning: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/planning.svelte.ts', 'planning-state', svelte({ configFile: false }));
  ({ Planning } = (await import(pathToFileURL(built).href)) as { Planning: typeof State });
});

const DIGITS = { id: 'd', name: 'digits', kind: 'table', task: 'regression' } as const;
const IDENTICAL = { kind: 'identical' } as const;
const UNLIKE = { kind: 'not-identical', because: 'a', remedy: 'b' } as const;

function openDesk(answer: unknown = { ok: true, value: { plan: { verdict: IDENTICAL } } }) {
  const asked: string[] = [];
  const said: string[] = [];
  let measured: () => void = () => {};
  const api = {
    planRun: () => {
      asked.push('planRun');
      return new Promise((resolve) => (measured = () => resolve(answer)));
    },
    startRun: () => Promise.resolve({ ok: true, value: `run ${asked.push('startRun')}` }),
  };
  const desk = {
    route: { page: 'plan' as 'plan' | 'data' | 'run', go: (page: never) => void (desk.route.page = page) },
    draft: { datasetId: 'd', reading: { spec: DEFAULT_SPEC as RunSpec, problems: {} } },
    planning: new Planning(api as unknown as WindowApi),
    live: { begin: (id: string, known: Known) => void asked.push(`begin ${id}, ${known.sort}`) },
    toasts: {
      sayWithLink: (message: string, { address }: { address: string }, about: string) => void said.push(`${message} ${address} (${about})`),
      forget: (about: string) => void said.splice(0, Infinity, ...said.filter((one) => !one.endsWith(`(${about})`))),
    },
  };
  return { desk, asked, said, starting: new Starting(desk), measured: () => measured() };
}

test('whoever waits for it comes to the run', async () => {
  const { desk, asked, said, starting, measured } = openDesk();
  const started = starting.start(DIGITS, DEFAULT_SPEC);
  measured();
  await started;
  expect([desk.route.page, asked, said]).toEqual(['run', ['planRun', 'startRun', 'begin run 2, regression'], []]);
});

test.each([
  ['another page', (desk: ReturnType<typeof openDesk>['desk']) => void (desk.route.page = 'data')],
  ['another plan', (desk: ReturnType<typeof openDesk>['desk']) => void (desk.draft.reading.spec = { ...DEFAULT_SPEC, epochs: 99 })],
  ['other data', (desk: ReturnType<typeof openDesk>['desk']) => void (desk.draft.datasetId = 'e')],
])('whoever is at %s meanwhile stays there and is told', async (_where, goOn) => {
  const { desk, asked, said, starting, measured } = openDesk();
  const started = starting.start(DIGITS, DEFAULT_SPEC);
  goOn(desk);
  const { page } = desk.route;
  measured();
  await started;
  expect([desk.route.page, asked.at(-1)]).toEqual([page, 'begin run 2, regression']);
  expect(said).toEqual(['The run with “digits” has started. #/run (start of run 2)']);
});

test('left while its settings were still counted, it starts all the same, and is told where the person is', async () => {
  const { desk, said, starting, measured } = openDesk();
  const pressedAt = starting.place();
  desk.route.page = 'data';
  const started = starting.start(DIGITS, DEFAULT_SPEC, undefined, pressedAt);
  measured();
  await started;
  expect([desk.route.page, said]).toEqual(['data', ['The run with “digits” has started. #/run (start of run 2)']]);
});

test('who is at the run already sees that it has started', async () => {
  const { desk, said, starting, measured } = openDesk();
  const started = starting.start(DIGITS, DEFAULT_SPEC);
  desk.route.page = 'run';
  measured();
  await started;
  expect(said).toEqual([]);
});

test('what was measured before is not measured again', async () => {
  const { asked, starting } = openDesk();
  await starting.start(DIGITS, DEFAULT_SPEC, IDENTICAL);
  expect(asked).toEqual(['startRun', 'begin run 1, regression']);
});

test('what was measured stays so when its settings come back in another order', async () => {
  const { desk, measured } = openDesk();
  const measuring = desk.planning.measure('d', DEFAULT_SPEC);
  measured();
  await measuring;
  const turned = Object.fromEntries(Object.entries(DEFAULT_SPEC).reverse()) as RunSpec;
  expect([turned, { ...turned, epochs: 99 }].map((spec) => desk.planning.isFresh('d', spec))).toEqual([true, false]);
});

test('what would not be identical waits for a second press, measured or known; away from there it is told', async () => {
  const { desk, asked, starting } = openDesk();
  await starting.start(DIGITS, DEFAULT_SPEC, UNLIKE);
  expect([asked, desk.planning.isHeldBack('d', DEFAULT_SPEC), desk.planning.isHeldBack('d', { ...DEFAULT_SPEC, batch: 7 })]).toEqual([
    [],
    true,
    false,
  ]);
  await starting.start(DIGITS, DEFAULT_SPEC, UNLIKE);
  expect(asked).toEqual(['startRun', 'begin run 1, regression']);

  const away = openDesk({ ok: true, value: { plan: { verdict: UNLIKE } } });
  const started = away.starting.start(DIGITS, DEFAULT_SPEC);
  away.desk.route.page = 'data';
  away.measured();
  await started;
  expect([away.asked, away.said]).toEqual([
    ['planRun'],
    ['The run with “digits” was not started: its result would not be identical. #/plan (not started)'],
  ]);
  // Started again, that is not true any more.
  away.desk.route.page = 'plan';
  await away.starting.start(DIGITS, DEFAULT_SPEC, IDENTICAL);
  expect(away.said).toEqual([]);
});

test('sizes that were measured are those of the settings they were measured for', async () => {
  const { desk, measured } = openDesk();
  const { planning } = desk;
  const measuring = planning.measure('d', DEFAULT_SPEC);
  const point = { micro: 5, peakBytes: 1_060_000, milliseconds: 1 };
  planning.hear(point);
  expect([planning.isMeasuring('d', DEFAULT_SPEC), planning.pointsOf('d', DEFAULT_SPEC)]).toEqual([true, [point]]);
  for (const [id, spec] of [
    ['penguins', DEFAULT_SPEC],
    ['d', { ...DEFAULT_SPEC, batch: 8 }],
  ] as const)
    expect([planning.isMeasuring(id, spec), planning.pointsOf(id, spec)]).toEqual([false, []]);
  measured();
  await measuring;
  expect(planning.isMeasuring('d', DEFAULT_SPEC)).toBe(false);
});
