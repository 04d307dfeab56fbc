// One folder of pictures whose names carry the labels: cat_001.jpg, dog.12.png.
import { namedLikePicture } from '../formats/identify';
import { byText, problemEntry, type FileEntry, type Source } from '../sources/source';
import type { Watch } from '../watch';
import { outerEntries } from './data-root';
import { filesOf, type Importer, type Listing } from './importer';
import { findPattern, readPattern, type LabelPattern } from './label-pattern';

const stemOf = (name: string) => name.replace(/\.[^.]+$/, '');

export const namedPictures: Importer = {
  async list({ source, chosen }, watch, { labelPattern }) {
    if (chosen !== undefined) return undefined;
    const given = labelPattern === undefined ? undefined : readPattern(labelPattern);
    const { pictures, listing } = await lookAt(source, watch);
    if (!listing) return undefined;
    const pattern = given ?? findPattern(pictures.map(({ name }) => stemOf(name)));
    return pattern && listing(pattern);
  },
};

async function lookAt(source: Source, watch: Watch): Promise<{ pictures: FileEntry[]; listing?: (pattern: LabelPattern) => Listing }> {
  const entries = await outerEntries(source, watch.signal);
  const pictures = entries.filter((entry): entry is FileEntry => entry.kind === 'file' && namedLikePicture(entry.name));
  // Beside folders, loose pictures are those that nobody has sorted yet.
  if (pictures.length === 0 || entries.some(({ kind }) => kind === 'folder')) return { pictures };
  const refused = entries.flatMap((entry) => (entry.kind === 'problem' ? [entry.problem] : []));
  return { pictures, listing: (pattern) => list(source, pictures, refused, pattern) };
}

function list(source: Source, pictures: readonly FileEntry[], refused: Listing['problems'], pattern: LabelPattern): Listing {
  const problems = [...refused];
  const labelled = pictures.flatMap(({ name, path, bytes }) => {
    const label = pattern.labelIn(stemOf(name));
    if (label !== undefined) return [{ file: path, bytes, label }];
    problems.push(
      problemEntry(
        path,
        'unlabeled',
        `Its name does not follow the pattern ${pattern.text}, so its class is not known. Rename it; until then it is left out.`,
      ).problem,
    );
    return [];
  });
  const labels = [...new Set(labelled.map(({ label }) => label))].sort(byText);
  const index = new Map(labels.map((label, i) => [label, i]));
  return {
    layout: 'named',
    found: `labels from names like ${labelled[0]?.file.split('/').at(-1) ?? pictures[0].name}: ${pattern.text}`,
    labelPattern: pattern.text,
    labels,
    pictures: labelled.map((picture) => ({ ...picture, label: index.get(picture.label)!, split: 'none' })),
    problems,
    ...filesOf(source),
  };
}
