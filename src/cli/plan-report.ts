// A forecast, a plan and a check as lines for a terminal.
import { formatBytes } from '#shared/bytes';
import { checkSentence, checkTitle } from '#shared/check-words';
import { NOTABLE_DISTURBANCE, undisturbed } from '#shared/disturbance';
import { ENGINE_LABELS } from '#shared/engine';
import { fits, type BatchForecast, type RunForecast, type TooLarge, type WholeAndPieces } from '#shared/forecast';
import type { MemoryParts, Plan, Verdict } from '#shared/plan';

const number = (value: number): string => value.toLocaleString('en');
const BASIS = { shapes: 'from the shapes of what will be computed', measured: 'from what was measured here before' } as const;

export function forecastLines(forecast: RunForecast): string[] {
  const { asked, basis, budgetBytes, engine, oneSampleBytes, table } = forecast;
  const lines = [`Forecast for ${ENGINE_LABELS[engine.name]} (${engine.version}), ${BASIS[basis]}.`];
  if (fits(asked)) lines.push(cutSentence(asked, budgetBytes), partsLine(asked.memory), verdictLine(asked.verdict));
  else lines.push(tooLargeSentence(asked, budgetBytes, oneSampleBytes));
  return [...lines, '', ...tableLines(table)];
}

/** @param diedAt micro-batches of so many were the end of a process */
export function planLines(plan: Plan, diedAt?: number): string[] {
  const used = plan.pieces.reduce((sum, size) => sum + size, 0);
  const tried = plan.measured.map(({ micro, peakBytes }) => `${number(micro)}: ${formatBytes(peakBytes)}`).join(', ');
  return [
    '',
    'Measured.',
    `${cutSentence({ ...plan, batch: used }, plan.budgetBytes)} ${span(undisturbed(plan.secondsPerEpoch, plan.disturbed))} an epoch.`,
    ...((plan.disturbed ?? 0) < NOTABLE_DISTURBANCE ? [] : ['Other programs were at work meanwhile, so its time is a span.']),
    partsLine(plan.memory),
    verdictLine(plan.verdict),
    `Tried micro-batches of ${tried}.`,
    ...(diedAt === undefined ? [] : [`A process ended when it tried ${number(diedAt)} at once, so smaller ones are taken.`]),
  ];
}

export const checkLines = (check: WholeAndPieces): string[] => [
  '',
  `${checkTitle(check)}. ${checkSentence(check)}`,
  verdictLine(check.verdict),
];

const seconds = (value: number): string => (value < 10 ? `${value.toPrecision(2)} s` : `${number(Math.round(value))} s`);

const span = ({ secondsPerEpoch, timesApart = 1 }: { secondsPerEpoch: number; timesApart?: number }): string =>
  timesApart === 1 ? seconds(secondsPerEpoch) : `${seconds(secondsPerEpoch / timesApart)} to ${seconds(secondsPerEpoch * timesApart)}`;

type Cut = Pick<BatchForecast, 'batch' | 'pieces' | 'peakBytes' | 'wholeBatchBytes'>;

function cutSentence({ batch, pieces, peakBytes, wholeBatchBytes }: Cut, budgetBytes: number): string {
  const needs = `${number(batch)} samples need ${formatBytes(wholeBatchBytes)} at once; ${formatBytes(budgetBytes)} is allowed.`;
  const how =
    pieces.length === 1 ? 'They run whole' : `They run as ${number(pieces.length)} micro-batches of at most ${number(Math.max(...pieces))}`;
  return `${needs} ${how}, with at most ${formatBytes(peakBytes)}.`;
}

function tooLargeSentence({ batch, neededBytes }: TooLarge, budgetBytes: number, oneSampleBytes: number): string {
  if (oneSampleBytes > budgetBytes)
    return `One sample needs ${formatBytes(oneSampleBytes)}, and ${formatBytes(budgetBytes)} is allowed. Allow more memory, or choose a smaller model or smaller pictures.`;
  return `Micro-batches of that size need ${formatBytes(neededBytes)} for a batch of ${number(batch)}, and ${formatBytes(budgetBytes)} is allowed. Choose smaller ones, or leave --micro out.`;
}

const partsLine = ({ parameters, accumulator, optimizer, activations }: MemoryParts): string =>
  `Of that: weights ${formatBytes(parameters)}, gradients ${formatBytes(accumulator)}, optimizer ${formatBytes(optimizer)}, activations and working room ${formatBytes(activations)}.`;

function verdictLine(verdict: Verdict): string {
  if (verdict.kind === 'identical')
    return `Identical to the whole batch within rounding.${verdict.because === undefined ? '' : ` ${verdict.because}`}`;
  return `Not identical to the whole batch, because ${verdict.because}. Remedy: ${verdict.remedy}.`;
}

const epochCell = ({ secondsPerEpoch, timesApart }: BatchForecast): string =>
  secondsPerEpoch === undefined ? '' : span({ secondsPerEpoch, timesApart });

const HEAD = ['batch', 'pieces', 'at most', 'peak', 'updates an epoch', 'an epoch takes'];

function tableLines(rows: RunForecast['table']): string[] {
  const cells = rows.map((row) =>
    fits(row)
      ? [
          number(row.batch),
          number(row.pieces.length),
          number(row.micro),
          formatBytes(row.peakBytes),
          number(row.updatesPerEpoch),
          epochCell(row),
        ]
      : [number(row.batch), 'too large', '', formatBytes(row.neededBytes), '', ''],
  );
  const widths = HEAD.map((head, i) => Math.max(head.length, ...cells.map((row) => row[i].length)));
  return [HEAD, ...cells].map((row) =>
    row
      .map((cell, i) => cell.padStart(widths[i]))
      .join('  ')
      .trimEnd(),
  );
}
