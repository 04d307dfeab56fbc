// A line of csv as we write it for people.

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** Quoted where it has to be (RFC 4180); what a spreadsheet would take for a formula is kept a text. */
function cell(text: string): string {
  const plain = !NUMBER.test(text) && /^\s*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
