// Pictures of a source by the names people write into tables: the path, the name alone, or the name without its ending.
import type { FileProblem } from '#shared/dataset';
import { namedLikePicture } from '../formats/identify';
import { walk, type FileEntry, type Source } from '../sources/source';
import { Stage, type Watch } from '../watch';

export class PictureNames {
  readonly problems: FileProblem[] = [];
  readonly #byName = new Map<string, FileEntry | 'several'>();
  readonly #files = new Map<string, FileEntry>();

  /** @param most files looked at */
  static async of(source: Source, watch: Watch, most = Infinity): Promise<PictureNames> {
    const names = new PictureNames();
    const stage = new Stage(watch, 'look', 0);
    let looked = 0;
    for await (const entry of walk(source, '', watch.signal)) {
      if (++looked > most) break;
      stage.advance();
      if (entry.kind === 'problem') names.problems.push(entry.problem);
      else if (namedLikePicture(entry.name)) names.#add(entry);
    }
    return names;
  }

  /** Nothing that is not in the source is ever found, whatever the cell says. */
  find(cell: string, table: string): FileEntry | undefined {
    const name = cell
      .trim()
      .replaceAll('\\', '/')
      .replace(/^(\.?\/)+/, '')
      .normalize('NFC');
    if (name === '') return undefined;
    const folder = table.slice(0, table.lastIndexOf('/') + 1);
    const found = this.#files.get(folder + name) ?? this.#files.get(name) ?? this.#byName.get(name.slice(name.lastIndexOf('/') + 1));
    return found === 'several' ? undefined : found;
  }

  claimed(path: string): void {
    this.#files.delete(path);
  }

  unclaimed(claims: ReadonlyMap<string, unknown>): FileEntry[] {
    return [...this.#files.values()].filter(({ path }) => !claims.has(path));
  }

  #add(file: FileEntry): void {
    this.#files.set(file.path.normalize('NFC'), file);
    const name = file.name.normalize('NFC');
    for (const short of new Set([name, name.replace(/\.[^.]+$/, '')])) this.#byName.set(short, this.#byName.has(short) ? 'several' : file);
  }
}
