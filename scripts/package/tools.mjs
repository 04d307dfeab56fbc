// The packager and the tracer of files: in packaging/node_modules, so that whoever only develops does not wait for them.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { root } from '../setup/paths.mjs';

export const packagingFolder = join(root, 'packaging');

export const ensurePackagingTools = () => ensureDependencies(packagingFolder);

/** @param {string} name a package of packaging/package.json */
export const packagingTool = (name) => createRequire(join(packagingFolder, 'package.json'))(name);
