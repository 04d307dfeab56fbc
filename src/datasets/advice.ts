// What a check suggests: the size to store pictures at, and things worth knowing that forbid nothing.
import { locale } from '#shared/language';
import type { PictureOptions } from '#shared/dataset';
import { counted, listed } from './class-counts';
import type { PixelLayout } from './decode-picture';
import type { Tally } from './tally';

/** Sizes models are usually trained at; the largest that half of the pictures reach is suggested. */
const USUAL_SIDES = [224, 160, 128, 96, 64, 32, 16, 8];
const LARGEST_KEPT = 256;
const SMALLEST = 4;
const TINY_CLASS = 10;
const IMBALANCE = 5;

export function suggestOptions(tally: Tally): PictureOptions {
  const channels = tally.colours.colour === 0 && tally.colours.grey > 0 ? 1 : 3;
  const [size] = tally.sizes;
  if (tally.differentSizes === 1 && size && keepable(size.width) && keepable(size.height)) {
    return { width: size.width, height: size.height, channels };
  }
  const median = tally.medianSide();
  const side = USUAL_SIDES.find((usual) => usual <= median) ?? USUAL_SIDES[USUAL_SIDES.length - 1];
  return { width: side, height: side, channels };
}

const keepable = (side: number) => side >= SMALLEST && side <= LARGEST_KEPT;

export const advise = (tally: Tally, options: PixelLayout): string[] => [...classAdvice(tally), ...pictureAdvice(tally, options)];

function classAdvice(tally: Tally): string[] {
  const { counts } = tally;
  const advice: string[] = [];
  const tiny = counts.labels.filter((_, label) => counts.toLearnFrom(label) > 0 && counts.toLearnFrom(label) < TINY_CLASS);
  if (tiny.length > 0) {
    advice.push(
      `Fewer than ${TINY_CLASS} pictures to learn from in ${listed(tiny)}: results for so few are mostly luck. Add more if you can.`,
    );
  }
  return [...advice, ...imbalance(tally)];
}

/** Of sizes and colours. */
export function pictureAdvice(tally: Tally, { width, height, channels }: PixelLayout): string[] {
  const { colours } = tally;
  const advice: string[] = [];
  if (tally.differentSizes > 1) {
    advice.push(
      `The pictures have ${counted(tally.differentSizes, 'different size', 'different sizes')}; each is stretched to ${width} × ${height}, which you can change.`,
    );
  }
  if (colours.grey > 0 && colours.colour > 0) {
    const stored = channels === 1 ? 'stored in grey' : 'stored in colour';
    advice.push(
      `${counted(colours.grey, 'picture is', 'pictures are')} grey and ${counted(colours.colour, 'in colour', 'in colour')}; all are ${stored}.`,
    );
  }
  if (tally.huge) {
    const { file, width: w, height: h, count } = tally.huge;
    const which = count === 1 ? `${file} is` : `${count.toLocaleString(locale)} pictures, such as ${file}, are`;
    advice.push(
      `${which} very large (${w.toLocaleString(locale)} × ${h.toLocaleString(locale)}): importing takes longer. Smaller copies do as well.`,
    );
  }
  if (colours.alpha > 0) advice.push(`${counted(colours.alpha, 'picture has', 'pictures have')} transparency, which is laid over white.`);
  if (tally.deep > 0) advice.push(`${counted(tally.deep, 'picture has', 'pictures have')} 16 bits a channel; the upper 8 are kept.`);
  if (tally.cmyk > 0)
    advice.push(`${counted(tally.cmyk, 'picture is', 'pictures are')} in CMYK, the inks of print; red, green and blue are made of them.`);
  if (tally.turned > 0) {
    advice.push(`${counted(tally.turned, 'picture was', 'pictures were')} taken with the camera turned; they are stored upright.`);
  }
  return advice;
}

function imbalance({ counts }: Tally): string[] {
  const sized = counts.labels.map((label, i) => ({ label, count: counts.toLearnFrom(i) })).filter(({ count }) => count > 0);
  if (sized.length < 2) return [];
  sized.sort((a, b) => b.count - a.count);
  const [largest, smallest] = [sized[0], sized[sized.length - 1]];
  if (largest.count < IMBALANCE * smallest.count) return [];
  return [
    `"${largest.label}" has ${Math.round(largest.count / smallest.count)} times as many pictures as "${smallest.label}" (${largest.count.toLocaleString(locale)} and ${smallest.count.toLocaleString(locale)}): a model learns the rare class worse. Add pictures of it if you can.`,
  ];
}
