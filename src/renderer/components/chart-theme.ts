// Chart.js in the window's own colours and letters, read from the tokens so that both follow the system.
import { locale } from '#shared/language';
import type { Chart, ChartOptions } from 'chart.js';
import { leastAbove, namedBetween, namedEnds } from '../words/chart-range';
import { RUN_COLOURS, type RunColour } from '../words/chart-series';

export interface ChartColours extends Record<RunColour, string> {
  ink: string;
  muted: string;
  line: string;
  panel: string;
  train: string;
  validation: string;
  font: string;
}

export function readColours(element: Element): ChartColours {
  const style = getComputedStyle(element);
  const probe = document.createElement('i');
  element.parentElement?.append(probe);
  const token = (name: string) => drawable(style.getPropertyValue(`--${name}`).trim(), probe);
  const colours = {
    ink: token('ink'),
    muted: token('muted'),
    line: token('line'),
    panel: token('panel'),
    train: token('train'),
    validation: token('validation'),
    font: style.fontFamily,
    ...(Object.fromEntries(RUN_COLOURS.map((name) => [name, token(name)])) as Record<RunColour, string>),
  };
  probe.remove();
  return colours;
}

/** A colour of the system, such as CanvasText, is one only where a page is drawn. @returns "#rrggbb" or "rgb(r, g, b)" */
function drawable(colour: string, probe: HTMLElement): string {
  if (colour.startsWith('#')) return colour;
  probe.style.setProperty('forced-color-adjust', 'none');
  // As a colour of text it would be the one that all text has.
  probe.style.backgroundColor = colour;
  return getComputedStyle(probe).backgroundColor;
}

/** As it looks where only a share of it covers what is behind. */
export function faded(colour: string, share: number): string {
  const [red, green, blue] = colour.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/[\d.]+/g) ?? []).map(Number);
  return `rgba(${red}, ${green}, ${blue}, ${share})`;
}

export interface AxisTitles {
  x: string;
  y: string;
  /** Absent: 0; 'auto': a little below the least. */
  xMin?: number | 'auto';
  xMax?: number;
  /** Absent: whole numbers. */
  tickX?: (value: number) => string;
  yMin?: number;
  yMax?: number;
  /** Every tenfold is as high as the next. */
  isLog?: boolean;
  sayY: (value: number) => string;
  tickY: (value: number) => string;
}

export function chartOptions(
  colours: ChartColours,
  { x, y, xMin = 0, xMax, tickX, yMin, yMax, isLog, sayY, tickY }: AxisTitles,
  hasTooltip = true,
): ChartOptions<'line'> {
  const font = { family: colours.font, size: 11 };
  const title = (text: string) => ({ display: true, text, color: colours.muted, font });
  const common = { grid: { color: colours.line }, border: { color: colours.line } };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    // Without a tooltip it would still mark points under the pointer, wherever lines are read.
    ...(hasTooltip ? {} : { events: [] }),
    scales: {
      x: {
        type: 'linear',
        min: xMin === 'auto' ? undefined : xMin,
        max: xMax,
        title: title(x),
        ticks: {
          color: colours.muted,
          font,
          maxTicksLimit: 8,
          ...(tickX ? { callback: (value) => tickX(Number(value)) } : { precision: 0 }),
        },
        ...common,
      },
      y: {
        type: isLog ? 'logarithmic' : 'linear',
        min: yMin,
        max: yMax,
        ...(isLog && {
          // Of a loss of zero Chart.js makes an axis of the last tenfold alone.
          afterDataLimits: (axis) => void Object.assign(axis, namedEnds({ min: leastAbove(drawn(axis.chart)) ?? axis.min, max: axis.max })),
          // Its own are none below a thousandth.
          afterBuildTicks: (axis) => void (axis.ticks = namedBetween(axis).map((value) => ({ value }))),
        }),
        title: title(y),
        ticks: { color: colours.muted, font, maxTicksLimit: 6, callback: (value) => tickY(Number(value)) },
        ...common,
      },
    },
    plugins: {
      tooltip: {
        enabled: hasTooltip,
        backgroundColor: colours.panel,
        borderColor: colours.line,
        borderWidth: 1,
        titleColor: colours.ink,
        bodyColor: colours.ink,
        titleFont: font,
        bodyFont: font,
        usePointStyle: true,
        callbacks: {
          title: ([item]) => (item ? `${x} ${item.parsed.x?.toLocaleString(locale)}` : ''),
          label: ({ dataset, parsed }) => ` ${dataset.label}: ${sayY(parsed.y ?? 0)}`,
        },
      },
    },
  };
}

/** What its series say of y, one after another. */
const drawn = ({ data }: Chart): number[] => data.datasets.flatMap((set) => set.data.map((point) => (point as { y: number }).y));
