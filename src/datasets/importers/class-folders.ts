// One folder for each class: cat/1.png, dog/2.png. Also the answer for a folder that is nothing else, so that its lack can be named.
import { ClassTree } from './class-tree';
import { dataRoot } from './data-root';
import type { Importer } from './importer';

export const classFolders: Importer = {
  async list({ source, chosen }, watch) {
    if (chosen !== undefined) return undefined;
    const tree = new ClassTree(source, watch);
    await tree.addClasses(await source.list(await dataRoot(source, watch.signal), watch.signal), 'none');
    return tree.listing('class-folders');
  },
};
