// Classes as the person wants them: renamed, merged, left out, before a picture is opened.
import type { FileProblem } from '#shared/dataset';
import type { ClassMap } from '#shared/dataset-edits';
import { counted } from './class-counts';
import type { Listing } from './importers/importer';
import { byText } from './sources/source';

export function mapClasses(listing: Listing, classes: ClassMap = {}): Listing {
  const nameOf = (label: string): string | null => (Object.hasOwn(classes, label) ? (classes[label]?.normalize('NFC') ?? null) : label);
  const names = listing.labels.map(nameOf);
  const labels = [...new Set(names)].filter((name) => name !== null).sort(byText);
  const place = new Map(labels.map((label, i) => [label, i]));
  const left = listing.labels.map(() => 0);
  const pictures = listing.pictures.flatMap((picture) => {
    const name = names[picture.label];
    if (name === null) left[picture.label]++;
    return name === null ? [] : [{ ...picture, label: place.get(name)! }];
  });
  const problems = listing.labels.flatMap((label, i): FileProblem[] =>
    names[i] === null
      ? [
          {
            file: label,
            kind: 'left-out',
            message: `The class was left out by you, with ${counted(left[i], 'picture', 'pictures')}.`,
            severity: 'error',
          },
        ]
      : [],
  );
  return { ...listing, labels, pictures, problems: [...listing.problems, ...problems] };
}
