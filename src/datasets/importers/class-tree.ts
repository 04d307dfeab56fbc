// Collects the pictures of folders that are classes; both folder layouts are made of such trees.
import type { PictureCheck, SplitName } from '#shared/dataset';
import { namedLikePicture } from '../formats/identify';
import { byText, walk, type Entry, type FileEntry, type ProblemEntry, type Source } from '../sources/source';
import { Stage, type Watch } from '../watch';
import { filesOf, type Listing } from './importer';

interface Placed {
  file: string;
  label: string;
  split: SplitName;
  bytes: number;
  group?: string;
}

export class ClassTree {
  readonly #labels = new Set<string>();
  readonly #pictures: Placed[] = [];
  readonly #problems: Listing['problems'] = [];
  readonly #stage: Stage;

  constructor(
    private readonly source: Source,
    private readonly watch: Watch,
  ) {
    this.#stage = new Stage(watch, 'look', 0);
  }

  /** Every folder among `entries` is a class, with all that lies below it. */
  async addClasses(entries: readonly Entry[], split: SplitName): Promise<void> {
    for (const entry of entries) {
      // A label reads the same whichever way a system composes its accents.
      if (entry.kind === 'folder') await this.#addClass(entry.path, entry.name.normalize('NFC'), split);
      else if (entry.kind === 'problem') this.#problems.push(entry.problem);
      else if (namedLikePicture(entry.name)) this.#outsideClasses(entry.path);
    }
  }

  listing(layout: PictureCheck['layout']): Listing {
    const labels = [...this.#labels].sort(byText);
    const index = new Map(labels.map((label, i) => [label, i]));
    const pictures = this.#pictures.map((picture) => ({ ...picture, label: index.get(picture.label)! }));
    pictures.sort((a, b) => byText(a.file, b.file));
    return { layout, labels, pictures, problems: this.#problems, ...filesOf(this.source) };
  }

  async #addClass(folder: string, label: string, split: SplitName): Promise<void> {
    this.#labels.add(label);
    for await (const found of walk(this.source, folder, this.watch.signal)) {
      this.#stage.advance();
      this.#add(found, folder, label, split);
    }
  }

  #add(found: FileEntry | ProblemEntry, folder: string, label: string, split: SplitName): void {
    if (found.kind === 'problem') return void this.#problems.push(found.problem);
    const { path: file, bytes } = found;
    const group = file.slice(folder.length + 1, Math.max(folder.length + 1, file.lastIndexOf('/')));
    this.#pictures.push({ file, bytes, label, split, ...(group === '' ? {} : { group }) });
  }

  #outsideClasses(file: string): void {
    this.#problems.push({
      file,
      kind: 'outside-folder',
      message: 'This lies outside the class folders, so its class is not known. Move it into one; until then it is left out.',
      severity: 'error',
    });
  }
}
