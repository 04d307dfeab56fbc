// The order in which Keras lists the layers of a model it has built again. Its weight files know a layer only by its class and how many of
// that class come before it, so the order is part of the format: most layers behind it first (the longest way to the output), and where that
// is equal, as a walk from the output meets them.
import { INPUT, type FileLayer } from '#engine/layers-model';

export function kerasOrder(layers: readonly FileLayer[]): FileLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const depth = new Map<FileLayer, number>();
  // Readers stand behind what they read, so from the end on each depth is complete when it is looked at.
  for (const layer of [...layers].reverse()) {
    const own = depth.get(layer) ?? 0;
    depth.set(layer, own);
    for (const name of layer.inputs) {
      const from = byName.get(name);
      if (from) depth.set(from, Math.max(own + 1, depth.get(from) ?? 0));
    }
  }
  const met = new Map<FileLayer, number>();
  const walk = (layer: FileLayer): void => {
    if (met.has(layer)) return;
    met.set(layer, met.size);
    for (const name of layer.inputs) if (name !== INPUT) walk(byName.get(name)!);
  };
  walk(layers[layers.length - 1]);
  return [...layers].sort((a, b) => depth.get(b)! - depth.get(a)! || met.get(a)! - met.get(b)!);
}

/** The name of a layer's class in a weight file. */
export const snakeCase = (className: string): string =>
  className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
