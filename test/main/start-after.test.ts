// A program starts when the process that asked for it has ended, not before, with its rights and without its open files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { root } from '../../scripts/setup/paths.mjs';

const { outputText } = ts.transpileModule(readFileSync(join(root, 'src/main/start-after.ts'), 'utf8'), {
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
});

/** What it started writes down its words, its rights and its open files. */
const PROGRAM = 'ls /proc/$$/fd > "$1.files"; grep NoNewPrivs /proc/$$/status > "$1.rights"; echo "$2" > "$1"';

/** A process that asks for it and stays; its file 200 is one that it hands on to whatever it starts. On SIGUSR2 it lets go of its input and stays a while. */
function asking(folder: string) {
  const said = join(folder, 'said');
  const code = `${outputText}\nconst waiting = startAfter('/bin/bash', ['-c', ${JSON.stringify(PROGRAM)}, 'it', ${JSON.stringify(said)}, "two words; $HOME"]);\nprocess.on('SIGUSR2', () => waiting.stdin.end(() => setTimeout(() => process.exit(), 1500))); console.log('asked'); setInterval(() => {}, 1000);`;
  const handsOn = ['-c', 'exec 200<package.json; exec "$@"', 'bash', process.execPath, '--input-type=module', '-e', code];
  const child = spawn('/bin/bash', handsOn, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, said };
}

test.runIf(process.platform === 'linux').each(['SIGTERM', 'SIGKILL'] as const)('after an end by %s', async (signal) => {
  const { child, said } = asking(temporaryFolder());
  await once(child.stdout!, 'data');
  await wait(300);
  expect(existsSync(said)).toBe(false);
  child.kill(signal);
  await expect.poll(() => existsSync(said) && readFileSync(said, 'utf8'), { timeout: 10_000 }).toBe('two words; $HOME\n');
  expect(readFileSync(`${said}.rights`, 'utf8')).toMatch(/NoNewPrivs:\s+0/);
  expect(readFileSync(`${said}.files`, 'utf8').trim().split('\n')).toEqual(['0', '1', '2']);
});

test.runIf(process.platform === 'linux')('not while it is still ending', async () => {
  const { child, said } = asking(temporaryFolder());
  await once(child.stdout!, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGUSR2');
  await wait(700);
  expect(existsSync(said)).toBe(false);
  await ended;
  await expect.poll(() => existsSync(said), { timeout: 10_000 }).toBe(true);
});
