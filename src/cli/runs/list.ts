// `runs list`: a line a run, the pinned ones first.
import { resultCell, RUN_STATES } from '#renderer/words/run-words';
import { pinnedFirst } from '#shared/run-marks';
import { printable } from '../terminal';
import { columns } from './columns';
import { SHORT_ID, type ReadHistory } from './history';
import { badUsage, type RunsOptions } from './options';

const PINNED = '*';

export function listCommand({ runs: all, say }: ReadHistory, words: string[], { json, tags: wanted }: RunsOptions): void {
  if (words.length > 0) throw badUsage(`"${words[0]}" is one word too many.`);
  const runs = pinnedFirst(all.filter(({ tags = [] }) => wanted.every((tag) => tags.includes(tag))));
  if (json) for (const run of runs) say(JSON.stringify({ kind: 'run', ...run }));
  else if (runs.length === 0 && all.length > 0) say(`No run has the tag ${wanted.map(printable).join(' and ')}.`);
  else if (runs.length === 0) say('The history is empty. Train in the app, or with npm run train -- --history.');
  else {
    const rows = runs.map((run) => [
      `${run.id.slice(0, SHORT_ID)}${run.pinned ? PINNED : ''}`,
      run.startedAt.slice(0, 16).replace('T', ' '),
      RUN_STATES[run.state].label,
      resultCell(run),
      [run.name, ...(run.tags ?? []).map((name) => `#${name}`)].map(printable).join('  '),
    ]);
    say(columns([['id', 'started (UTC)', 'state', 'result', 'name, tags'], ...rows]).join('\n'));
    if (runs.some(({ pinned }) => pinned)) say(`${PINNED} pinned`);
  }
}
