// A drawing of a page as a picture file: its title, and the drawing as it is shown, on the window's own colour.
import type { ChartColours } from './chart-theme';

const [EDGE, TITLE] = [16, 28];
/** What the page's style says of a drawing; in a picture of its own there is no such style. */
const SAID_BY_STYLE = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight'];

/** As many pixels as the screen shows. */
export async function svgPicture(svg: SVGSVGElement, title: string, colours: ChartColours): Promise<Uint8Array> {
  const { width, height } = svg.getBoundingClientRect();
  const scale = devicePixelRatio;
  const drawing = new Image(Math.ceil(width * scale), Math.ceil(height * scale));
  drawing.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(aloneOf(svg, drawing.width, drawing.height))}`;
  await drawing.decode();
  const picture = document.createElement('canvas');
  picture.width = drawing.width + 2 * EDGE * scale;
  picture.height = drawing.height + (2 * EDGE + TITLE) * scale;
  const context = picture.getContext('2d')!;
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(drawing, EDGE * scale, (EDGE + TITLE) * scale);
  context.scale(scale, scale);
  context.fillStyle = colours.ink;
  context.textBaseline = 'middle';
  context.font = `600 15px ${colours.font}`;
  context.fillText(title, EDGE, EDGE + TITLE / 2);
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The chart could not be made into a picture. Make the window smaller, and try again.');
  return new Uint8Array(await blob.arrayBuffer());
}

/** The drawing as a file of its own, in the size given: what its page's style says stands in it. */
function aloneOf(svg: SVGSVGElement, width: number, height: number): string {
  const alone = svg.cloneNode(true) as SVGSVGElement;
  const copies = [...alone.querySelectorAll<SVGElement>('*')];
  [...svg.querySelectorAll<SVGElement>('*')].forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of SAID_BY_STYLE) copies[i].style.setProperty(name, style.getPropertyValue(name));
  });
  alone.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  alone.setAttribute('width', String(width));
  alone.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(alone);
}
