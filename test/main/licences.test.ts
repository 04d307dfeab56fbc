// About: every component of the notices with its licence and text, read from the files that come with the app.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { componentsIn } from '#shared/licences';
import { startApp, value } from './app';

test('all that the notices name, each with a licence and a text, Overbatch first', async () => {
  const app = startApp();
  const { components, overbatch, hasBrowserFile } = await value(app.ask('getLicences'));
  expect([components[0].name, components[0].version, hasBrowserFile]).toEqual(['Overbatch', overbatch, false]);
  expect(components[0].text).toMatch(/Apache License\s+Version 2\.0/);
  const notices = readFileSync(path.resolve(import.meta.dirname, '../../THIRD-PARTY-NOTICES.md'), 'utf8');
  const titles = [...notices.matchAll(/^## (.+)\n\nLicence: /gm)].map(([, title]) => title);
  expect(titles.length).toBeGreaterThan(100);
  expect(components.slice(1).map(({ name, version }) => (version === undefined ? name : `${name}@${version}`))).toEqual(titles);
  for (const { name, licence, text } of components) {
    expect([name, licence, text.length > 10]).toEqual([name, expect.stringMatching(/\S/), true]);
    expect([name, text]).toEqual([name, expect.not.stringMatching(/^```|^Licence: /m)]);
  }
  expect(components.find(({ name }) => name === '@tensorflow/tfjs')).toMatchObject({ version: '4.22.0', licence: 'Apache-2.0' });
});

test('a text that has a heading or a fence of its own stays whole', () => {
  const text = 'MIT\n\n## Logo\n\n# Part\n### More';
  expect(
    componentsIn(
      `# Third\n\nOf all.\n\n## @a/b@1.0.0\n\nLicence: MIT\n\n\`\`\`\n${text}\n\`\`\`\n\n## Weights of x (y)\n\nLicence: CC0\n\nSee LICENSE.\n`,
    ),
  ).toEqual([
    { name: '@a/b', version: '1.0.0', licence: 'MIT', text },
    { name: 'Weights of x (y)', licence: 'CC0', text: 'See LICENSE.' },
  ]);
});

test('the licences of Electron and Chromium are shown where they lie', async () => {
  const app = startApp();
  await value(app.ask('showBrowserLicences'));
  expect(app.desktop.shown).toEqual([path.join(app.root, 'none.html')]);
});
