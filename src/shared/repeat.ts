// What keeps a run from being repeated to the last bit, each in a sentence that is read before it starts; none where nothing does.
import { locale } from './language';
import { ENGINE_LABELS, type EngineName, type EngineReport } from './engine';
import { isSameMachine, machineWords, type Machine } from './machine';
import type { KeptModel, Receipt } from './run-event';
import { keepsBest, type RunSpec } from './run-spec';
import { sessionWords } from './session';
import { startRun } from './start-settings';

/** The run as it was. */
export interface Before {
  spec: RunSpec;
  /** Absent where it ended before it had one. */
  engine?: EngineReport;
  receipt?: Receipt;
}

/** What there is to repeat it with. */
export interface Now {
  /** The version of the engine it ran on; null: that cannot be used here. */
  engineVersion: string | null;
  /** What would run instead. */
  otherEngine: EngineName;
  overbatch: string;
  machine: Machine;
  /** Of the weights it starts from; absent: it starts from no run, or that says nothing of its weights. */
  startWeights?: string;
}

/** How a run compares with the one it repeats. */
export interface Repeats {
  id: string;
  name: string;
  /** With the same weights, to the last bit; absent: not known, because one has not ended, or they keep models of different steps (`because`). */
  isSame?: boolean;
  /** Where it is not known to be the same: the first epoch with another loss (absent: none has), and what is known to be other, a sentence each. */
  differsFrom?: number;
  because?: string[];
}

const DIGITS = 'so its last digits may come out otherwise';

export function differences({ spec, engine, receipt }: Before, now: Now): string[] {
  return [
    engine && engineDifference(engine, now),
    receipt ? circumstances(receipt, now) : 'It ended before it had a receipt, so nobody knows whether program and computer were these.',
    receipt && startDifference(spec, receipt, now),
    ...(receipt ? courseDifferences(spec, receipt) : []),
  ].filter((sentence) => sentence !== undefined);
}

function engineDifference({ name, version }: EngineReport, { engineVersion, otherEngine }: Now): string | undefined {
  if (engineVersion === null)
    return `It ran on ${ENGINE_LABELS[name]}, which cannot be used here now: it would run on ${ENGINE_LABELS[otherEngine]}, ${DIGITS}.`;
  return engineVersion === version ? undefined : `It ran with ${version}, and here is ${engineVersion}, ${DIGITS}.`;
}

function circumstances({ versions, machine, engine }: Receipt, now: Now): string | undefined {
  if (versions.overbatch !== now.overbatch)
    return `It was made by Overbatch ${versions.overbatch}, and this is ${now.overbatch}, ${DIGITS}.`;
  if (!machine) return 'Its receipt is of an older version and does not say on which computer it was made.';
  if (isSameMachine(machine, now.machine, engine.name === 'tensorflow-cuda')) return undefined;
  return `It was made on another computer (${machineWords(machine)}), ${DIGITS}.`;
}

const startDifference = ({ start }: RunSpec, { startWeights }: Receipt, now: Now): string | undefined =>
  startRun(start) !== undefined && startWeights !== undefined && startWeights !== now.startWeights
    ? 'The run that it started from was trained further since, so it would begin with other weights.'
    : undefined;

/** Of a run that was made again: what is known to be other than in the first one. */
export function afterwards(its: Receipt, mine: Receipt): string[] {
  const { spec, engine } = its;
  const engineVersion = mine.engine.name === engine.name ? mine.engine.version : null;
  const now = { otherEngine: mine.engine.name, overbatch: mine.versions.overbatch, startWeights: mine.startWeights };
  const told = mine.machine ? differences({ spec, engine, receipt: its }, { ...now, engineVersion, machine: mine.machine }) : [];
  const which = keepDifferentSteps(its, mine)
    ? [`It keeps the model of step ${step(mine.model!)}, and the first one that of step ${step(its.model!)}.`]
    : [];
  return [...which, ...told];
}

/** Then their weights are others however exactly the one repeats the other. */
export const keepDifferentSteps = ({ model: one }: Pick<Receipt, 'model'>, { model: other }: Pick<Receipt, 'model'>): boolean =>
  one !== undefined && other !== undefined && one.step !== other.step;

const step = (model: KeptModel): string => model.step.toLocaleString(locale);

/** A run is made again with the model that was kept, whatever a spec meant by itself then and whichever was kept since. */
export function keptAgain(spec: RunSpec, receipt: Receipt | undefined): RunSpec {
  if (receipt?.reason !== 'completed') return spec;
  const isBest = receipt.model?.of === 'best epoch';
  return isBest === keepsBest(spec, receipt.dataset.validation) ? spec : { ...spec, finalModel: isBest ? 'best' : 'last' };
}

/** What happened to it on the way does not happen again. */
function* courseDifferences({ schedule = 'constant', patience }: RunSpec, receipt: Receipt): Generator<string> {
  const { recoveries = [], madeBefore = [], extendedAfter, reason, plan } = receipt;
  if (recoveries.some(({ during }) => during === 'training' || during === 'process' || during === 'resumed'))
    yield `There was too little memory on its way, and its pieces became smaller; repeated, they are of at most ${plan.micro.toLocaleString(locale)} from the first step, ${DIGITS}.`;
  if (madeBefore.length > 0)
    yield `Parts of it were made with ${madeBefore.map(sessionWords).join('; ')}; repeated, it is made in one go, ${DIGITS}.`;
  if (extendedAfter !== undefined && (schedule !== 'constant' || patience !== undefined))
    yield `It was made longer after epoch ${extendedAfter}; repeated, it is trained in one go, by another course of the learning rate or its end.`;
  if (reason === 'stopped') yield 'It was ended early; repeated, it goes on to its last epoch unless you end it there too.';
}
