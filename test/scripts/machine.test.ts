// What set-up concludes from the machine it finds: Node's version, folders, libraries, display, a given Electron.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isStrict } from '../../scripts/proof/stages.mjs';
import { hasDisplay } from '../../scripts/setup/display.mjs';
import { givenElectron } from '../../scripts/setup/electron.mjs';
import { nodeIsNewEnough, requireNode } from '../../scripts/setup/node-version.mjs';
import { cacheFolder } from '../../scripts/setup/paths.mjs';
import { sentenceOf } from '../../scripts/setup/problem.mjs';
import { installable, missingLibraries } from '../../scripts/setup/system-libraries.mjs';

test('Node 20.19 is the oldest that will do', () => {
  expect(['18.20.4', '20.18.9', '20.19.0', '22.1.0', '24.9.0'].map(nodeIsNewEnough)).toEqual([false, false, true, true, true]);
  expect(() => requireNode('18.20.4')).toThrow('needs Node 20.19 or newer, and this is Node 18.20.4');
});

test('the cache is where the person says, else where the platform keeps caches', () => {
  expect(cacheFolder({ OVERBATCH_CACHE: '/a', XDG_CACHE_HOME: '/b' }, 'linux', '/home/x')).toBe('/a');
  expect(cacheFolder({ XDG_CACHE_HOME: '/b' }, 'linux', '/home/x')).toBe(join('/b', 'overbatch'));
  expect(cacheFolder({}, 'linux', '/home/x')).toBe(join('/home/x', '.cache', 'overbatch'));
  expect(cacheFolder({}, 'darwin', '/home/x')).toBe(join('/home/x', 'Library', 'Caches', 'overbatch'));
  expect(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32', '/home/x')).toBe(join('/l', 'overbatch', 'cache'));
});

test('only Linux can lack a display', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});

test('a given Electron is taken, and a wrong one named', () => {
  expect(givenElectron({})).toBeUndefined();
  expect(givenElectron({ ELECTRON_EXEC_PATH: process.execPath })).toBe(process.execPath);
  expect(() => givenElectron({ OVERBATCH_ELECTRON: '/nowhere/electron' })).toThrow('There is no Electron at /nowhere/electron');
});

describe('libraries of the system', () => {
  test('are missing when ldd says so', () => {
    const ldd =
      '\tlinux-vdso.so.1 (0x00007ffc)\n\tlibgtk-3.so.0 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x00007f)\n\tlibnss3.so => not found\n';
    expect(missingLibraries(ldd)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6\n')).toEqual([]);
  });

  test('go by the name this release of Debian knows', () => {
    const policy =
      'libnss3:\n  Installed: (none)\n  Candidate: 2:3.110-1\nlibasound2:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n';
    expect(installable(['libnss3', 'libasound2', 'libcups2'], policy)).toEqual(['libnss3', 'libasound2t64', 'libcups2t64']);
  });
});

test('a failure is one sentence with the next step', () => {
  const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', path: '/cache/x' });
  expect(sentenceOf(full)).toBe('The disk is full (writing /cache/x). Free some space and run the same command again.');
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/cache/x' });
  expect(sentenceOf(denied)).toMatch(/no permission to write \/cache\/x.*OVERBATCH_CACHE/);
});

test('nothing may be missing in CI, or for whoever asks for that', () => {
  expect(isStrict({ CI: 'true' })).toBe(true);
  expect(isStrict({ OVERBATCH_REQUIRE_NATIVE: '1' })).toBe(true);
  expect(isStrict({ CI: 'false' })).toBe(false);
  expect(isStrict({})).toBe(false);
});
