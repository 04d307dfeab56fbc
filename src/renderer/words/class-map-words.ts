// What is left of the classes found once some are renamed, merged or left out.
import type { ClassCount } from '#shared/dataset';
import type { ClassMap } from '#shared/dataset-edits';

export interface MappedClass {
  label: string;
  count: number;
  /** The classes found that go into it. */
  from: string[];
}

export function mappedClasses(classes: readonly ClassCount[], map: ClassMap): MappedClass[] {
  const mapped = new Map<string, MappedClass>();
  for (const { label, count } of classes) {
    const name = Object.hasOwn(map, label) ? map[label] : label;
    if (name === null) continue;
    const known = mapped.get(name.trim());
    if (known) {
      known.count += count;
      known.from.push(label);
    } else mapped.set(name.trim(), { label: name.trim(), count, from: [label] });
  }
  return [...mapped.values()];
}

export const isMapped = (map: ClassMap): boolean => Object.entries(map).some(([label, name]) => label !== name);

/** Why these classes are no data set to learn from; the import itself has the last word. */
export function mappingProblems(mapped: readonly MappedClass[]): string[] {
  if (mapped.some(({ label }) => label === '')) return ['A class has no name. Write one, or leave the class out.'];
  const empty = mapped.filter(({ count }) => count === 0);
  return [
    ...(mapped.length < 2 ? ['Only one class is left, and at least two are needed.'] : []),
    ...empty.map(({ label }) => `The class “${label}” holds no picture that can be used. Leave it out, or merge it into another.`),
  ];
}
