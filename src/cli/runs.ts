// `runs list|show|compare|export|import`: the app's history, while the app may be open; only import changes it, and never what is there.
import { badUsage, readRunsArguments, RUNS_HELP } from './runs/options';
import { compareCommand } from './runs/compare';
import { exportCommand } from './runs/export';
import { openHistoryToRead } from './runs/history';
import { importCommand } from './runs/import';
import { listCommand } from './runs/list';
import { showCommand } from './runs/show';

const ACTIONS = { list: listCommand, show: showCommand, compare: compareCommand, export: exportCommand };

const isAction = (name: string): name is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, name);

export async function runsCommand(args: string[], say: (text: string) => void = console.log): Promise<number> {
  const { action, words, options } = readRunsArguments(args);
  if (options.help) {
    say(RUNS_HELP);
    return 0;
  }
  if (action === undefined) throw badUsage('Say what to do with the runs.');
  if (action === 'import') return importCommand(words, options, say);
  if (!isAction(action)) throw badUsage(`"runs ${action}" is not a command.`);
  const history = openHistoryToRead(say);
  try {
    await ACTIONS[action](history, words, options);
    return 0;
  } finally {
    history.db.close();
  }
}
