// The colours that classes of a mask are shown in: told apart by the colour-blind too (Okabe and Ito 2008); the first class is left clear.

/** Red, green, blue. */
const COLOURS: readonly (readonly [number, number, number])[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [204, 121, 167],
  [213, 94, 0],
  [0, 114, 178],
];

/** Undefined for the first class, and for a pixel without one. */
export const maskColour = (label: number): readonly [number, number, number] | undefined =>
  label === 0 || label === 255 ? undefined : COLOURS[(label - 1) % COLOURS.length];

/** As CSS; the first class is shown as the picture. */
export function swatchColour(label: number): string {
  const colour = maskColour(label);
  return colour ? `rgb(${colour.join(' ')})` : 'transparent';
}
