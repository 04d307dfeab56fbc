// What a layer of embeddings makes of a table's row, stretch by stretch: read from the stock layers that stand for it.
import type { Layer } from '#engine/layers/layer';

export interface EmbeddedPart {
  from: number;
  size: number;
  /** Of the vector of a category's value; absent: the numbers stay as they are. */
  dimensions?: number;
}

export function embeddedParts({ stock = [] }: Layer, width: number): EmbeddedPart[] {
  const parts: EmbeddedPart[] = [];
  for (const { className, config } of stock) {
    if (className === 'Cropping2D') {
      const [[from, behind]] = config.cropping as [[number, number], [number, number]];
      parts.push({ from, size: width - from - behind });
    } else if (className === 'Dense') parts[parts.length - 1].dimensions = Number(config.units);
  }
  return parts;
}
