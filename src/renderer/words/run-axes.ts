// Settings and results of runs as axes to draw them on: numbers where they are numbers, else places in the order in which they come.
import { saidNumber } from '#shared/language';
import type { RunDetail } from '#shared/run-record';
import { resultRows, settingRows, type SettingRow } from './compare-words';

export interface RunAxis {
  name: string;
  kind: 'setting' | 'result';
  /** What it took. */
  isCost?: true;
  /** Of each run; undefined where it has none. */
  values: (number | undefined)[];
  texts: string[];
  /** What stands at its marks, where it is no scale of numbers: of each value from 0 on. */
  categories?: string[];
}

/** Those in which runs differ: alike they would be one point. Settings first. */
export function runAxes(runs: readonly RunDetail[]): RunAxis[] {
  // How a batch was cut is no place on an axis.
  const settings = settingRows(runs.map((run) => ({ ...run, micro: undefined })))
    .filter(({ differs }) => differs)
    .map(settingAxis);
  const results = resultRows(runs)
    .filter(({ values }) => new Set(values.filter((value) => value !== undefined)).size > 1)
    .map(({ name, isClaim, judgedBy, values, texts }): RunAxis => {
      const isCost = isClaim && judgedBy === 'cost';
      return { name, kind: 'result', ...(isCost && { isCost }), values, texts };
    });
  return [...settings, ...results];
}

/** Settings, then the first result and what it cost: as many as can be told apart side by side. */
export function chosenAxes(axes: readonly RunAxis[], most: number): RunAxis[] {
  const settings = axes.filter(({ kind }) => kind === 'setting').slice(0, Math.ceil(most / 2));
  const [first, ...results] = axes.filter(({ kind }) => kind === 'result');
  const costs = results.filter(({ isCost }) => isCost);
  const others = results.filter(({ isCost }) => !isCost).slice(0, Math.max(0, most - settings.length - costs.length - 1));
  return [...settings, ...(first ? [first] : []), ...others, ...costs];
}

/** A number and its unit: "0.005", "20,0 %". */
const NUMBER = /^([−-]?[\d.,]*\d(?:e-?\d+)?)(?:\s(\S+))?$/;

function settingAxis({ name, values: texts }: SettingRow): RunAxis {
  const found = texts.map((text) => NUMBER.exec(text));
  const [first] = found;
  // Numbers of other units, and numbers among words, are names.
  if (first && found.every((match) => match && match[2] === first[2])) {
    return { name, kind: 'setting', values: found.map((match) => saidNumber(match![1])), texts };
  }
  const categories = [...new Set(texts)];
  return { name, kind: 'setting', values: texts.map((text) => categories.indexOf(text)), texts, categories };
}

/** From a value to a pixel; a value alone is in the middle. */
export function axisScale({ values }: Pick<RunAxis, 'values'>, [from, to]: readonly [number, number]): (value: number) => number {
  const known = values.filter((value) => value !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return (value) => (low === high ? (from + to) / 2 : from + ((to - from) * (value - low)) / (high - low));
}

/** How far each of these places is moved on, so that no two marks lie on each other. */
export function apart(places: readonly { at: number; value: number }[], least: number): number[] {
  return places.map(({ at, value }, i) => {
    const isNear = (other: { at: number; value: number }) => Math.abs(other.at - at) < least && Math.abs(other.value - value) < least;
    return least * places.slice(0, i).filter(isNear).length;
  });
}

/** What stands at its ends. */
export function endTexts({ values, texts }: RunAxis): { low: string; high: string } {
  const known = values.flatMap((value, i) => (value === undefined ? [] : [{ value, text: texts[i] }]));
  const by = (better: (a: number, b: number) => boolean): string => known.reduce((a, b) => (better(b.value, a.value) ? b : a)).text;
  return { low: by((a, b) => a < b), high: by((a, b) => a > b) };
}

/** "Validation, right against Batch: A 97.8 % at 256, B 98.3 % at 64." */
export function scatterSummary(x: RunAxis, y: RunAxis, letters: readonly string[]): string {
  const points = letters.flatMap((letter, i) =>
    x.values[i] === undefined || y.values[i] === undefined ? [] : [`${letter} ${y.texts[i]} at ${x.texts[i]}`],
  );
  return `${y.name} against ${x.name}: ${points.join('; ')}.`;
}
