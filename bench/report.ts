// A match's result as a Markdown table, for the terminal and for NOTES.md alike.
import { THREADS } from './contestants';
import type { Match, Result } from './match';
import { best, ratios, spread, type Spread } from './statistics';

const mebibytes = (bytes: number | undefined): string => (bytes === undefined ? '–' : `${(bytes / 2 ** 20).toFixed(0)} MiB`);
const rate = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));
const ratio = ({ median, lowest, highest, quartiles: [first, third] }: Spread): string =>
  `${median.toFixed(3)} (quartiles ${first.toFixed(3)}–${third.toFixed(3)}, all ${lowest.toFixed(3)}–${highest.toFixed(3)})`;

function tableRow({ label, samplesPerSecond, peakBytes, firstPeakBytes, countedBytes, difference }: Result): string {
  const { median, lowest, highest } = spread(samplesPerSecond);
  const cells = [
    label,
    rate(median),
    `${rate(lowest)}–${rate(highest)}`,
    mebibytes(peakBytes),
    mebibytes(firstPeakBytes),
    mebibytes(countedBytes),
    difference.toExponential(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

export function report(title: string, { results, repeated, disturbance }: Match): string {
  const others = results.filter((result) => !result.ours);
  const fastest = others[best(others.map((result) => result.samplesPerSecond))];
  const rounds = fastest.samplesPerSecond.map((_, round) => Math.max(...others.map((result) => result.samplesPerSecond[round])));
  const sentences = results
    .filter((result) => result.ours)
    .flatMap(({ label, samplesPerSecond }) => [
      `- ${label} ÷ ${fastest.label}, the best of the four: **${ratio(spread(ratios(samplesPerSecond, fastest.samplesPerSecond)))}**`,
      `  (÷ whichever of the four was best in that round: ${ratio(spread(ratios(samplesPerSecond, rounds)))})`,
    ]);
  return [
    `### ${title}`,
    '',
    '| | samples/s, median | all rounds | peak RSS | with first step | counted | weights after 1 step |',
    '|---|---|---|---|---|---|---|',
    ...results.map(tableRow),
    '',
    ...sentences,
    `- ${[...new Set(results.map(({ version }) => version))].join(', ')}; ${THREADS} threads, fp32, SGD with momentum. ` +
      `Others took at most ${(100 * disturbance).toFixed(0)} % of the machine in any turn; ${repeated} turns were played again for it.`,
    '',
  ].join('\n');
}
