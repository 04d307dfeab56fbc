// A chart as a picture file: its title, which line is which, and the chart as it is shown.
import type { Series } from '../words/chart-series';
import type { ChartColours } from './chart-theme';
import { titledPicture } from './titled-picture';

const [LINE, STROKE] = [20, 24];

/** As many pixels as the screen shows. */
export function chartPicture(
  canvas: HTMLCanvasElement,
  title: string,
  series: readonly Series[],
  colours: ChartColours,
): Promise<Uint8Array> {
  const named = series.filter(({ kind }) => kind === 'line' || kind === 'points');
  const { clientWidth: width, clientHeight } = canvas;
  const top = named.length * LINE;
  return titledPicture({ width, height: top + clientHeight, scale: canvas.width / width, title, colours }, (context) => {
    context.font = `12px ${colours.font}`;
    named.forEach(({ name, colour, dash = [] }, i) => {
      const y = (i + 0.5) * LINE;
      context.strokeStyle = colours[colour];
      context.lineWidth = 2;
      context.setLineDash([...dash]);
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(STROKE, y);
      context.stroke();
      context.fillText(name, STROKE + 8, y);
    });
    context.drawImage(canvas, 0, top, width, clientHeight);
  });
}
