// A process that writes a run's events until it is done or killed: writer.mjs <file> <run id> <rounds>.
import { openStore, closeStore } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { createRun } from '#store/runs';
import { DEFAULT_SPEC } from '#shared/run-spec';

const [file, id, rounds] = process.argv.slice(2);
const db = openStore(file);
createRun(db, { id, spec: DEFAULT_SPEC, folder: id, datasetName: 'digits' });
for (let round = 0; round < Number(rounds); round++) {
  const steps = [1, 2].map((n) => ({ step: 2 * round + n, epoch: 1, loss: 0.5, accuracy: 0.5, samples: 256, seconds: 2 * round + n }));
  recordRunEvent(db, id, {
    kind: 'progress',
    steps,
    samplesPerSecond: 1,
    secondsLeft: 1,
    memory: { inUseBytes: 1, peakBytes: 1, rssBytes: 1 },
  });
  if (round === 0) process.stdout.write('writing\n');
}
closeStore(db);
