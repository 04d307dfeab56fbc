// tfjs-node 4.22 calls type tests of node:util that Node 23 removed (Electron ≥ 36 has them no more): put back before it is loaded.
import { createRequire } from 'node:module';

const TESTS: Record<string, (value: unknown) => boolean> = {
  isArray: (value) => Array.isArray(value),
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNull: (value) => value === null,
  isUndefined: (value) => value === undefined,
  isString: (value) => typeof value === 'string',
  isNumber: (value) => typeof value === 'number',
  isBoolean: (value) => typeof value === 'boolean',
  isObject: (value) => typeof value === 'object' && value !== null,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => (typeof value !== 'object' && typeof value !== 'function') || value === null,
};

export function restoreUtilTests(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  for (const [name, test] of Object.entries(TESTS)) util[name] ??= test;
}
