// The programs without a window: `train`, `ask`, `evaluate`, `data`, `engine`, `export`, `plan`, `receipt`, `runs`. Every failure is one sentence and an exit code above zero.
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import { askCommand } from './ask';
import { dataCommand } from './data';
import { engineCommand } from './engine';
import { evaluateCommand } from './evaluate';
import { exportCommand } from './export';
import { planCommand } from './plan';
import { receiptCommand } from './receipt';
import { runsCommand } from './runs';
import { trainCommand } from './train';

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  train: trainCommand,
  ask: askCommand,
  data: dataCommand,
  export: exportCommand,
  engine: engineCommand,
  evaluate: evaluateCommand,
  plan: planCommand,
  receipt: receiptCommand,
  runs: runsCommand,
};

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = COMMANDS[name];
  if (!command) {
    console.error(`Overbatch has no command "${name}". Use one of: ${Object.keys(COMMANDS).join(', ')}.`);
    return 2;
  }
  try {
    return await command(args);
  } catch (error) {
    if (!(error instanceof FailureError) && process.env.OVERBATCH_DEBUG) console.error(error);
    console.error(failureSentence(toFailure(error)));
    return 1;
  }
}

// A closed pipe (`| head`) is the reader's wish to stop, not an error.
process.stdout.on('error', () => process.exit(0));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(String(error));
    process.exit(1);
  },
);
