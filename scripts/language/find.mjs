// Finds all that a part says and lays the catalogues of a build beside: what is not translated is said in English.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PO from 'pofile';
import { Hub } from 'wuchale';
import { COMMITTED } from './catalogue.mjs';
import { configurationOf } from './parts.mjs';

/** Picks the catalogue of the language that is spoken, once. @param {string} part */
const loader = (part) => `import toRuntime from 'wuchale/runtime';
import { loadCatalog } from './.wuchale/${part}.proxy.sync.js';
import { language } from '#shared/language';

const runtime = toRuntime(loadCatalog('${part}', language), language);
export const getRuntime = () => runtime;
export const getRuntimeRx = getRuntime;
`;

/**
 * @param {import('./parts.mjs').Part} part @param {string} root
 * @returns {Promise<{ hub: Hub, folder: string }>} whose transform speaks by these catalogues
 */
export async function findWords(part, root) {
  const folder = join(root, 'out', 'words', part);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await copyFile(join(root, COMMITTED), join(folder, 'de.po')).catch(() => undefined);
  await writeFile(join(folder, `${part}.loader.js`), loader(part));
  const hub = await Hub.create('cli', async () => configurationOf(part, folder), root);
  await hub.directVisit(true, false, false);
  return { hub, folder };
}

/** @param {string} folder @returns {Promise<import('./catalogue.mjs').Entry[]>} */
export async function foundIn(folder) {
  return PO.parse(await readFile(join(folder, 'de.po'), 'utf8')).items;
}
