// What a table is, in the words of its pages.
import { language } from '#shared/language';
import type { ColumnKind, Separator, TableFormat, Task, TextEncoding } from '#shared/table';
import { counted } from './numbers';

export const KIND_WORDS: Record<ColumnKind, string> = { number: 'Number', category: 'Category', boolean: 'Yes or no', date: 'Date' };

export const SEPARATOR_WORDS: Record<Separator, string> = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar |' };

export const ENCODING_WORDS: Record<TextEncoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Latin-1 (windows-1252)',
};

export const DECIMAL_WORDS: Record<TableFormat['decimal'], string> = { '.': 'Point: 3.14', ',': 'Comma: 3,14' };

export const TASK_WORDS: Record<Task, { label: string; help: string }> = {
  classification: { label: 'A class', help: 'one of the values that are there' },
  regression: { label: 'A number', help: 'any value, also one never seen' },
};

/** "semicolon, decimal comma, UTF-8, the first row names the columns". */
export function formatWords({ separator, decimal, encoding, header, above }: TableFormat): string {
  return [
    language === 'en' ? SEPARATOR_WORDS[separator].toLowerCase() : SEPARATOR_WORDS[separator],
    decimal === ',' ? 'decimal comma' : 'decimal point',
    ENCODING_WORDS[encoding],
    header ? 'the first row names the columns' : 'no names of columns',
    ...(above === undefined ? [] : [`${counted(above, 'row', 'rows')} above the table passed over`]),
  ].join(', ');
}
