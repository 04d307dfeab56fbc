// What is wrong with single masks, once it is known which classes there are: what is left out, and what is the person's choice.
import { locale, word } from '#shared/language';
import type { FileProblem } from '#shared/dataset';
import type { MaskCoding } from '#shared/segmentation';
import { counted } from '../class-counts';
import { uprightSize, type PictureHeader } from '../formats/format';
import type { ListedPicture } from '../importers/importer';
import { codeIn, fits, type MaskClasses } from './classes-of-masks';
import type { SurveyedMask } from './survey';

/** Below this share of a mask, smoothed edges are not worth a word. */
const NOTEWORTHY = 0.0005;
/** Smoothed edges cover no more than this. */
const MOSTLY = 0.25;

/** @param header of the picture, where it can be read */
export function judgePair(
  picture: ListedPicture,
  header: PictureHeader | undefined,
  mask: SurveyedMask,
  found: MaskClasses,
): FileProblem[] {
  const size = header && judgeSize(picture, header, mask);
  return [...judgeMask(picture, mask, found), ...(size ? [size] : [])];
}

function judgeMask({ mask: file }: ListedPicture, mask: SurveyedMask, { coding, classes, between }: MaskClasses): FileProblem[] {
  const problem = (kind: FileProblem['kind'], message: string, severity: FileProblem['severity'] = 'error') => ({
    file: file!.file,
    kind,
    message,
    severity,
  });
  if (!fits(mask, coding)) {
    const [has, others] = coding === 'numbers' ? [word('colours'), word('numbers')] : ['numbers of a palette', word('colours')];
    return [problem('not-a-mask', `It says its classes by ${has}, and most masks by ${others}. Save it as the others, or leave it out.`)];
  }
  const { codes, pixels } = betweenIn(mask, coding, between);
  const found: FileProblem[] = [];
  const share = pixels / (mask.width * mask.height);
  if (share > MOSTLY) {
    const part = Math.round(100 * share);
    const what =
      codes === 1
        ? `A value of no class covers ${part} % of it, so it is hardly a mask.`
        : `${codes.toLocaleString(locale)} values of no class cover ${part} % of it, so it is hardly a mask.`;
    return [problem('not-a-mask', `${what} Save it with one value a class, or leave it out.`)];
  }
  if (share > NOTEWORTHY) {
    found.push(
      problem(
        'odd-values',
        `${counted(pixels, 'pixel has', 'pixels have')} ${counted(codes, 'value', 'values')} of no class, as smoothed edges have. Each is counted to the nearest class; save the mask without smoothing for exact edges.`,
        'warning',
      ),
    );
  }
  const [only] = mask.counts.keys();
  if (mask.counts.size === 1 && classes.length > 1 && only === 0)
    found.push(
      problem('empty-mask', `All of it is "${classes[0].label}": nothing is marked. Leave it out, unless that is meant.`, 'warning'),
    );
  return found;
}

function betweenIn(mask: SurveyedMask, coding: MaskCoding, between: MaskClasses['between']): { codes: number; pixels: number } {
  let [codes, pixels] = [0, 0];
  for (const [stored, count] of mask.counts) {
    if (!between.has(codeIn(coding, mask, stored))) continue;
    codes++;
    pixels += count.pixels;
  }
  return { codes, pixels };
}

function judgeSize({ file, mask }: ListedPicture, header: PictureHeader, { width, height }: SurveyedMask): FileProblem | undefined {
  const upright = uprightSize(header);
  if (upright.width === width && upright.height === height) return undefined;
  const turned = header.width === width && header.height === height ? ' The picture is stored turned; save both upright.' : '';
  const message = `It is ${upright.width} × ${upright.height} pixels, and its mask ${mask!.file} ${width} × ${height}.${turned} Save both at one size, or leave the picture out.`;
  return { file, kind: 'size-mismatch', message, severity: 'error' };
}
