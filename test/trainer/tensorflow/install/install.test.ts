// A whole installation in seconds: a tiny wheel from a server on this computer, the real compiler, a real addon that is loaded and multiplies.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FailureError } from '#shared/failure';
import type { InstallProgress } from '#shared/engine';
import { installNative } from '#trainer/tensorflow/install/install';
import { nativeFolder, partialFolder, wheelFolder } from '#trainer/tensorflow/install/locate';
import { platformProblem } from '#trainer/tensorflow/install/platform';
import { removeNative } from '#trainer/tensorflow/install/remove';
import { nativeStatus } from '#trainer/tensorflow/install/status';
import { TinyIndex } from './tiny-index';
import { pinOf, TINY_VERSION, tinyWheel } from './tiny-wheel';

const canInstall = platformProblem() === undefined;

describe.runIf(canInstall)('installing an engine', () => {
  const bytes = tinyWheel(200_000);
  const wheel = pinOf(bytes);
  let home: string;
  let index: TinyIndex;
  let stages: InstallProgress['stage'][];

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'overbatch-install-'));
    index = await TinyIndex.start(wheel, bytes);
    stages = [];
    cpSync(join(__dirname, 'tiny-engine'), join(home, 'native'), { recursive: true });
    vi.stubEnv('OVERBATCH_CACHE', join(home, 'cache'));
    vi.stubEnv('OVERBATCH_NATIVE', join(home, 'native'));
    vi.stubEnv('PIP_INDEX_URL', index.simple);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await index.stop();
    rmSync(home, { recursive: true });
  });

  const install = (signal = new AbortController().signal, onStage: (progress: InstallProgress) => void = () => {}) =>
    installNative('cpu', {
      wheel,
      pip: false,
      signal,
      onProgress(progress) {
        if (stages.at(-1) !== progress.stage) stages.push(progress.stage);
        onStage(progress);
      },
    });

  it('goes through its stages and ends with an engine that was tried', async () => {
    expect(await nativeStatus('cpu')).toMatchObject({ state: 'absent', bytes: 0 });
    const done = await install();
    expect(done).toMatchObject({ kind: 'cpu', state: 'installed', version: `TensorFlow ${TINY_VERSION}`, folder: nativeFolder('cpu') });
    expect(done.bytes).toBeGreaterThan(200_000);
    expect(stages).toEqual(['look', 'download', 'unpack', 'compile', 'verify']);
    expect(readdirSync(nativeFolder('cpu')).sort()).toEqual(['engine.json', 'lib', 'tfjs_binding.node']);
    expect(realpathSync(join(nativeFolder('cpu'), 'lib'))).toBe(realpathSync(join(wheelFolder('cpu'), 'lib')));
    expect(existsSync(partialFolder('cpu'))).toBe(false);

    stages = [];
    await install();
    expect(stages).toEqual(['look']);
    expect(index.asked).toHaveLength(1);
  });

  it('compiles again when a source changed, and downloads nothing', async () => {
    await install();
    const before = nativeFolder('cpu');
    appendFileSync(join(home, 'native/binding.cc'), '// changed\n');
    expect(nativeFolder('cpu')).not.toBe(before);
    expect(await nativeStatus('cpu')).toMatchObject({ state: 'partial', problem: expect.stringMatching(/nothing is downloaded again/) });
    stages = [];
    expect(await install()).toMatchObject({ state: 'installed' });
    expect(stages).toEqual(['look', 'compile', 'verify']);
    expect(index.asked).toHaveLength(1);
  });

  it('can be cancelled in the download and goes on from there', async () => {
    const control = new AbortController();
    index.stall = true;
    const cancelled = install(control.signal, ({ doneBytes }) => doneBytes > 0 && control.abort());
    await expect(cancelled).rejects.toSatisfy((error) => error instanceof FailureError && error.failure.kind === 'cancelled');
    expect(await nativeStatus('cpu')).toMatchObject({ state: 'partial', problem: expect.stringMatching(/interrupted/) });
    index.stall = false;
    expect(await install()).toMatchObject({ state: 'installed' });
    expect(index.asked[1]).toMatch(/^bytes=\d+-$/);
  });

  it.each(['unpack', 'compile', 'verify'] as const)('can be cancelled at %s and then finishes without a second download', async (stage) => {
    const control = new AbortController();
    await expect(install(control.signal, (progress) => progress.stage === stage && control.abort())).rejects.toThrow(/Cancelled/);
    expect((await nativeStatus('cpu')).state).toBe('partial');
    expect(existsSync(nativeFolder('cpu'))).toBe(false);
    expect(await install()).toMatchObject({ state: 'installed' });
    expect(index.asked).toHaveLength(1);
  });

  it('repairs a damaged library', async () => {
    await install();
    const library = join(wheelFolder('cpu'), 'lib/libtensorflow_framework.so.2');
    const content = readFileSync(library);
    content[content.length >> 1] ^= 0xff;
    writeFileSync(library, content);
    expect(await nativeStatus('cpu')).toMatchObject({
      state: 'partial',
      problem: expect.stringMatching(/libtensorflow_framework\.so\.2 was changed/),
    });
    expect(await install()).toMatchObject({ state: 'installed' });
    expect(await nativeStatus('cpu', { deep: true })).toMatchObject({ state: 'installed' });
  });

  it('names a binding that is missing or was cut off', async () => {
    await install();
    writeFileSync(join(nativeFolder('cpu'), 'tfjs_binding.node'), '');
    expect(await nativeStatus('cpu')).toMatchObject({ state: 'partial', problem: expect.stringMatching(/tfjs_binding\.node has 0 bytes/) });
    rmSync(join(nativeFolder('cpu'), 'tfjs_binding.node'));
    expect(await nativeStatus('cpu')).toMatchObject({ state: 'partial', problem: expect.stringMatching(/tfjs_binding\.node is missing/) });
  });

  it('takes the binding that a packaged app carries: no C++, no compiler, and the engine is the same', async () => {
    await install();
    const [source, built] = [join(home, 'native'), nativeFolder('cpu')];
    const hash = basename(built).split('-').at(-1)!;
    mkdirSync(join(source, 'prebuilt'));
    renameSync(join(built, 'tfjs_binding.node'), join(source, 'prebuilt', `tfjs_binding-cpu-${hash}.node`));
    writeFileSync(join(source, 'packaged.json'), JSON.stringify({ hash, glibc: [2, 27] }));
    rmSync(join(source, 'binding.cc'));
    vi.stubEnv('OVERBATCH_CACHE', join(home, 'packaged'));
    vi.stubEnv('CXX', '');
    vi.stubEnv('PATH', '');
    expect(await install()).toMatchObject({ state: 'installed', folder: expect.stringMatching(`${hash}$`) });
    // Of the one that it carries not, it is known before anything is fetched.
    const none = 'packaged without the engine “TensorFlow on the graphics card”';
    expect(await nativeStatus('cuda')).toMatchObject({ state: 'absent', problem: expect.stringContaining(none) });
  });
  it('survives an engine that crashes when tried', async () => {
    const source = join(home, 'native/binding.cc');
    writeFileSync(source, readFileSync(source, 'utf8').replace('float sum = 0;', 'float sum = 0; __builtin_trap();'));
    await expect(install()).rejects.toThrow(/does not work here: (this processor lacks|it crashed)/);
    expect((await nativeStatus('cpu')).state).toBe('partial');
  });

  it('refuses an engine that computes something else', async () => {
    const source = join(home, 'native/binding.cc');
    writeFileSync(source, readFileSync(source, 'utf8').replace('float sum = 0;', 'float sum = 1;'));
    await expect(install()).rejects.toThrow(/15, 33, 33, 78 instead of 14, 32, 32, 77/);
  });

  it('says what the compiler said, and where the rest is', async () => {
    appendFileSync(join(home, 'native/binding.cc'), 'int broken = nonsense;\n');
    const message = await install().then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).toMatch(/error: .*nonsense/);
    const log = /in (\S+\.log)/.exec(message)?.[1] ?? '';
    expect(readFileSync(log, 'utf8')).toContain('nonsense');
  });

  it('asks for a compiler before it downloads', async () => {
    vi.stubEnv('PATH', home);
    vi.stubEnv('CXX', undefined);
    expect(await nativeStatus('cpu')).toMatchObject({ state: 'absent', problem: expect.stringMatching(/apt install g\+\+/) });
    await expect(install()).rejects.toThrow(/C\+\+ compiler is needed.*apt install g\+\+/);
    expect(index.asked).toEqual([]);
  });

  it('leaves a second installer alone while one is at work, and takes over from a dead one', async () => {
    const lock = join(home, 'cache/engines/cpu.lock');
    let second: Promise<unknown> | undefined;
    await install(undefined, ({ stage }) => {
      if (stage === 'compile' && !second) second = expect(install()).rejects.toThrow(/Another Overbatch \(process \d+\)/);
    });
    await second;
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, '4194305'); // Above the highest process id Linux gives.
    expect(await install()).toMatchObject({ state: 'installed' });
  });

  it('removes all of it, with what an older version left', async () => {
    await install();
    cpSync(wheelFolder('cpu'), wheelFolder('cpu').replace('2.21.0', '2.20.0'), { recursive: true });
    await removeNative('cpu');
    expect(readdirSync(join(home, 'cache/engines'))).toEqual([]);
    expect(await nativeStatus('cpu')).toMatchObject({ state: 'absent', bytes: 0 });
  });
});
