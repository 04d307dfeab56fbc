// From the codes that masks have to the classes that they mean: which codes are classes, what they are called, and what becomes of the others.
import { MOST_MASK_CLASSES } from '#shared/mask-index';
import { valuesIn, type MaskClass, type MaskCoding, type SegmentationManifest } from '#shared/segmentation';
import type { SurveyedMask } from './survey';

export interface MaskClasses {
  coding: MaskCoding;
  /** In the order of their codes. */
  classes: (MaskClass & { code: number })[];
  /** Codes that are no class: edges that were smoothed. Each belongs to the class whose code is nearest. */
  between: ReadonlyMap<number, number>;
}

/** Of smoothed edges there are many codes, each rare and nearly all edge; so few are classes, however thin. */
const FEW_CODES = 8;
const RARE = 0.01;
const EDGE = 0.05;

/**
 * @param names of classes by number
 * @param onto what they are added to: masks are read as its own are, and what is a class there is one here
 */
export function classesOfMasks(
  masks: Iterable<SurveyedMask>,
  names: readonly string[],
  onto?: Pick<SegmentationManifest, 'coding' | 'classes'>,
): MaskClasses {
  const all = [...masks];
  const coding = onto?.coding ?? codingOf(all);
  const known = new Set(onto?.classes.flatMap(({ written }) => valuesIn(written)));
  const totals = new Map<number, { pixels: number; inside: number; pictures: number }>();
  for (const mask of all) {
    if (!fits(mask, coding)) continue;
    for (const [stored, { pixels, inside }] of mask.counts) {
      const code = codeIn(coding, mask, stored);
      const total = totals.get(code) ?? { pixels: 0, inside: 0, pictures: 0 };
      totals.set(code, { pixels: total.pixels + pixels, inside: total.inside + inside, pictures: total.pictures + 1 });
    }
  }
  const sum = [...totals.values()].reduce((pixels, total) => pixels + total.pixels, 0);
  const isNamed = (code: number) => (coding === 'numbers' && code < names.length) || known.has(writtenOf(code, coding));
  const isEdge = (code: number) => {
    const { pixels, inside } = totals.get(code)!;
    return totals.size > FEW_CODES && !isNamed(code) && pixels < RARE * sum && inside < EDGE * pixels;
  };
  const codes = [...totals.keys()].sort((a, b) => a - b);
  const classCodes = codes.filter((code) => !isEdge(code));
  // Of more classes than are learnt nothing is made, and to look for the nearest of thousands would take minutes.
  const within = classCodes.length > MOST_MASK_CLASSES ? classCodes.slice(0, 1) : classCodes;
  const between = new Map(codes.filter(isEdge).map((code) => [code, nearest(code, within, coding)]));
  const isYesNo = classCodes.length === 2 && classCodes[0] === 0 && names.length === 0;
  const classes = classCodes.map((code, i) => {
    const { pixels, pictures } = totals.get(code)!;
    const written = writtenOf(code, coding);
    const label = isYesNo ? ['background', 'object'][i] : coding === 'numbers' && code < names.length ? names[code] : written;
    return { code, label, written, pixels, pictures };
  });
  return { coding, classes, between };
}

const writtenOf = (code: number, coding: MaskCoding): string =>
  coding === 'colours' ? `#${code.toString(16).padStart(6, '0')}` : String(code);

/** The same classes with what these masks alone have of them; smoothed edges count to the class that they are nearest to. */
export function countedIn({ coding, classes, between }: MaskClasses, masks: Iterable<SurveyedMask>): MaskClass[] {
  const counted = classes.map(({ label, written }): MaskClass => ({ label, written, pixels: 0, pictures: 0 }));
  const place = new Map(classes.map(({ code }, i) => [code, i]));
  for (const mask of masks) {
    const here = new Set<MaskClass>();
    for (const [stored, { pixels }] of mask.counts) {
      const code = codeIn(coding, mask, stored);
      const one = counted[place.get(between.get(code) ?? code) ?? -1];
      if (!one) continue;
      one.pixels += pixels;
      here.add(one);
    }
    for (const one of here) one.pictures++;
  }
  return counted;
}

/** Whether a mask says its classes as the others do. */
export const fits = ({ coding }: Pick<SurveyedMask, 'coding'>, of: MaskCoding): boolean =>
  of === 'colours' ? coding !== 'index' : coding !== 'colour';

/** Where the others have colours, grey is one. */
export const codeIn = (of: MaskCoding, { coding }: Pick<SurveyedMask, 'coding'>, code: number): number =>
  of === 'colours' && coding === 'grey' ? code * 0x010101 : code;

/** As most have it; grey goes with either. */
function codingOf(masks: readonly SurveyedMask[]): MaskCoding {
  const count = (coding: SurveyedMask['coding']) => masks.filter((mask) => mask.coding === coding).length;
  const colours = count('colour');
  return colours > count('index') && colours > count('grey') / 20 ? 'colours' : 'numbers';
}

function nearest(code: number, classes: readonly number[], coding: MaskCoding): number {
  const parts = (value: number) => (coding === 'colours' ? [value >> 16, (value >> 8) & 255, value & 255] : [value]);
  const distance = (other: number) => parts(code).reduce((sum, part, i) => sum + (part - parts(other)[i]) ** 2, 0);
  return classes.reduce((best, other) => (distance(other) < distance(best) ? other : best), classes[0]);
}
