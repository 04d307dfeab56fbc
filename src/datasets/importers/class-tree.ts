// Collects the pictures of folders that are classes; both folder layouts are made of such trees.
import type { CheckReport, SplitName } from '#shared/dataset';
import { namedLikePicture } from '../formats/identify';
import { byText, entriesOf, lookThroughLink, walk, type Found } from '../walk';
import { Stage, type Watch } from '../watch';
import type { Listing } from './importer';

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
    private readonly root: string,
    private readonly watch: Watch,
  ) {
    this.#stage = new Stage(watch, 'look', 0);
  }

  /** Every folder in `base` is a class, with all that lies below it. */
  async addClasses(base: string, split: SplitName): Promise<void> {
    for (const entry of await entriesOf(`${this.root}/${base}`)) {
      const path = base ? `${base}/${entry.name}` : entry.name;
      // A label reads the same whichever way a system composes its accents.
      if (entry.isDirectory()) await this.#addClass(path, entry.name.normalize('NFC'), split);
      else if (entry.isSymbolicLink()) this.#addLink(await lookThroughLink(this.root, path));
      else if (namedLikePicture(entry.name)) this.#outsideClasses(path);
    }
  }

  listing(layout: CheckReport['layout']): Listing {
    const labels = [...this.#labels].sort(byText);
    const index = new Map(labels.map((label, i) => [label, i]));
    const pictures = this.#pictures.map((picture) => ({ ...picture, label: index.get(picture.label)! }));
    pictures.sort((a, b) => byText(a.file, b.file));
    return { layout, labels, pictures, problems: this.#problems };
  }

  async #addClass(folder: string, label: string, split: SplitName): Promise<void> {
    this.#labels.add(label);
    for await (const found of walk(this.root, folder, this.watch.signal)) {
      this.#stage.advance();
      this.#add(found, folder, label, split);
    }
  }

  #add(found: Found, folder: string, label: string, split: SplitName): void {
    if (found.kind === 'problem') return void this.#problems.push(found.problem);
    const { file, bytes } = found;
    const group = file.slice(folder.length + 1, Math.max(folder.length + 1, file.lastIndexOf('/')));
    this.#pictures.push({ file, bytes, label, split, ...(group === '' ? {} : { group }) });
  }

  #addLink(found: Found): void {
    if (found.kind === 'problem') this.#problems.push(found.problem);
    else if (namedLikePicture(found.file)) this.#outsideClasses(found.file);
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
