// npm ci is run when node_modules is not what the lock file says, and only then.
import { expect, test } from 'vitest';
import { inStep, type Lock, type LockedPackage } from '../../scripts/setup/dependencies.mjs';

const svelte = { version: '5.1.0', integrity: 'sha512-a' };
const darwinOnly = { version: '1.0.0', integrity: 'sha512-b', optional: true };
const lock = (packages: Record<string, LockedPackage>): Lock => ({ packages: { '': { version: '0.1.0' }, ...packages } });

test('no installation, or an interrupted one, is out of step', () => {
  expect(inStep(lock({ 'node_modules/svelte': svelte }), undefined)).toBe(false);
});

test('the same packages are in step, whatever the root entry says', () => {
  expect(inStep(lock({ 'node_modules/svelte': svelte }), { packages: { 'node_modules/svelte': svelte } })).toBe(true);
});

test('another version, another content or a missing package is out of step', () => {
  const wanted = lock({ 'node_modules/svelte': svelte });
  expect(inStep(wanted, lock({ 'node_modules/svelte': { ...svelte, version: '5.0.9' } }))).toBe(false);
  expect(inStep(wanted, lock({ 'node_modules/svelte': { ...svelte, integrity: 'sha512-c' } }))).toBe(false);
  expect(inStep(wanted, lock({}))).toBe(false);
});

test('an optional package of another platform may be absent, but not be of another version', () => {
  const wanted = lock({ 'node_modules/darwin': darwinOnly });
  expect(inStep(wanted, lock({}))).toBe(true);
  expect(inStep(wanted, lock({ 'node_modules/darwin': { ...darwinOnly, version: '0.9.0' } }))).toBe(false);
});
