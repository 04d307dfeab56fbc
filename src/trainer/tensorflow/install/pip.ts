// The wheel by pip, where Python has it: it knows the user's proxies, certificates and indexes.
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PinnedWheel } from './pins';

const run = promisify(execFile);
const POLL_MS = 300;

/** A Python whose pip answers, or undefined. */
export async function findPip(signal: AbortSignal): Promise<string | undefined> {
  for (const python of ['python3', 'python']) {
    try {
      await run(python, ['-m', 'pip', '--version'], { signal, timeout: 20_000 });
      return python;
    } catch {
      signal.throwIfAborted();
    }
  }
  return undefined;
}

/** Options that make pip take exactly this file, whatever Python it runs in. */
export function pipArguments(wheel: PinnedWheel, into: string): string[] {
  const platforms = wheel.file.slice(0, -'.whl'.length).split('-').slice(4).join('-').split('.');
  return [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--implementation', 'cp'],
    ...platforms.flatMap((platform) => ['--platform', platform]),
    // The cache would keep a second copy of 274 MB that nobody finds again.
    ...['--no-cache-dir', '--progress-bar', 'off', '--disable-pip-version-check', '--no-input', '--dest', into],
    `${wheel.project}==${wheel.version}`,
  ];
}

/** Leaves the wheel in `into`; pip's own text is the message of the error it throws. */
export async function downloadWithPip(
  python: string,
  wheel: PinnedWheel,
  into: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes(done: number): void },
): Promise<void> {
  // pip works in TMPDIR: there the growing file is seen, and it counts on the disk that was looked at.
  const temporary = join(into, 'pip');
  await mkdir(temporary, { recursive: true });
  let most = 0;
  const look = async (): Promise<void> => onBytes((most = Math.max(most, await largestFile(temporary).catch(() => 0))));
  const timer = setInterval(() => void look(), POLL_MS);
  try {
    await run(python, pipArguments(wheel, into), { signal, env: { ...process.env, TMPDIR: temporary }, maxBuffer: 16 << 20 });
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(pipReason(error), { cause: error });
  } finally {
    clearInterval(timer);
    await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** pip's last ERROR line says what went wrong; the ones before it are its attempts. */
function pipReason(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const lines = text.split('\n').filter((line) => line.startsWith('ERROR:'));
  return lines.length > 0 ? lines[lines.length - 1].slice('ERROR:'.length).trim() : text.trim().slice(-300);
}

async function largestFile(folder: string): Promise<number> {
  let most = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    most = Math.max(most, entry.isDirectory() ? await largestFile(path) : (await stat(path)).size);
  }
  return most;
}
