// Labels that were put right and not saved outlive the page that they were put right on.
import { expect, test } from 'vitest';
import { JudgedVersions } from '#renderer/state/judged-versions';
import type { VersionPage } from '#renderer/state/version-page.svelte';

test('a version with changes is the same whatever was looked at meanwhile; one without is let go', () => {
  const versions = new JudgedVersions((datasetId) => ({ datasetId, changed: 0 }) as unknown as VersionPage);
  const [a, b] = [versions.of('a'), versions.of('b')];
  expect(versions.of('b')).toBe(b);
  (b as { changed: number }).changed = 3;
  const other = versions.of('a');
  expect(other).not.toBe(a);
  expect(versions.of('c')).not.toBe(b);
  expect(versions.of('b')).toBe(b);
});
