// Non-negative least squares: how much of each column, none of it less than nothing, comes nearest to the targets.

/** Far more than it takes for the few columns there are. */
const SWEEPS = 200_000;
const SETTLED = 1e-12;

/** Coordinate descent (Franc, Hlaváč and Navara, 2005): each column in turn gets what is best for it while the others stay. */
export function nonNegativeLeastSquares(rows: readonly (readonly number[])[], targets: readonly number[]): number[] {
  const columns = rows[0].map((_, j) => rows.map((row) => row[j]));
  // In units of its own length no column is a million times another.
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)) || 1);
  const units = columns.map((column, j) => column.map((value) => value / lengths[j]));
  const gram = units.map((a) => units.map((b) => dot(a, b)));
  const wanted = units.map((column) => dot(column, targets));
  const found = units.map(() => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (const [j, products] of gram.entries()) {
      if (products[j] === 0) continue;
      const next = Math.max(0, found[j] + (wanted[j] - dot(products, found)) / products[j]);
      moved = Math.max(moved, Math.abs(next - found[j]));
      found[j] = next;
    }
    if (moved <= SETTLED * Math.max(...found)) break;
  }
  return found.map((value, j) => value / lengths[j]);
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
