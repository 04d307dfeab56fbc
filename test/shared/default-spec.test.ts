// What is usual is a run that can be made, for every model and start; what was said goes before it.
import { expect, test } from 'vitest';
import { chosenSpec } from '#cli/chosen-spec';
import type { DataSort } from '#shared/data-sort';
import { defaultSpec } from '#shared/default-spec';
import { modelsFor } from '#shared/model-fit';
import { DEFAULT_SPEC, OWN_MODEL, specProblems } from '#shared/run-spec';
import { PRETRAINED_MODELS, trainedPartsOf } from '#shared/start-settings';

const SORTS: DataSort[] = ['pictures', 'masks', 'classification', 'regression'];

test.each(SORTS)('of %s every model’s usual settings are a run', (sort) => {
  for (const model of modelsFor(sort)) {
    if (model !== OWN_MODEL) expect(specProblems(defaultSpec(sort, { model }))).toEqual({});
    const starts = PRETRAINED_MODELS.includes(model) ? (['run:x', 'imagenet'] as const) : (['run:x'] as const);
    if (sort === 'classification' || sort === 'regression') continue;
    for (const start of starts)
      for (const trains of trainedPartsOf(model))
        expect(specProblems({ ...defaultSpec(sort, { model, start, trains }), start, trains })).toEqual({});
  }
});

test('what was said goes before what is usual; a whole settings file takes nothing from it', () => {
  const said = { model: 'mlp', epochs: 3 } as const;
  expect(chosenSpec({ said, isWhole: false }, 'classification')).toEqual({ ...defaultSpec('classification', said), epochs: 3 });
  expect(defaultSpec('classification').categories).toBe('embedded');
  const whole = { ...DEFAULT_SPEC, ...said };
  expect(chosenSpec({ said: whole, isWhole: true }, 'classification')).toEqual(whole);
});

test('what was said and what is usual may not contradict each other', () => {
  const said = { model: 'linear', categories: 'embedded' } as const;
  expect(() => chosenSpec({ said, isWhole: false }, 'classification')).toThrow('learns no vectors for categories');
});
