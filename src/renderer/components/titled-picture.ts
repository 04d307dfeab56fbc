// A picture file of something that is drawn: its title above it, on the window's own colour.
import type { ChartColours } from './chart-theme';

const [EDGE, TITLE] = [16, 28];

interface Picture {
  /** Of what is drawn, in the page's pixels. */
  width: number;
  height: number;
  /** Pixels of the picture for each of the page's. */
  scale: number;
  title: string;
  colours: ChartColours;
}

/** @param draw from the place below the title on, in the page's pixels. @returns a PNG */
export async function titledPicture(
  { width, height, scale, title, colours }: Picture,
  draw: (context: CanvasRenderingContext2D) => void,
): Promise<Uint8Array> {
  const picture = document.createElement('canvas');
  picture.width = Math.ceil((width + 2 * EDGE) * scale);
  picture.height = Math.ceil((height + 2 * EDGE + TITLE) * scale);
  const context = picture.getContext('2d')!;
  context.scale(scale, scale);
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = colours.ink;
  context.textBaseline = 'middle';
  context.font = `600 15px ${colours.font}`;
  context.fillText(title, EDGE, EDGE + TITLE / 2);
  context.translate(EDGE, EDGE + TITLE);
  draw(context);
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The chart could not be made into a picture. Make the window smaller, and try again.');
  return new Uint8Array(await blob.arrayBuffer());
}
