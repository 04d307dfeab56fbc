// Names of files that are suggested, and the sentence about how an export was tried.
import { expect, it } from 'vitest';
import { fileNameOf, proofSentence, whyTooLarge } from '#shared/exports';

it.each([
  ['digits, small-cnn, batch 256', 'html', 'digits small-cnn batch 256.html'],
  ['../../etc/passwd', 'html', 'etc passwd.html'],
  ['C:\\a|b?*<c>"', 'tfjs', 'C a b c-tfjs'],
  ['Köche & Füchse', 'html', 'Köche Füchse.html'],
  ['…', 'html', 'model.html'],
  ['x'.repeat(300), 'html', `${'x'.repeat(80)}.html`],
  ['犬'.repeat(80), 'pytorch', `${'犬'.repeat(66)}-pytorch`],
  ['\u{20000}'.repeat(80), 'html', `${'\u{20000}'.repeat(50)}.html`],
  [`${'x'.repeat(79)} y`, 'html', `${'x'.repeat(79)}.html`],
  ['con', 'html', 'model con.html'],
  ['NUL', 'onnx', 'model NUL-onnx'],
  ['Lpt1.run', 'html', 'model Lpt1.run.html'],
  ['console', 'html', 'console.html'],
] as const)('%s', (run, as, name) => expect(fileNameOf(run, as)).toBe(name));

it('says on what it was compared, and why that is noise', () => {
  const samples = { count: 32, from: 'held-out' } as const;
  const proof = { kind: 'run', difference: 2.14e-4, tolerance: 1e-3, samples } as const;
  expect(proofSentence({ proof })).toBe(
    'It was run and gave answers that differ by at most 0.00021 on 32 held-out samples (0.001 is allowed).',
  );
  expect(proofSentence({ proof: { ...proof, difference: 2e-7 } })).toContain('less than a millionth on 32 held-out samples');
  const noise = { count: 32, from: 'noise', why: 'the run held nothing out' } as const;
  expect(proofSentence({ proof: { ...proof, samples: noise } })).toContain('on 32 samples of noise, because the run held nothing out');
});

it('a page that no browser opens is refused with the way out; folders have no such limit', () => {
  expect(whyTooLarge('html', 120e6)).toMatch(
    /^As one web page this model would have about 641 MB, .* Take the TensorFlow.js model instead\.$/,
  );
  expect(whyTooLarge('html', 45e6)).toBeUndefined();
  expect(whyTooLarge('tfjs', 120e6)).toBeUndefined();
});
