// PyTorch for the bench and for deep tests that compare with it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePython } from '../../scripts/setup/python.mjs';

const requirements = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt');

/** @returns {Promise<string>} its python */
export const ensurePyTorch = (cache = undefined) => ensurePython('bench-pytorch', requirements, 'PyTorch for the comparison', cache);
