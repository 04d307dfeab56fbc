// Narrower networks: a share of the published filters, as MobileNets have it (Howard et al. 2017, arXiv 1704.04861).

const MULTIPLE = 8;

/** A multiple of 8, at least 8 and at most a tenth below the share; as it is where all are wanted. */
export function scaled(filters: number, width = 1): number {
  if (width === 1) return filters;
  const wanted = filters * width;
  const rounded = Math.max(MULTIPLE, MULTIPLE * Math.round(wanted / MULTIPLE));
  return rounded < 0.9 * wanted ? rounded + MULTIPLE : rounded;
}
