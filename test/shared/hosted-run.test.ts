// A run whose processes die, with processes that only say so: what the next one is asked to do, and when there is no next one.
import { expect, it } from 'vitest';
import { FailureError } from '#shared/failure';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import type { Reading } from '#shared/job';
import type { RunEvent } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { TrainerMessage } from '#shared/trainer-messages';

const COMMAND: TrainCommand = {
  kind: 'train',
  spec: { ...DEFAULT_SPEC, batch: 256, micro: 'auto' },
  datasetFolder: '/data',
  outFolder: '/out',
};
const died = (exhausted: boolean) => new FailureError({ kind: 'trainer-died', how: 'it gave up', exhausted });
const planned = (micro: number) => ({ kind: 'planned', plan: { micro } }) as RunEvent;
const checkpoint = (step: number): RunEvent => ({ kind: 'checkpoint', step, folder: '/out/checkpoints' });

type Life = (
  n: number,
  hear: (event: RunEvent) => void,
  process: { command: TrainCommand; read: Reading<TrainerMessage, void> },
) => FailureError | undefined;

/** What each process was asked; `lives` says what the n-th one tells and how it ends (undefined: well). */
async function host(lives: Life, asked = COMMAND, onEvent: (event: RunEvent) => void = () => {}) {
  const commands: TrainCommand[] = [];
  const run = new HostedRun((command, read) => {
    const end = lives(commands.push(command) - 1, (event) => void read({ kind: 'event', event }), { command, read });
    return { result: end ? Promise.reject(end) : Promise.resolve(), post: () => {}, cancel: () => {}, kill: () => {} };
  }, onEvent);
  const failure = await run.train(asked).catch((error: unknown) => error);
  return { commands, failure };
}

it('for how long it was away is told once another process trains', async () => {
  const told: RunEvent[] = [];
  await host(
    (n, hear) => {
      hear({ kind: 'started' } as RunEvent);
      return n === 0 ? died(false) : undefined;
    },
    COMMAND,
    (event) => told.push(event),
  );
  expect(told.map((event) => (event.kind === 'note' ? event.message.replace(/[\d.]+ s/, 'N s') : event.kind))).toEqual([
    'started',
    'The training process stopped unexpectedly (it gave up). The run begins again, because no checkpoint was saved yet.',
    'started',
    'It trains again N s after its process had stopped.',
  ]);
});

it('a process that dies of its first trials leaves the next one smaller ones', async () => {
  const { commands, failure } = await host((n) => (n < 2 ? died(true) : undefined));
  expect(failure).toBeUndefined();
  expect(commands.map(({ mostMicro }) => mostMicro)).toEqual([undefined, 128, 64]);
});

it('a smaller size that dies too, before it is planned, is halved again', async () => {
  const { commands } = await host((n, hear) => {
    if (n === 0) [planned(32), checkpoint(4)].forEach(hear);
    return n < 2 ? died(true) : undefined;
  });
  expect(commands.map(({ mostMicro }) => mostMicro)).toEqual([undefined, 16, 8]);
});

it('one that dies of what comes before the first step leaves the next one half of what that took at once', async () => {
  const note = (micro: number): RunEvent => ({ kind: 'note', message: 'It looks at pictures.', micro });
  const { commands, failure } = await host((n, hear) => {
    if (n === 0) hear(note(32));
    if (n === 1) [note(16), planned(16), note(6)].forEach(hear);
    return n < 2 ? died(true) : undefined;
  });
  expect(failure).toBeUndefined();
  expect(commands.map(({ mostMicro }) => mostMicro)).toEqual([undefined, 16, 3]);
});

it('once it trains, what came before the first step is not what it dies of', async () => {
  const { commands } = await host((n, hear) => {
    const first = { kind: 'progress', steps: [{ step: 1 }] } as RunEvent;
    if (n === 0) [planned(128), { kind: 'note', message: '', micro: 6 } as RunEvent, first].forEach(hear);
    return n < 1 ? died(true) : undefined;
  });
  expect(commands.map(({ mostMicro }) => mostMicro)).toEqual([undefined, 64]);
});

it('what was halved is told on until a checkpoint knows it, and nothing is halved without a sign of exhaustion', async () => {
  const { commands } = await host((n, hear) => {
    hear(planned(32));
    if (n === 1) hear(checkpoint(7));
    return n === 0 ? died(true) : n < 3 ? died(false) : undefined;
  });
  expect(commands.map(({ recoveries }) => recoveries)).toEqual([undefined, [{ step: 0, during: 'process', from: 32, micro: 16 }], [], []]);
  expect(commands.map(({ mostMicro }) => mostMicro)).toEqual([undefined, 16, 16, 16]);
});

it('processes that each get a little further and never save do not go on for ever', async () => {
  const { commands, failure } = await host((n, hear) => {
    hear({ kind: 'progress', steps: [{ step: n + 1 }] } as RunEvent);
    return died(false);
  });
  expect(commands).toHaveLength(10);
  expect(failure).toMatchObject({ failure: { kind: 'trainer-died', times: 10, step: 10 } });
});

/** Its plan tries growing sizes, and one above `room` ends the process, without a sign of exhaustion. */
const plansUpTo =
  (room: number): Life =>
  (_n, hear, { command: { mostMicro = Infinity, known = [] }, read }) => {
    for (const micro of [2, 8, 32, 128].filter((size) => size <= mostMicro && !known.some((point) => point.micro === size))) {
      read({ kind: 'trying', micro });
      if (micro > room) return died(false);
      read({ kind: 'measured', point: { micro, peakBytes: 1_000 * micro, milliseconds: 1 } });
    }
    hear(planned(Math.min(room, mostMicro)));
    return undefined;
  };

it('a size that its plan tried and died of is halved, whatever ended the process, and nothing is measured twice', async () => {
  const { commands, failure } = await host(plansUpTo(16));
  expect(failure).toBeUndefined();
  expect(commands.map(({ mostMicro, known }) => [mostMicro, known?.map(({ micro }) => micro)])).toEqual([
    [undefined, undefined],
    [16, [2, 8]],
  ]);
  // No step was done: nothing has changed that a receipt would tell of.
  expect(commands.at(-1)?.recoveries).toEqual([]);
});

it('never below a size that a person asked for, or that a checkpoint has', async () => {
  for (const asked of [
    { ...COMMAND, spec: { ...COMMAND.spec, micro: 32 } },
    { ...COMMAND, resumeFolder: '/out' },
  ]) {
    const { commands, failure } = await host(plansUpTo(16), asked);
    expect(failure).toMatchObject({ failure: { kind: 'trainer-died', times: 3 } });
    expect(commands.map(({ mostMicro }) => mostMicro)).toEqual([undefined, undefined, undefined]);
  }
});
