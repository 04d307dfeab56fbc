// How a label is read from a file's name: a pattern of {label}, {number} and * found by looking, or given by the person.
import { FailureError } from '#shared/failure';

/** Most particular first: the first that explains nearly all names is taken. */
const PATTERNS = [
  '{label}_{number}',
  '{label}-{number}',
  '{label}.{number}',
  '{label} ({number})',
  '{label} {number}',
  '{label}{number}',
  '{number}_{label}',
  '{number}-{label}',
  '{label}_*',
  '{label}-*',
  '*_{label}',
  '*-{label}',
];
/** Of the names, at least so many follow the pattern; each class has on average so many pictures. */
const ENOUGH = 0.95;
const EACH = 3;
/** What cameras and telephones call every picture is no class. */
const CAMERA =
  /^(img|image|images|dsc|dscn|dscf|dji|gopr|p|pxl|photo|pic|picture|scan|screenshot|untitled|vid|frame|whatsapp image|sam|mvi|foto|bild)$/i;

export interface LabelPattern {
  /** As it is shown and written. */
  text: string;
  /** Undefined where the name does not follow it. `stem`: the name without its ending. */
  labelIn(stem: string): string | undefined;
}

/** @throws FailureError bad-setting for a pattern without {label} or with too much in it */
export function readPattern(text: string): LabelPattern {
  const parts = text.split(/(\{label\}|\{number\}|\*)/).filter((part) => part !== '');
  const holds = (wanted: string) => parts.filter((part) => part === wanted).length;
  if (holds('{label}') !== 1 || holds('*') > 2 || parts.some((part) => /[{}/\\]/.test(part) && part !== '{label}' && part !== '{number}')) {
    throw new FailureError({
      kind: 'bad-setting',
      problem: `"${text}" does not say where the label is. Write the name of a picture without its ending, with {label} in place of the class, {number} for digits and * for anything, for example {label}_{number}.`,
    });
  }
  const source = parts.map((part) =>
    part === '{label}' ? '(.+?)' : part === '{number}' ? '\\d+' : part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  const expression = new RegExp(`^${source.join('')}$`, 'su');
  return { text, labelIn: (stem) => expression.exec(stem.normalize('NFC'))?.[1].trim() || undefined };
}

/** Undefined where no pattern gives at least two classes of several pictures. */
export function findPattern(stems: readonly string[]): LabelPattern | undefined {
  return PATTERNS.map(readPattern).find(({ labelIn }) => {
    const labels = stems.map(labelIn).filter((label) => label !== undefined);
    const distinct = new Set(labels);
    return (
      labels.length >= ENOUGH * stems.length &&
      distinct.size >= 2 &&
      labels.length >= EACH * distinct.size &&
      ![...distinct].some((label) => CAMERA.test(label.replace(/[^\p{L}]+$/u, '')) || /^\d+$/.test(label))
    );
  });
}
