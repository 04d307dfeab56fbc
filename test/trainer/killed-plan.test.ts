// A plan whose real process is killed while it tries a size: the next one goes on with what was measured, below that size; so does a run's own.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forkProgram } from '#cli/fork-program';
import { importFolder } from '#datasets/import-folder';
import { died } from '#shared/child';
import { HostedPlan } from '#shared/hosted-plan';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import { startJob, type Reading } from '#shared/job';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { forkTrainer } from '#test/support/killed-run';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

async function pictures(): Promise<string> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b', 'c'], 60), { width: 8, height: 8, channels: 1 }, datasetFolder);
  return datasetFolder;
}
const spec: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 100, micro: 'auto', epochs: 1 };

it('goes on below the size at which its process was killed, and measures nothing twice', async () => {
  const datasetFolder = await pictures();
  const tried: number[][] = [];
  const hosted = new HostedPlan((command, read) => {
    const child = forkProgram<TrainerCommand, TrainerMessage>(join('out', 'main', 'trainer.js'));
    const mine: number[] = [];
    tried.push(mine);
    const heard = (message: TrainerMessage) => {
      if (message.kind === 'trying') mine.push(message.micro);
      if (message.kind === 'trying' && message.micro > 16) child.kill();
      return read(message);
    };
    return startJob(child, command, heard, died);
  });
  const { plan, diedAt } = await hosted.run({ kind: 'plan', spec, datasetFolder });
  expect(tried[0]).toEqual([2, 8, 32]);
  expect(diedAt).toBe(32);
  expect(
    tried
      .slice(1)
      .flat()
      .filter((micro) => micro > 16 || micro <= 8),
  ).toEqual([]);
  expect(plan.micro).toBeLessThanOrEqual(16);
  expect(plan.measured.map(({ micro }) => micro).slice(0, 2)).toEqual([2, 8]);
}, 60_000);

it('a run does, too, and trains', async () => {
  const events: RunEvent[] = [];
  let processes = 0;
  const start = (command: TrainCommand, read: Reading<TrainerMessage, void>) => {
    processes++;
    const { child, job } = forkTrainer(command, (message) => {
      if (message.kind === 'trying' && message.micro > 16) child.kill('SIGKILL');
      return read(message);
    });
    return job;
  };
  const run = new HostedRun(start, (event) => events.push(event));
  await run.train({ kind: 'train', spec, datasetFolder: await pictures(), outFolder: temporaryFolder() });
  const planned = events.find((event) => event.kind === 'planned') as RunEventOf<'planned'>;
  expect(processes).toBe(2);
  expect(planned.plan.micro).toBeLessThanOrEqual(16);
  expect(planned.plan.measured.map(({ micro }) => micro).slice(0, 2)).toEqual([2, 8]);
  expect(events.at(-1)?.kind).toBe('finished');
}, 60_000);
