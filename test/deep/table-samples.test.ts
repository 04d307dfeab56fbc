// What the shipped tables come to with nothing but defaults, beside scikit-learn on the same split: three seeds each.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packedSample, runTable } from '#test/support/table-runs';

const FIXTURE = JSON.parse(readFileSync('test/fixtures/tables.json', 'utf8')) as {
  diabetes: { seed: number; r2: number }[];
  penguins: { seed: number; accuracy: number }[];
};
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test('penguins: at least 97 % of the validation rows right in the mean of three seeds', async () => {
  const data = await packedSample('penguins');
  const accuracies: number[] = [];
  for (const { seed } of FIXTURE.penguins)
    accuracies.push((await runTable(data, 'classification', { seed })).finished.validation!.accuracy);
  console.log(
    `penguins: ${accuracies.map((a) => a.toFixed(4)).join(', ')}; logistic regression ${FIXTURE.penguins.map(({ accuracy }) => accuracy.toFixed(4)).join(', ')}`,
  );
  expect(mean(accuracies)).toBeGreaterThanOrEqual(0.97);
}, 300_000);

test('diabetes: R² at most 0.03 below scikit-learn’s ridge, for each of three seeds', async () => {
  const data = await packedSample('diabetes');
  for (const { seed, r2 } of FIXTURE.diabetes) {
    const { finished } = await runTable(data, 'regression', { seed });
    console.log(`diabetes, seed ${seed}: R² ${finished.validation!.scores!['R²'].value!.toFixed(4)}; ridge ${r2.toFixed(4)}`);
    expect(finished.validation!.scores!['R²'].value).toBeGreaterThanOrEqual(r2 - 0.03);
  }
}, 300_000);
