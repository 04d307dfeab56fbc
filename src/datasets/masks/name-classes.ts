// Classes of masks as the person wants them: renamed, merged, or left out, so that their pixels have no class.
import type { ClassMap } from '#shared/dataset-edits';
import { IGNORED } from '#shared/mask-index';
import type { MaskClass } from '#shared/segmentation';

export interface NamedClasses {
  /** In the order of the first of what was merged into each. */
  classes: Pick<MaskClass, 'label' | 'written'>[];
  /** For each class found, its place in `classes`, or IGNORED. */
  places: number[];
}

export function nameClasses(found: readonly MaskClass[], map: ClassMap = {}): NamedClasses {
  const named: NamedClasses = { classes: [], places: [] };
  for (const { label, written } of found) {
    const name = Object.hasOwn(map, label) ? (map[label]?.normalize('NFC') ?? null) : label;
    const known = named.classes.findIndex((one) => one.label === name);
    if (name === null) named.places.push(IGNORED);
    else if (known >= 0) {
      named.classes[known].written += `, ${written}`;
      named.places.push(known);
    } else named.places.push(named.classes.push({ label: name, written }) - 1);
  }
  return named;
}
