// The guides: as long as they are read, with steps, naming only what stands in the window, and leading only where something is.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { guideTexts, plainText, spans, type Guide } from '#renderer/words/help/guide';
import { PRIVACY } from '#renderer/words/help/privacy';
import { GUIDES, TOPICS } from '#renderer/words/help/topics';

const renderer = resolve(import.meta.dirname, '../../../../src/renderer');

/** What the window says elsewhere than in Help, in the words of its sources. */
const sources = [renderer, resolve(renderer, '../shared')].flatMap((root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(root, path).split(sep).includes('help'))
    .map((path) => readFileSync(path, 'utf8')),
);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** As a text of its own: between tags, quotes or a place for a value, and not in the middle of a sentence. A number may be put in. */
function isInWindow(name: string): boolean {
  const words = escaped(name).replace(/\d+/g, '(?:$&|\\{\\w+\\})');
  const alone = new RegExp(`(?:[>'"\`}]|^)\\s*${words}\\s*(?:[<'"\`{]|$)`, 'm');
  return sources.some((source) => alone.test(source));
}

const named = (guide: Guide): string[] =>
  guideTexts(guide)
    .flatMap(spans)
    .flatMap((span) => (span.kind === 'name' ? [span.text] : []));
const addresses = (guide: Guide): string[] =>
  guideTexts(guide)
    .flatMap(spans)
    .flatMap((span) => (span.kind === 'link' ? [span.address] : []));

test('a sentence is text, names of what is pressed, and links', () => {
  expect(spans('Press **Check it** on [Plan](#plan).')).toEqual([
    { kind: 'text', text: 'Press ' },
    { kind: 'name', text: 'Check it' },
    { kind: 'text', text: ' on ' },
    { kind: 'link', text: 'Plan', address: '#/plan' },
    { kind: 'text', text: '.' },
  ]);
});

test('the search for names is one that can fail', () => {
  expect(isInWindow('Start training')).toBe(true);
  expect(isInWindow('Repeat with 3 seeds')).toBe(true);
  expect(isInWindow('Start the training')).toBe(false);
  expect(isInWindow('Training')).toBe(true);
  expect(isInWindow('Samples')).toBe(false);
});

test.each(Object.entries({ ...GUIDES, privacy: PRIVACY }))('%s names what stands in the window and leads to what is there', (_, guide) => {
  expect(named(guide).filter((name) => !isInWindow(name))).toEqual([]);
  for (const address of addresses(guide)) {
    const [, page, topic] = address.split('/');
    expect(['data', 'plan', 'run', 'history', 'model', 'settings', 'help']).toContain(page);
    if (page === 'help') expect(TOPICS).toContain(topic);
  }
});

test.each(Object.entries(GUIDES))('%s has 150 to 350 words, and steps', (_, guide) => {
  const words = guideTexts(guide).map(plainText).join(' ').split(/\s+/).length;
  expect(words).toBeGreaterThanOrEqual(150);
  expect(words).toBeLessThanOrEqual(350);
  expect(guide.blocks.some(({ kind }) => kind === 'steps')).toBe(true);
});
