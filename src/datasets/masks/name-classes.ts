// Classes of masks as the person wants them: renamed, merged, or left out, so that their pixels have no class.
import type { ClassMap } from '#shared/dataset-edits';
import { IGNORED } from '#shared/mask-index';
import { classOfValue, valuesIn, writtenTogether, type MaskClass } from '#shared/segmentation';

export interface NamedClasses {
  /** In the order of the first of what was merged into each. */
  classes: Pick<MaskClass, 'label' | 'written'>[];
  /** For each class found, its place in `classes`, or IGNORED. */
  places: number[];
}

/** @param onto classes of the version that they are added to: a value that is known there is of that class, unless the map says otherwise */
export function nameClasses(found: readonly MaskClass[], map: ClassMap = {}, onto: readonly MaskClass[] = []): NamedClasses {
  const named: NamedClasses = { classes: onto.map(({ label, written }) => ({ label, written })), places: [] };
  for (const { label, written } of found) {
    const name = Object.hasOwn(map, label) ? (map[label]?.normalize('NFC') ?? null) : (classOfValue(onto, written) ?? label);
    const known = named.classes.findIndex((one) => one.label === name);
    if (name === null) named.places.push(IGNORED);
    else if (known >= 0) {
      const one = named.classes[known];
      if (!valuesIn(one.written).includes(written)) one.written = writtenTogether(one.written, written);
      named.places.push(known);
    } else named.places.push(named.classes.push({ label: name, written }) - 1);
  }
  return named;
}
