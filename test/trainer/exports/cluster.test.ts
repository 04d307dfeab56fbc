// A run taken to a cluster: what lies in the folder, what is said of it, and what is refused before anything is written.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { FailureError } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import { withExportedPage } from '#test/support/exported-page';
import { runPictures } from '#test/support/exported-runs';
import { packedPictures } from '#test/support/packed';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeExport } from '#trainer/exports/execute-export';
import { ensurePython } from '../../../scripts/setup/python.mjs';

withExportedPage();

type Spoil = (places: { modelFolder: string; datasetFolder: string }) => void;

async function exported(settings: Partial<RunSpec>, place: string, spoil: Spoil = () => {}) {
  const datasetFolder = packedPictures({ count: 90, width: 8, height: 8 });
  const modelFolder = await runPictures(datasetFolder, { micro: 7, ...settings });
  spoil({ modelFolder, datasetFolder });
  const out = join(place, 'project');
  const { bytes } = await executeExport({ modelFolder, as: 'pytorch', out, name: 'My run', datasetFolder }, () => {});
  return { out, bytes, modelFolder, datasetFolder };
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: unknown) => (error instanceof FailureError ? error.message : `not a failure: ${String(error)}`),
  );

const PROGRAM = `
import sys
import numpy as np
for part in ("train", "validation"):
    for name in ("inputs", "targets"):
        array = np.load(f"{sys.argv[1]}/data/{part}-{name}.npy", mmap_mode="r")
        print(array.dtype, *array.shape)
with np.load(f"{sys.argv[1]}/initial.npz") as arrays:
    print(*arrays["conv2d_1.weight"].shape)
`;

it('has programs, data that NumPy reads, first weights, and settings with every default', async () => {
  const { out, bytes, modelFolder, datasetFolder } = await exported(
    { learningRate: 0.002, augment: { flip: 0.5, mixup: 0.2 }, dropout: 0.25 },
    temporaryFolder(),
  );
  expect(readdirSync(out).sort()).toEqual(
    [
      'LICENSE',
      'README.md',
      'about.json',
      'augment.py',
      'batch_norm.py',
      'course.py',
      'data',
      'initial.npz',
      'losses.py',
      'model.py',
      'receipt.json',
      'requirements.txt',
    ]
      .concat(['samples.py', 'settings.json', 'settings.py', 'train.py', 'trained.npz', 'update.py', 'whole.py'])
      .sort(),
  );
  const python = await ensurePython('reference', join('test', 'support', 'reference', 'requirements.txt'), 'NumPy for the comparison');
  const { stdout } = await promisify(execFile)(python, ['-c', PROGRAM, out]);
  expect(stdout.trim().split('\n')).toEqual(['uint8 72 8 8 3', 'int32 72', 'uint8 18 8 8 3', 'int32 18', '32 3 3 3']);
  await promisify(execFile)(python, ['-m', 'compileall', '-q', out]);

  const settings = JSON.parse(readFileSync(join(out, 'settings.json'), 'utf8')) as object;
  expect(settings).toMatchObject({
    task: 'classes',
    batch: 16,
    // 7 were asked for; equal pieces are of 6 and 5.
    micro: 6,
    learning_rate: 0.002,
    betas: [0.9, 0.999],
    ema: null,
    augment: { flip: 0.5 },
    frozen: [],
  });
  const named = [...readFileSync(join(out, 'settings.py'), 'utf8').matchAll(/^ {4}(\w+): /gm)].map(([, name]) => name);
  expect(Object.keys(settings).sort()).toEqual(named.sort());

  const readme = readFileSync(join(out, 'README.md'), 'utf8');
  expect(readme).toContain(
    'The names of its classes, and the training and validation samples themselves, in `data/`. Whoever gets this gets them.',
  );
  expect(readme).toContain('The run mixed its pictures in pairs');
  expect(readme).toContain('Dropout leaves out as much');
  expect(readme).toContain('holds the 72 training and 18 validation samples themselves');
  expect(readFileSync(join(out, 'LICENSE'), 'utf8')).toContain('Apache License');
  expect(bytes).toBeGreaterThan(90 * 8 * 8 * 3);
  for (const file of readdirSync(out).filter((name) => name !== 'data' && name !== '__pycache__'))
    for (const place of [modelFolder, datasetFolder]) expect(readFileSync(join(out, file), 'latin1')).not.toContain(place);
});

it.each<[string, Partial<RunSpec>, Spoil, RegExp]>([
  ['exact batch normalization', { model: 'resnet-8', batchNorm: 'exact' }, () => {}, /^This run has exact batch normalization/],
  ['data that is gone', {}, ({ datasetFolder }) => rmSync(datasetFolder, { recursive: true }), /^The data that the run was trained on/],
  ['a run without its receipt', {}, ({ modelFolder }) => rmSync(join(modelFolder, 'receipt.json')), /^The run has no receipt\.json/],
])('%s is refused in a sentence, and nothing is written', async (_, settings, spoil, sentence) => {
  const place = temporaryFolder();
  expect(await refusal(exported(settings, place, spoil))).toMatch(sentence);
  expect(readdirSync(place)).toEqual([]);
});

it('says where the run went another way than its settings tell', async () => {
  const { out } = await exported({ schedule: 'cosine' }, temporaryFolder(), ({ modelFolder }) => {
    const file = join(modelFolder, 'receipt.json');
    const receipt = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...receipt, reason: 'stopped', extendedAfter: 3, recoveries: [{ step: 2, from: 16, micro: 7 }] }));
  });
  const readme = readFileSync(join(out, 'README.md'), 'utf8');
  expect(readme).toContain('The run was made longer after epoch 3. The project trains all 1 epochs as one, with a learning rate planned');
  expect(readme).toContain('The run ended before its 1 epochs were done');
  expect(readme).toContain('too little memory in the run');
  const { out: plain } = await exported({}, temporaryFolder());
  expect(readFileSync(join(plain, 'README.md'), 'utf8'), 'control').not.toContain('The run ');
});

it('a start that was trained further is refused: its weights are others now', async () => {
  const datasetFolder = packedPictures({ count: 90, width: 8, height: 8 });
  const startPath = await runPictures(datasetFolder, { micro: 7 });
  const modelFolder = await runPictures(datasetFolder, { micro: 7, start: `run:${startPath}` }, { startPath });
  const taken = () => executeExport({ modelFolder, as: 'pytorch', out: join(temporaryFolder(), 'a'), name: 'x', datasetFolder }, () => {});
  expect((await taken()).proof, 'control').toEqual({ kind: 'read' });
  await runPictures(datasetFolder, { micro: 7, epochs: 2 }, { outFolder: startPath });
  expect(await refusal(taken())).toMatch(/^What the run started from was trained further since/);
  rmSync(startPath, { recursive: true });
  expect(await refusal(taken())).toMatch(/^The run started from another run, and that one is no longer there/);
});

it('data of another version is refused', async () => {
  const modelFolder = await runPictures(packedPictures({ count: 60, width: 8, height: 8 }));
  const datasetFolder = packedPictures({ count: 61, width: 8, height: 8 });
  const place = temporaryFolder();
  const request = { modelFolder, as: 'pytorch', out: join(place, 'project'), name: 'My run', datasetFolder } as const;
  expect(await refusal(executeExport(request, () => {}))).toMatch(/^These are not the data/);
  expect(readdirSync(place)).toEqual([]);
});
