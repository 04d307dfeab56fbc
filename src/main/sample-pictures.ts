// A picture of each class of a sample, to be asked about at once.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** @param folder with one folder a class; none where it holds something else */
export async function oneOfEach(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const classes = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const firsts = classes.sort().map(async (name) => {
    const files = (await readdir(path.join(folder, name))).filter((file) => file.endsWith('.png')).sort();
    return files.slice(0, 1).map((file) => path.join(folder, name, file));
  });
  return (await Promise.all(firsts)).flat();
}
