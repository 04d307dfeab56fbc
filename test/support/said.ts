// What the app says for an English sentence in another language, for tests that press and read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import PO from 'pofile';

const catalogue = new Map<string, string>();
for (const { msgid, msgstr } of PO.parse(readFileSync(path.join(import.meta.dirname, '../../src/language/de.po'), 'utf8')).items)
  catalogue.set(msgid, msgstr[0] || msgid);

export const sayIn = (english: string, language: string): string => (language === 'de' ? (catalogue.get(english) ?? english) : english);
