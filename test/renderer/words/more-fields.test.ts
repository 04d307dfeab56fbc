// The further settings of the form: each of the spec's exactly once, and whatever can be chosen there is a setting.
import { expect, test } from 'vitest';
import { DEFAULT_DRAFT } from '#renderer/state/draft';
import { MORE_GROUPS } from '#renderer/words/more-fields';
import { MORE_FIELDS } from '#renderer/words/more-settings';
import { isSetting, OPTIMIZER_NAMES } from '#shared/run-spec';

const controls = MORE_GROUPS.flatMap((group) => group.controls);

test('every setting has its place, once for whatever is learnt from', () => {
  expect([...new Set(controls.map(({ field }) => field))].sort()).toEqual([...MORE_FIELDS].sort());
  for (const sort of ['pictures', 'masks', 'classification', 'regression'] as const) {
    const shown = controls.filter(({ of }) => of?.includes(sort) ?? true).map(({ field }) => field);
    expect(new Set(shown).size, sort).toBe(shown.length);
    expect(shown.includes('augment'), sort).toBe(sort === 'pictures' || sort === 'masks');
    expect(shown.includes('classWeights'), sort).toBe(sort !== 'regression');
    expect(shown, sort).toContain('loss');
  }
});

test('each says in a sentence what it does', () => {
  for (const { label, help } of controls) expect(help, label).toMatch(/^[A-Z].+\.$/);
});

test('whatever can be chosen is a setting', () => {
  const choices = controls.flatMap((control) =>
    control.kind === 'choice' ? control.options.map(({ value }) => [control.field, value] as const) : [],
  );
  expect(choices.length).toBeGreaterThan(5);
  for (const [field, value] of choices) expect(isSetting(field, value), `${field}: ${value}`).toBe(true);
  expect(isSetting('schedule', 'zigzag'), 'control').toBe(false);
});

test('numbers of an optimizer are shown for those that have them', () => {
  const shown = (field: string) =>
    OPTIMIZER_NAMES.filter((optimizer) => controls.find((control) => control.field === field)?.isOfUse?.({ ...DEFAULT_DRAFT, optimizer }));
  expect(shown('momentum')).toEqual(['momentum', 'nesterov']);
  expect(shown('beta1')).toEqual(['adam', 'adamw']);
  expect(shown('alpha')).toEqual(['rmsprop']);
  expect(shown('epsilon')).toEqual(['adam', 'adamw', 'rmsprop']);
});
