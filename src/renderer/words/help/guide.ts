// What a guide of Help is made of. **Bold** is the name of something that is pressed, exactly as it stands there; [words](#plan) lead to a page.
export const GUIDE_NAMES = ['first-model', 'bad-pictures', 'batch-size', 'curves', 'comparing', 'take-away'] as const;
export type GuideName = (typeof GUIDE_NAMES)[number];

export type DrawingName = 'folders' | 'pieces' | 'curves';

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'steps'; steps: readonly string[] }
  /** `says` is what it shows, for whoever does not see it. */
  | { kind: 'drawing'; drawing: DrawingName; says: string };

export interface Guide {
  title: string;
  /** What it is for, in a sentence. */
  lead: string;
  blocks: readonly Block[];
}

export type Span = { kind: 'text'; text: string } | { kind: 'name'; text: string } | { kind: 'link'; text: string; address: string };

const MARKS = /\*\*(.+?)\*\*|\[(.+?)\]\((#[^)]*)\)/g;

/** A sentence in its parts. "#plan" is the address of a page as guides write it; the window's is "#/plan". */
export function spans(sentence: string): Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const match of sentence.matchAll(MARKS)) {
    const [all, name, text, address] = match;
    if (match.index > from) found.push({ kind: 'text', text: sentence.slice(from, match.index) });
    found.push(name === undefined ? { kind: 'link', text, address: address.replace('#', '#/') } : { kind: 'name', text: name });
    from = match.index + all.length;
  }
  if (from < sentence.length) found.push({ kind: 'text', text: sentence.slice(from) });
  return found;
}

/** As it is searched: without marks. */
export const plainText = (sentence: string): string =>
  spans(sentence)
    .map(({ text }) => text)
    .join('');

/** Everything a guide says, a sentence or step each. */
export const guideTexts = ({ lead, blocks }: Guide): string[] => [
  lead,
  ...blocks.flatMap((block) => (block.kind === 'steps' ? block.steps : block.kind === 'drawing' ? [block.says] : [block.text])),
];
