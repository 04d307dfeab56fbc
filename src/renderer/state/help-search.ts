// Finds what Help says about some words: all of them must be there, titles count for most; where nothing has them all, what comes nearest.
import type { HelpEntry } from '../words/help/entries';
import { bare, distance, likeness, wordsOf } from './word-match';

export interface Found {
  entry: HelpEntry;
  /** Of its sentences the one that says most about the words. */
  sentence: string;
}

/** Of a text, and whether it is what was looked for. */
export interface Marked {
  text: string;
  isHit: boolean;
}

const TITLE_WEIGHT = 4;
const WHOLE_TITLE = 4;
const MOST_NEAR = 3;

interface Indexed {
  entry: HelpEntry;
  title: string[];
  sentences: string[][];
}

export class HelpSearch {
  readonly #indexed: Indexed[];

  constructor(entries: readonly HelpEntry[]) {
    this.#indexed = entries.map((entry) => ({ entry, title: wordsOf(entry.title), sentences: entry.sentences.map(wordsOf) }));
  }

  /** The best first; none for no words. */
  find(query: string): Found[] {
    const typed = typedWords(query);
    if (typed.length === 0) return [];
    return this.#indexed
      .flatMap((one) => {
        const scores = typed.map((word) => scoreOf(word, one));
        return scores.every((score) => score > 0) ? [{ one, score: sum(scores) + (isTitle(query, one) ? WHOLE_TITLE : 0) }] : [];
      })
      .toSorted((a, b) => b.score - a.score)
      .map(({ one }) => ({ entry: one.entry, sentence: bestSentence(typed, one) }));
  }

  /** For words that nothing has: what has some of them, or is written most alike. */
  nearest(query: string): HelpEntry[] {
    const typed = typedWords(query);
    return this.#indexed
      .map((one) => ({ entry: one.entry, score: sum(typed.map((word) => scoreOf(word, one) || alike(word, one.title))) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, MOST_NEAR)
      .map(({ entry }) => entry);
  }
}

/** A word with a hyphen is looked for in its parts. */
const typedWords = (query: string): string[] => bare(query).match(/[\p{L}\p{N}]+/gu) ?? [];

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const best = (word: string, among: readonly string[]): number => Math.max(0, ...among.map((other) => likeness(word, other)));
const isTitle = (query: string, { entry }: Indexed): boolean => bare(query).trim() === bare(entry.title);

const scoreOf = (word: string, { title, sentences }: Indexed): number =>
  Math.max(TITLE_WEIGHT * best(word, title), ...sentences.map((sentence) => best(word, sentence)));

function bestSentence(typed: readonly string[], { entry, sentences }: Indexed): string {
  const scores = sentences.map((sentence) => sum(typed.map((word) => best(word, sentence))));
  return fromNear(entry.sentences[scores.indexOf(Math.max(...scores))] ?? '', typed);
}

/** So much of a sentence is shown in any case. */
const IN_SIGHT = 70;
const BEFORE = 30;

/** A long one begins a little before the first of the words. */
function fromNear(sentence: string, typed: readonly string[]): string {
  const parts = [...sentence.matchAll(/[\p{L}\p{N}]+/gu)];
  const hit = parts.find(([part]) => typed.some((word) => likeness(word, bare(part)) > 0));
  if (!hit || hit.index < IN_SIGHT) return sentence;
  const first = parts.find(({ index }) => index >= hit.index - BEFORE) ?? hit;
  return `… ${sentence.slice(first.index)}`;
}

/** Half of the letters are the same, at least. */
function alike(word: string, title: readonly string[]): number {
  const shares = title.map((other) => 1 - distance(word, other) / Math.max(word.length, other.length));
  const nearest = Math.max(0, ...shares);
  return nearest >= 0.5 ? nearest / 2 : 0;
}

/** A text cut where words that were looked for begin and end. */
export function marked(text: string, query: string): Marked[] {
  const typed = typedWords(query);
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, isHit: typed.some((word) => likeness(word, bare(part)) > 0) }));
}
