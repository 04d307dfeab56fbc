// A match's result as a Markdown table, for the terminal and for NOTES.md alike.
import type { Side } from './contestant';
import type { Match, Result } from './match';
import { best, ratios, spread, type Spread } from './statistics';

const mebibytes = (bytes: number | undefined): string =>
  bytes === undefined ? '–' : `${(bytes / 2 ** 20).toFixed(bytes < 100 * 2 ** 20 ? 1 : 0)} MiB`;
const rate = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));
const ratio = ({ median, lowest, highest, quartiles: [first, third] }: Spread): string =>
  `${median.toFixed(3)} (quartiles ${first.toFixed(3)}–${third.toFixed(3)}, all ${lowest.toFixed(3)}–${highest.toFixed(3)})`;

function tableRow({ label, samplesPerSecond, peakBytes, firstPeakBytes, countedBytes, piece, difference }: Result): string {
  const { median, lowest, highest } = spread(samplesPerSecond);
  const cells = [
    label,
    rate(median),
    `${rate(lowest)}–${rate(highest)}`,
    mebibytes(peakBytes),
    mebibytes(firstPeakBytes),
    mebibytes(countedBytes),
    mebibytes(piece.peakBytes),
    mebibytes(piece.countedBytes),
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

/** One micro-batch's memory beside PyTorch's fastest way and its leanest. */
function memorySentences(results: readonly Result[]): string[] {
  const others = results.filter(({ side, piece }) => side === 'pytorch' && piece.peakBytes !== undefined);
  if (others.length === 0) return [];
  const fastest = others[best(others.map((result) => result.samplesPerSecond))];
  const leanest = others.reduce((a, b) => (b.piece.peakBytes! < a.piece.peakBytes! ? b : a));
  return results
    .filter(({ side, piece }) => side === 'overbatch' && piece.peakBytes !== undefined)
    .map(({ label, piece }) => {
      const share = (other: Result): string => `${(piece.peakBytes! / other.piece.peakBytes!).toFixed(2)} of ${other.label}, the `;
      return `- One micro-batch, peak RSS of ${label}: **${share(fastest)}fastest**; ${share(leanest)}leanest`;
    });
}

export function report(title: string, { results, repeated, disturbance }: Match, threads: number): string {
  return [
    `### ${title}`,
    '',
    '| | samples/s, median | all rounds | peak RSS | with first step | counted | one micro-batch: RSS | its allocator | weights after 1 step |',
    '|---|---|---|---|---|---|---|---|---|',
    ...results.map(tableRow),
    '',
    ...speedSentences(results, 'pytorch', 'PyTorch’s ways'),
    ...speedSentences(results, 'mbp-pytorch', 'the authors’ package'),
    ...memorySentences(results),
    `- ${[...new Set(results.map(({ version }) => version))].join(', ')}; ${threads} threads, fp32, SGD with momentum. ` +
      `Others took at most ${(100 * disturbance).toFixed(0)} % of the machine in any turn; ${repeated} turns were played again for it.`,
    '',
  ].join('\n');
}
