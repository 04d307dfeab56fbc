// Lists of pictures that were given to be asked about: the paths stay here, the window holds a token and names to show.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { ListedPictures, PictureList } from '#shared/asking';
import { FailureError } from '#shared/failure';

/** The newest ones; each may name thousands of files. */
const MOST_LISTS = 8;

export class PictureLists {
  readonly #lists = new Map<string, ListedPictures & { name: string }>();

  /** @param given what the person chose */
  remember(given: readonly string[], listed: ListedPictures): PictureList {
    const token = randomUUID();
    // A folder has no ending, whatever dots are in its name.
    const isFile = listed.files[0] === given[0];
    const name = given.length > 1 ? 'Pictures' : isFile ? path.parse(given[0]).name : path.basename(given[0]);
    this.#lists.set(token, { ...listed, name });
    for (const oldest of [...this.#lists.keys()].slice(0, -MOST_LISTS)) this.#lists.delete(oldest);
    return { token, name, names: listed.names, passed: listed.passed, problems: listed.problems };
  }

  files(token: string): string[] {
    return this.#list(token).files;
  }

  names(token: string): string[] {
    return this.#list(token).names;
  }

  name(token: string): string {
    return this.#list(token).name;
  }

  file(token: string, place: number): string {
    const file = this.files(token)[place];
    if (file === undefined) throw gone();
    return file;
  }

  /** A token that was never given out, or long ago, is refused. */
  #list(token: string): ListedPictures & { name: string } {
    const list = this.#lists.get(token);
    if (!list) throw gone();
    return list;
  }
}

const gone = () => new FailureError({ kind: 'bad-setting', problem: 'Give the pictures again: this choice is no longer known.' });
