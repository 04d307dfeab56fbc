// What is asked when a table or pictures are imported: each by its name, with what it means in a sentence.
export interface FieldWords {
  label: string;
  help: string;
}

export const TABLE_FIELDS = {
  target: { label: 'Column to learn', help: 'What the model shall answer when it gets the other columns.' },
  separator: { label: 'Between the cells', help: 'What parts the cells of a row.' },
  decimal: { label: 'Decimal mark', help: 'What stands before the broken part of a number.' },
  encoding: { label: 'Letters', help: 'If letters with accents look wrong, try another.' },
  header: { label: 'First row', help: 'Whether it names the columns or is a row like the others.' },
} satisfies Record<string, FieldWords>;

/** What pictures are stored as. */
export const COLOUR_FIELDS = {
  grey: { label: 'Grey', help: 'Brightness only; a third of the memory. Right when colour says nothing about the class.' },
  colour: { label: 'Colour', help: 'Red, green and blue. Right when colour helps to tell classes apart.' },
} satisfies Record<string, FieldWords>;

export const KEEP_GROUPS = {
  label: 'Keep groups together',
  help: 'Pictures of one group are then never both learnt from and measured with.',
};
