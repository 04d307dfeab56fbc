// The names of a table's columns: the header's, made whole where a name is missing or comes twice.

/** "column 3" where there is no name; "name (2)" where it was there before. */
export function columnNames(first: readonly string[], header: boolean): { names: string[]; notes: string[] } {
  if (!header) return { names: first.map((_, i) => `column ${i + 1}`), notes: [] };
  const taken = new Set<string>();
  const notes: string[] = [];
  const names = first.map((cell, i) => {
    const wanted = cell.normalize('NFC') || `column ${i + 1}`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
    taken.add(name);
    if (cell === '') notes.push(`Column ${i + 1} has no name in the header; it is called "${name}".`);
    else if (name !== wanted) notes.push(`The name "${cell}" comes twice in the header; column ${i + 1} is called "${name}".`);
    return name;
  });
  return { names, notes };
}
