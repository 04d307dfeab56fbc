// What the app says for an English sentence in another language, for tests that press and read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import PO from 'pofile';

const catalogue = new Map<string, string>();
for (const { msgid, msgstr } of PO.parse(readFileSync(path.join(import.meta.dirname, '../../src/language/de.po'), 'utf8')).items)
  catalogue.set(msgid, msgstr[0] || msgid);

export const sayIn = (english: string, language: string): string => (language === 'de' ? (catalogue.get(english) ?? english) : english);

/** What stands between the values and marks of a message. */
const pieces = (message: string): string[] => message.split(/\{\d+\}|<\/?\d+\/?>/).map((piece) => piece.trim());
/** Shorter ones are words that both languages have, or parts of others. */
const LEAST_LETTERS = 13;

/** English that stands in a German text though the catalogue has German for it, with what stands around it. */
export function englishIn(text: string): string[] {
  const shown = text.replace(/\s+/g, ' ');
  const found = [...catalogue].flatMap(([english, german]) =>
    german === english ? [] : pieces(english).filter((piece) => piece.length >= LEAST_LETTERS && !german.includes(piece)),
  );
  return [...new Set(found)].flatMap((piece) => {
    const at = shown.indexOf(piece);
    return at < 0 ? [] : [shown.slice(Math.max(0, at - 60), at + piece.length + 60)];
  });
}
