// Runs side by side: the settings that differ, and what each came to beside the first of them.
import { fixed, withMark, word } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import type { EvaluatedPart } from '#shared/evaluation/evaluation';
import type { RunDetail, RunSummary } from '#shared/run-record';
import { figuresOf, type ScoreFigure } from '#shared/metric-words';
import { count, loss, percent } from './numbers';
import { ENGINE_CHOSEN, settingsFacts, type Fact } from './run-facts';
import { epochsWords } from './run-words';
import { lasting } from './time';

export interface SettingRow {
  name: string;
  /** Of each run, with its unit; "–" where it has none. */
  values: string[];
  differs: boolean;
}

const NONE = '–';

/** Those that differ first, each group in the order in which a run's settings are told. */
export function settingRows(runs: readonly RunSummary[]): SettingRow[] {
  const facts = runs.map((run) => new Map(runs.every(({ engine }) => engine) ? computedBy(run) : settingsFacts(run)));
  const names: string[] = [];
  for (const of of facts) {
    let place = 0;
    for (const name of of.keys()) {
      const known = names.indexOf(name);
      if (known < 0) names.splice(place++, 0, name);
      else place = known + 1;
    }
  }
  const rows = names.map((name) => {
    const values = facts.map((of) => of.get(name) ?? NONE);
    return { name, values, differs: values.some((value) => value !== values[0]) };
  });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

/** What computed, in the place of what was chosen: an exact repeat names the engine that its first run found by itself. */
const computedBy = (run: RunSummary): Fact[] =>
  settingsFacts(run).map(([name, value]) => (name === ENGINE_CHOSEN ? ['Engine', run.engine ?? value] : [name, value]));

export interface ResultRow {
  name: string;
  /** Of those that tell whether pieces are worth it: what a paper shows. */
  isClaim?: true;
  /** Of the values, where they are told without words. */
  unit?: string;
  /** Absent: neither is better. */
  better?: 'higher' | 'lower';
  /** What tells whether a difference is better or worse: samples, which may leave it to luck; what was spent is as it is. */
  judgedBy?: EvaluatedPart | 'cost';
  /** Of each run; undefined where it has none. */
  values: (number | undefined)[];
  texts: string[];
  /** Less the first run's, signed: "+1.2 points", "0" where they are alike; undefined of the first and where one is missing. */
  deltas: (Delta | undefined)[];
}

export interface Delta {
  text: string;
  /** Absent: alike, or neither direction is better. */
  isBetter?: boolean;
}

/** Of some more is known: its steps. */
type Told = RunSummary & Partial<Pick<RunDetail, 'steps' | 'epochs'>>;

interface Figure {
  name: string;
  isClaim?: true;
  unit?: string;
  better?: 'higher' | 'lower';
  judgedBy?: ResultRow['judgedBy'];
  valueOf(run: Told): number | undefined;
  say(value: number, run: RunSummary): string;
  /** Of a difference without its sign. */
  sayDifference?(value: number): string;
}

/** Of those that are no share of right answers, what verdicts are of. */
const COMPARED_BY: readonly ScoreFigure['is'][] = ['iou', 'off'];
const points = (share: number): string => `${fixed(100 * share, 1)} points`;
const score = (place: 0 | 1, of: 'validationScores' | 'test') => (run: RunSummary) => {
  const scores = of === 'test' ? run.test?.scores : run.validationScores;
  return scores && figuresOf(scores)[place];
};

/** As far as any run has them. */
function figures(runs: readonly Told[]): Figure[] {
  const scored = (prefix: string, of: 'validationScores' | 'test'): Figure[] =>
    ([0, 1] as const).flatMap((place) => {
      const known = runs.map(score(place, of)).find((figure) => figure !== undefined);
      if (known === undefined) return [];
      const { is, name } = known;
      const figure = (run: RunSummary) => {
        const found = score(place, of)(run);
        return found?.is === is ? found : undefined;
      };
      return [
        {
          name: `${prefix}, ${is === 'off' ? 'off by on average' : name}`,
          isClaim: true as const,
          better: is === 'off' ? ('lower' as const) : ('higher' as const),
          ...(COMPARED_BY.includes(is) && { judgedBy: of === 'test' ? ('test' as const) : ('validation' as const) }),
          valueOf: (run: RunSummary) => figure(run)?.value,
          say: (_: number, run: RunSummary) => figure(run)?.text ?? NONE,
          sayDifference: (value: number) => withMark(Number(value.toPrecision(3))),
        },
      ];
    });
  return [
    {
      name: 'Validation, right',
      isClaim: true,
      better: 'higher',
      judgedBy: 'validation',
      valueOf: (run) => rightOf(run),
      say: percent,
      sayDifference: points,
    },
    ...scored('Validation', 'validationScores'),
    {
      name: 'Test, right',
      isClaim: true,
      better: 'higher',
      judgedBy: 'test',
      valueOf: ({ test }) => (test?.scores ? undefined : (test?.accuracy ?? undefined)),
      say: percent,
      sayDifference: points,
    },
    ...scored('Test', 'test'),
    { name: 'Validation loss', better: 'lower', valueOf: (run) => run.validationLoss, say: loss },
    { name: 'Training loss', better: 'lower', valueOf: (run) => run.trainLoss, say: loss },
    { name: 'Epoch of the kept model', valueOf: ({ keptModel }) => keptModel?.epoch, say: count },
    { name: 'Epochs trained', valueOf: (run) => run.epochsDone, say: (_, run) => epochsWords(run), sayDifference: count },
    { name: 'Updates', isClaim: true, valueOf: updatesOf, say: count },
    {
      name: 'Peak memory',
      isClaim: true,
      unit: 'bytes',
      better: 'lower',
      judgedBy: 'cost',
      valueOf: (run) => run.peakBytes,
      say: formatBytes,
    },
    { name: 'Time', isClaim: true, unit: 'seconds', better: 'lower', judgedBy: 'cost', valueOf: (run) => run.seconds, say: lasting },
    {
      name: MEMORY_TIME,
      unit: 'byte seconds',
      better: 'lower',
      judgedBy: 'cost',
      valueOf: memoryTime,
      say: (value) => `${formatBytes(value / MINUTE)}·min`,
    },
  ];
}

export const MEMORY_TIME = 'Memory × time';
export const MEMORY_TIME_HELP = `${MEMORY_TIME} is the most memory a run held times how long it trained: what it costs others on this computer. 1 GB·min is 1 GB for a minute. Updates are changes of the model.`;
const MINUTE = 60;

const memoryTime = ({ peakBytes, seconds }: RunSummary): number | undefined =>
  peakBytes === undefined || seconds === undefined ? undefined : peakBytes * seconds;

/** A thinned curve may end before the last epoch does. */
const updatesOf = ({ steps = [], epochs = [] }: Told): number | undefined => {
  const last = Math.max(steps.at(-1)?.step ?? 0, epochs.at(-1)?.step ?? 0);
  return last > 0 ? last : undefined;
};

const rightOf = ({ validationScores, validationAccuracy }: RunSummary): number | undefined =>
  validationScores ? undefined : validationAccuracy;

/** As it is told beside a value. */
export const differenceWords = ({ text }: Delta): string => (text === '0' ? word('same') : text);

/** The first run is the baseline. Figures that no run has are left out. */
export function resultRows(runs: readonly Told[]): ResultRow[] {
  return figures(runs).flatMap(({ name, isClaim, unit, better, judgedBy, valueOf, say, sayDifference = say }) => {
    const values = runs.map((run) => known(valueOf(run)));
    if (values.every((value) => value === undefined)) return [];
    const texts = values.map((value, i) => (value === undefined ? NONE : say(value, runs[i])));
    const deltas = values.map((value, i) =>
      i === 0 || value === undefined || values[0] === undefined
        ? undefined
        : deltaOf(value - values[0], better, (size) => sayDifference(size, runs[i])),
    );
    return [
      {
        name,
        ...(isClaim && { isClaim }),
        ...(unit && { unit }),
        ...(better && { better }),
        ...(judgedBy && { judgedBy }),
        values,
        texts,
        deltas,
      },
    ];
  });
}

const known = (value: number | undefined): number | undefined => (value === undefined || Number.isNaN(value) ? undefined : value);

/** @param say of a difference without its sign */
export function deltaOf(difference: number, better: 'higher' | 'lower' | undefined, say: (value: number) => string): Delta {
  const size = say(Math.abs(difference));
  // What is too little to be told is no difference to anybody.
  if (!/[1-9]/.test(size)) return { text: '0' };
  const text = `${difference > 0 ? '+' : '−'}${size}`;
  return better ? { text, isBetter: difference > 0 === (better === 'higher') } : { text };
}
