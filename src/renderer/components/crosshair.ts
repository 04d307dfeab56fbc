// The line across a chart at which all curves are read: drawn with it, and led by the pointer.
import type { Plugin } from 'chart.js';

export interface Dot {
  x: number;
  y: number;
  colour: string;
}

const RADIUS = 3.5;

/** As its axis is coloured. @param at where it is on the x axis; undefined: there is none @param dots on the lines there */
export const crosshair = (at: () => number | undefined, dots: () => readonly Dot[]): Plugin<'line'> => ({
  id: 'crosshair',
  afterDatasetsDraw({ ctx, scales, chartArea, options }) {
    const x = at();
    if (x === undefined) return;
    const pixel = Math.round(scales.x.getPixelForValue(x)) + 0.5;
    if (pixel < chartArea.left || pixel > chartArea.right + 1) return;
    ctx.save();
    ctx.strokeStyle = String(options.scales?.x?.ticks?.color);
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(pixel, chartArea.top);
    ctx.lineTo(pixel, chartArea.bottom);
    ctx.stroke();
    for (const { x: across, y, colour } of dots()) {
      ctx.fillStyle = colour;
      ctx.beginPath();
      ctx.arc(scales.x.getPixelForValue(across), scales.y.getPixelForValue(y), RADIUS, 0, 2 * Math.PI);
      ctx.fill();
    }
    ctx.restore();
  },
});

/** @returns what ends it */
export function followPointer(element: HTMLElement, at: (pixel: number | undefined) => void): () => void {
  const move = (event: PointerEvent) => at(event.offsetX);
  const leave = () => at(undefined);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerleave', leave);
  return () => {
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerleave', leave);
  };
}
