// What a start of the app is asked to open: the words of its command line that are no switches, as whole paths.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** More at once are a slip of the hand. */
export const MOST_GIVEN = 20;
const MOST_LETTERS = 32_767;

export interface Start {
  /** With the program first. */
  argv: readonly string[];
  /** In which names that are not whole are looked for. */
  folder: string;
  /** In development Electron is told which app to open. */
  appFolder: string;
}

export function givenArguments({ argv, folder, appFolder }: Start): string[] {
  const words = argv.slice(1);
  const end = words.indexOf('--');
  const [before, behind] = end < 0 ? [words, []] : [words.slice(0, end), words.slice(end + 1)];
  return [...before.filter((word) => !word.startsWith('-')), ...behind]
    .filter((word) => word !== '' && word.length <= MOST_LETTERS)
    .map((word) => asPath(word, folder))
    .filter((file) => file !== undefined && file !== path.resolve(appFolder))
    .slice(0, MOST_GIVEN) as string[];
}

/** Some desktops give addresses; one of another kind than a file's is nothing that can be opened here. */
function asPath(word: string, folder: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(word)) return path.resolve(folder, word);
  try {
    return fileURLToPath(word);
  } catch {
    return undefined;
  }
}
