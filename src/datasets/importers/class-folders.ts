// One folder for each class: cat/1.png, dog/2.png. Also the answer for a folder that is nothing else, so that its lack can be named.
import { ClassTree } from './class-tree';
import type { Importer } from './importer';

export const classFolders: Importer = {
  recognises: async () => true,

  async list(root, watch) {
    const tree = new ClassTree(root, watch);
    await tree.addClasses('', 'none');
    return tree.listing('class-folders');
  },
};
