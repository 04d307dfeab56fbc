// A match's result as a Markdown table, for the terminal and for NOTES.md alike.
import type { Side } from './contestant';
import type { Match, Result } from './match';
import type { PiecesMemory } from './piece-memory';
import { best, ratios, spread, type Spread } from './statistics';

const mebibytes = (bytes: number | undefined): string =>
  bytes === undefined ? '–' : `${(bytes / 2 ** 20).toFixed(bytes < 100 * 2 ** 20 ? 1 : 0)} MiB`;
const rate = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));
const ratio = ({ median, lowest, highest, quartiles: [first, third] }: Spread): string =>
  `${median.toFixed(3)} (quartiles ${first.toFixed(3)}–${third.toFixed(3)}, all ${lowest.toFixed(3)}–${highest.toFixed(3)})`;

function tableRow({ label, samplesPerSecond, peakBytes, firstPeakBytes, countedBytes, pieces, difference }: Result): string {
  const { median, lowest, highest } = spread(samplesPerSecond);
  const cells = [
    label,
    rate(median),
    `${rate(lowest)}–${rate(highest)}`,
    mebibytes(peakBytes),
    mebibytes(firstPeakBytes),
    mebibytes(countedBytes),
    mebibytes(pieces.first.peakBytes),
    mebibytes(pieces.first.countedBytes),
    mebibytes(pieces.later.peakBytes),
    mebibytes(pieces.later.countedBytes),
    difference.toExponential(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

function speedSentences(results: readonly Result[], side: Side, name: string): string[] {
  const others = results.filter((result) => result.side === side);
  if (others.length === 0) return [];
  const fastest = others[best(others.map((result) => result.samplesPerSecond))];
  const rounds = fastest.samplesPerSecond.map((_, round) => Math.max(...others.map((result) => result.samplesPerSecond[round])));
  return results
    .filter((result) => result.side === 'overbatch')
    .flatMap(({ label, samplesPerSecond }) => [
      `- ${label} ÷ ${fastest.label}, the best of ${name}: **${ratio(spread(ratios(samplesPerSecond, fastest.samplesPerSecond)))}**`,
      `  (÷ whichever was best in that round: ${ratio(spread(ratios(samplesPerSecond, rounds)))})`,
    ]);
}

/** A micro-batch's memory beside that of PyTorch's fastest way and its leanest. */
function memorySentences(results: readonly Result[], which: keyof PiecesMemory, name: string): string[] {
  const others = results.filter(({ side, pieces }) => side === 'pytorch' && pieces[which].peakBytes !== undefined);
  if (others.length === 0) return [];
  const fastest = others[best(others.map((result) => result.samplesPerSecond))];
  const leanest = others.reduce((a, b) => (b.pieces[which].peakBytes! < a.pieces[which].peakBytes! ? b : a));
  return results
    .filter(({ side, pieces }) => side === 'overbatch' && pieces[which].peakBytes !== undefined)
    .map(({ label, pieces }) => {
      const { peakBytes, countedBytes } = pieces[which];
      const share = (other: Result): string => (peakBytes! / other.pieces[which].peakBytes!).toFixed(2);
      const counted = ((countedBytes ?? NaN) / (fastest.pieces[which].countedBytes ?? NaN)).toFixed(2);
      return `- ${name}, peak RSS of ${label}: **${share(fastest)} of ${fastest.label}, the fastest** (allocators: ${counted}); ${share(leanest)} of ${leanest.label}, the leanest`;
    });
}

/** @param alone ours computed with one thread, as it would for a person */
export function report(title: string, { results, repeated, disturbance }: Match, threads: number, alone: boolean): string {
  return [
    `### ${title}`,
    '',
    '| | samples/s, median | all rounds | peak RSS | with first step | counted | first micro-batch: RSS | its allocator | later: RSS | its allocator | weights after 1 step |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...results.map(tableRow),
    '',
    ...speedSentences(results, 'pytorch', 'PyTorch’s ways'),
    ...speedSentences(results, 'mbp-pytorch', 'the authors’ package'),
    ...memorySentences(results, 'first', 'First micro-batch'),
    ...memorySentences(results, 'later', 'Later micro-batch'),
    `- ${[...new Set(results.map(({ version }) => version))].join(', ')}; ${threads} threads${alone ? ' (Overbatch: 1)' : ''}, fp32, SGD with momentum. ` +
      `Others took at most ${(100 * disturbance).toFixed(0)} % of the machine in any turn; ${repeated} turns were played again for it.`,
    '',
  ].join('\n');
}
