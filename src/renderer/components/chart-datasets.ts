// What a chart draws, as Chart.js wants it: each kind of series with its line, marks and colours.
import type { ChartDataset } from 'chart.js';
import type { Series } from '../words/chart-series';
import { faded, type ChartColours } from './chart-theme';

export type LineDataset = ChartDataset<'line', { x: number; y: number }[]>;

/** More marks would be one thick band: then the line alone is drawn. */
const MOST_MARKS = 150;
const radius = (kind: Series['kind'], points: number): number =>
  ({ line: points === 1 ? 2 : 0, faint: 0, points: points > MOST_MARKS ? 0 : 4, scatter: 2, dashed: 0, mark: 5, band: 0 })[kind];

export const datasetsOf = (series: readonly Series[], colours: ChartColours): LineDataset[] =>
  series.flatMap((each) => (each.kind === 'band' ? band(each, colours) : [line(each, colours)]));

const line = ({ name, colour, kind, points, dash }: Series, colours: ChartColours): LineDataset => ({
  label: name,
  data: points,
  borderColor: kind === 'faint' ? faded(colours[colour], 1 / 3) : colours[colour],
  showLine: kind !== 'scatter' && kind !== 'mark',
  backgroundColor: kind === 'points' || kind === 'mark' ? colours.panel : colours[colour],
  borderWidth: 1.5,
  clip: 6,
  borderDash: dash ? [...dash] : kind === 'points' || kind === 'dashed' ? [4, 3] : [],
  pointStyle: kind === 'points' ? 'rectRot' : 'circle',
  pointRadius: radius(kind, points.length),
  pointBorderWidth: kind === 'mark' ? 2.5 : 1.5,
});

/** Its lower edge, and the upper one filled down to that. */
function band({ name, colour, points, lower = [] }: Series, colours: ChartColours): LineDataset[] {
  const edge = { label: name, borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, clip: 6 };
  return [
    { ...edge, data: lower, fill: false },
    { ...edge, data: points, fill: '-1', backgroundColor: faded(colours[colour], 0.18) },
  ];
}
