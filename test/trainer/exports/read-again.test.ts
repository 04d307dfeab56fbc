// Exports for programs that are not at hand here: they are read again as far as that goes, and what was cut off does not pass.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileOf } from '#exports/exporter';
import { EXPORTERS } from '#exports/index';
import { proofSentence } from '#shared/exports';
import { withExportedPage } from '#test/support/exported-page';
import { savedModel } from '#test/support/exported-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeExport } from '#trainer/exports/execute-export';
import { readPrograms } from '#trainer/exports/programs';
import { takeModel } from '#trainer/exports/take-model';

withExportedPage();

const noRun = () => Promise.reject(new Error('No run was to be opened.'));

it.each([
  ['keras', 'model.keras'],
  ['onnx', 'model.onnx'],
] as const)('%s: a folder with the model, its README and what a reader needs; cut off it does not pass', async (as, main) => {
  const modelFolder = savedModel('resnet-8', [16, 16, 3], {}, ['<b>', 'dog', 'owl']);
  const out = join(temporaryFolder(), 'taken');
  const result = await executeExport({ modelFolder, as, out, name: 'My run' }, () => {});
  expect(readdirSync(out).sort()).toEqual(['README.md', 'about.json', main]);
  expect(proofSentence(result)).toBe('The files were read again and are whole.');
  const readme = readFileSync(join(out, 'README.md'), 'utf8');
  expect(readme).toContain(main);
  expect(readme).not.toContain('<b>');

  const model = await takeModel({ modelFolder, as, name: 'My run' }, () => {});
  expect(model.references, 'nobody is asked for answers that nothing is compared with').toBeUndefined();
  const { make, proof } = EXPORTERS[as];
  if (proof.kind !== 'read') throw new Error('It is read again.');
  const bytes = fileOf(await make(model, await readPrograms(), noRun), main);
  expect(() => proof.read([{ path: main, bytes }], model), 'control').not.toThrow();
  for (const share of [0.2, 0.5, 0.95])
    expect(() => proof.read([{ path: main, bytes: bytes.slice(0, share * bytes.length) }], model), `${share} of it`).toThrow();
  expect(() => proof.read([], model)).toThrow(`${main} is missing.`);
});
