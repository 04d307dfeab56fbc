// Finds a C++ compiler that can compile, or says what to install.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export const NO_COMPILER =
  'A C++ compiler is needed to build this engine. Install one (Debian and Ubuntu: sudo apt install g++; Fedora: sudo dnf install gcc-c++; Arch: sudo pacman -S gcc) and try again. The WebAssembly engine needs none.';

/** Includes the standard library: a compiler alone cannot build. */
const PROBE = '#include <optional>\n#include <string>\nstd::optional<std::string> probe;\n';

/** Compilers on the path, the user's CXX first. */
export function compilersOnPath(): string[] {
  const names = [...(process.env.CXX ? [process.env.CXX] : []), 'g++', 'c++', 'clang++'];
  return names.filter(
    (name) => name.includes('/') || (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name))),
  );
}

/** The first that compiles C++17 with its standard library. */
export async function findCompiler(signal: AbortSignal): Promise<string | undefined> {
  for (const compiler of compilersOnPath()) if (await compiles(compiler, signal)) return compiler;
  return undefined;
}

function compiles(compiler: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(compiler, ['-std=c++17', '-fsyntax-only', '-x', 'c++', '-'], { signal, stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', (error) => (signal.aborted ? reject(error) : resolve(false)));
    child.on('close', (code) => resolve(code === 0));
    child.stdin.on('error', () => undefined); // It may be gone before it reads; its exit code says so.
    child.stdin.end(PROBE);
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
