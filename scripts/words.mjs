// npm run words: brings src/language/de.po in step with what the sources say. What is new stands in it untranslated, what nobody says any more is gone.
import { readCatalogue, writeCatalogue } from './language/catalogue.mjs';
import { foundIn, findWords } from './language/find.mjs';
import { merged } from './language/merge.mjs';
import { PARTS } from './language/parts.mjs';
import { root } from './setup/paths.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  const found = [];
  for (const part of PARTS) found.push(...(await foundIn((await findWords(part, root)).folder)));
  const { entries, added, removed } = merged(found, await readCatalogue(root));
  await writeCatalogue(root, entries);
  const open = entries.filter(({ msgstr }) => !msgstr[0]).length;
  console.log(`${entries.length} said; ${added} new, ${removed} no longer said, ${open} without a translation.`);
});
