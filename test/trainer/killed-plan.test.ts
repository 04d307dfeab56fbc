// A plan whose real process is killed while it tries a size: the next one goes on with what was measured, below that size.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forkProgram } from '#cli/fork-program';
import { importFolder } from '#datasets/import-folder';
import { died } from '#shared/child';
import { HostedPlan } from '#shared/hosted-plan';
import { startJob } from '#shared/job';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

it('goes on below the size at which its process was killed, and measures nothing twice', async () => {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b', 'c'], 60), { width: 8, height: 8, channels: 1 }, datasetFolder);
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
  const spec = { ...DEFAULT_SPEC, engine: 'wasm' as const, batch: 100, micro: 'auto' as const };
  const { plan } = await hosted.run({ kind: 'plan', spec, datasetFolder });
  expect(tried[0]).toEqual([2, 8, 32]);
  expect(
    tried
      .slice(1)
      .flat()
      .filter((micro) => micro > 16 || micro <= 8),
  ).toEqual([]);
  expect(plan.micro).toBeLessThanOrEqual(16);
  expect(plan.measured.map(({ micro }) => micro).slice(0, 2)).toEqual([2, 8]);
}, 60_000);
