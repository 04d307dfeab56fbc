// A drawing of a page as a picture file, as it is shown.
import type { ChartColours } from './chart-theme';
import { titledPicture } from './titled-picture';

/** What the page's style says of a drawing; in a picture of its own there is no such style. */
const SAID_BY_STYLE = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight'];

/** As many pixels as the screen shows. */
export async function svgPicture(svg: SVGSVGElement, title: string, colours: ChartColours): Promise<Uint8Array> {
  const { width, height } = svg.getBoundingClientRect();
  const scale = devicePixelRatio;
  const drawing = new Image();
  drawing.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(aloneOf(svg, width * scale, height * scale))}`;
  await drawing.decode();
  return titledPicture({ width, height, scale, title, colours }, (context) => context.drawImage(drawing, 0, 0, width, height));
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
