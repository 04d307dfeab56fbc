// The computer a receipt names: what decides numbers makes two of them different, what does not leaves them the same.
import fs from 'node:fs';
import os from 'node:os';
import { expect, test } from 'vitest';
import { isSameMachine, machineOf, machineWords } from '#shared/machine';

const CARD = 'Model: \t\t NVIDIA GeForce RTX 3060\nIRQ:   \t\t 83\n';
const driver = {
  readdirSync: () => ['0000:01:00.0'],
  readFileSync: (file: string) => (file === '/proc/driver/nvidia/gpus/0000:01:00.0/information' ? CARD : ''),
};

test('this computer is itself, whatever its memory; with another processor or fewer threads it is another', () => {
  const here = machineOf(os, fs);
  expect(here).toEqual(machineOf(os, fs));
  expect(isSameMachine(here, { ...here, memoryBytes: 1 }, true)).toBe(true);
  expect(isSameMachine(here, { ...here, processor: 'Another' }, false)).toBe(false);
  expect(isSameMachine(here, { ...here, threads: here.threads + 1 }, false)).toBe(false);
  expect(machineWords(here)).toMatch(/\d threads?, .*\w+ \w+$/);
});

test('its graphics card is known from the driver, and counts where it computes', () => {
  const withCard = machineOf(os, driver);
  expect(withCard.graphics).toEqual(['NVIDIA GeForce RTX 3060']);
  const without = { ...withCard, graphics: undefined };
  expect([isSameMachine(withCard, without, false), isSameMachine(withCard, without, true)]).toEqual([true, false]);
  const broken = () => {
    throw new Error('no such folder');
  };
  expect(machineOf(os, { readdirSync: broken, readFileSync: broken }).graphics).toBeUndefined();
});
