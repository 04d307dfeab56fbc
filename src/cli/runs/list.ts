// `runs list`: a line a run.
import { resultCell, RUN_STATES } from '#renderer/words/run-words';
import { printable } from '../terminal';
import { columns } from './columns';
import { SHORT_ID, type ReadHistory } from './history';
import { badUsage, type RunsOptions } from './options';

export function listCommand({ runs, say }: ReadHistory, words: string[], { json }: RunsOptions): void {
  if (words.length > 0) throw badUsage(`"${words[0]}" is one word too many.`);
  if (json) for (const run of runs) say(JSON.stringify({ kind: 'run', ...run }));
  else if (runs.length === 0) say('The history is empty. Train in the app, or with npm run train -- --history.');
  else {
    const rows = runs.map((run) => [
      run.id.slice(0, SHORT_ID),
      run.startedAt.slice(0, 16).replace('T', ' '),
      RUN_STATES[run.state].label,
      resultCell(run),
      printable(run.name),
    ]);
    say(columns([['id', 'started (UTC)', 'state', 'result', 'name'], ...rows]).join('\n'));
  }
}
