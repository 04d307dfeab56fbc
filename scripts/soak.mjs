// npm run soak: hours of use in the real window, driven by a script (test/deep/soak). What it saw lies in test-results/soak.
import { parseArgs } from 'node:util';
import { nativeEngine } from './proof/stages.mjs';
import { summaryLine } from './proof/tally.mjs';
import { runVitest } from './proof/vitest.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { runCommand } from './setup/problem.mjs';

const HELP = `npm run soak -- [options]
  --hours N      how long (default 4)
  --settle N     minutes at first that are not judged (default 30)
  --every N      seconds between two readings (default 60)
  --pause N      seconds of rest between two rounds (default 20)
  --leak main    a control: a megabyte a minute that nobody lets go of, in main or in the window; it has to be found`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      hours: { type: 'string', default: '4' },
      settle: { type: 'string', default: '30' },
      every: { type: 'string', default: '60' },
      pause: { type: 'string', default: '20' },
      leak: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  requireNode();
  await ensureDependencies();
  await ensureBuild();
  await nativeEngine();
  const { hours, settle, every, pause, leak } = values;
  const options = {
    minutes: 60 * Number(hours),
    settleMinutes: Number(settle),
    everySeconds: Number(every),
    pauseSeconds: Number(pause),
    leak,
  };
  const env = { OVERBATCH_SOAK: JSON.stringify(options) };
  const counts = await runVitest('soak', ['--config', 'vitest.deep.config.mts', '--project', 'soak'], { env });
  for (const failure of counts.failures) console.log(`FAILED  ${failure}`);
  console.log(summaryLine(counts));
  return counts.failed > 0 ? 1 : 0;
});
