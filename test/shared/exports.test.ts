// Names of files that are suggested, and the sentence about how an export was tried.
import { expect, it } from 'vitest';
import { fileNameOf, proofSentence } from '#shared/exports';

it.each([
  ['digits, small-cnn, batch 256', 'html', 'digits small-cnn batch 256.html'],
  ['../../etc/passwd', 'html', 'etc passwd.html'],
  ['C:\\a|b?*<c>"', 'tfjs', 'C a b c-tfjs'],
  ['Köche & Füchse', 'html', 'Köche Füchse.html'],
  ['…', 'html', 'model.html'],
  ['x'.repeat(300), 'html', `${'x'.repeat(80)}.html`],
] as const)('%s', (run, as, name) => expect(fileNameOf(run, as)).toBe(name));

it('says on what it was compared, and that noise is a poor substitute', () => {
  const proof = { kind: 'run', difference: 2.14e-4, tolerance: 1e-3 } as const;
  expect(proofSentence({ proof, samples: { count: 32, from: 'held-out' } })).toBe(
    'It was run and gave answers that differ by at most 0.00021 on 32 held-out samples (0.001 is allowed).',
  );
  const close = { ...proof, difference: 2e-7 };
  expect(proofSentence({ proof: close, samples: { count: 5, from: 'held-out' } })).toContain('less than a millionth on 5 held-out samples');
  expect(proofSentence({ proof, samples: { count: 32, from: 'noise' } })).toContain(
    'noise, because the data of the run is no longer there',
  );
});
