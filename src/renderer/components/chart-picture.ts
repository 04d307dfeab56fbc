// A chart as a picture file: its title, which line is which, and the chart as it is shown, on the window's own colour.
import type { Series } from '../words/chart-series';
import type { ChartColours } from './chart-theme';

const [EDGE, TITLE, LINE, STROKE] = [16, 28, 20, 24];

/** As many pixels as the screen shows. */
export async function chartPicture(
  canvas: HTMLCanvasElement,
  title: string,
  series: readonly Series[],
  colours: ChartColours,
): Promise<Uint8Array> {
  const named = series.filter(({ kind }) => kind === 'line' || kind === 'points');
  const scale = canvas.width / canvas.clientWidth;
  const top = EDGE + TITLE + named.length * LINE;
  const picture = document.createElement('canvas');
  picture.width = canvas.width + 2 * EDGE * scale;
  picture.height = canvas.height + (top + EDGE) * scale;
  const context = picture.getContext('2d')!;
  context.scale(scale, scale);
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = colours.ink;
  context.textBaseline = 'middle';
  context.font = `600 15px ${colours.font}`;
  context.fillText(title, EDGE, EDGE + TITLE / 2);
  context.font = `12px ${colours.font}`;
  named.forEach(({ name, colour, dash = [] }, i) => {
    const y = EDGE + TITLE + (i + 0.5) * LINE;
    context.strokeStyle = colours[colour];
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(EDGE, y);
    context.lineTo(EDGE + STROKE, y);
    context.stroke();
    context.fillText(name, EDGE + STROKE + 8, y);
  });
  context.drawImage(canvas, EDGE, top, canvas.clientWidth, canvas.clientHeight);
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The chart could not be made into a picture. Make the window smaller, and try again.');
  return new Uint8Array(await blob.arrayBuffer());
}
