// The kinds of problems a check finds: what each group is called and what to do about it, most serious first.
import type { FileProblem, ProblemKind } from '#shared/dataset';

interface ProblemGroup {
  kind: ProblemKind;
  title: string;
  problems: FileProblem[];
  /** All of them are the person's choice. */
  isChoice: boolean;
}

const TITLES: [ProblemKind, string][] = [
  ['unreadable', 'Cannot be read'],
  ['truncated', 'Cut off'],
  ['empty-file', 'Empty'],
  ['too-large', 'Too large'],
  ['ragged-row', 'Not as many cells as columns'],
  ['no-target', 'Nothing to learn in it'],
  ['not-a-value', 'Not a number'],
  ['unsupported', 'Not read by Overbatch'],
  ['not-a-picture', 'Not pictures'],
  ['outside-folder', 'Outside the class folders'],
  ['no-mask', 'Without a mask'],
  ['no-picture', 'Masks without a picture'],
  ['size-mismatch', 'Picture and mask of different sizes'],
  ['not-a-mask', 'No masks'],
  ['odd-values', 'Masks with smoothed edges'],
  ['empty-mask', 'Nothing marked'],
  ['label-conflict', 'The same picture under two labels'],
  ['leak', 'Nearly the same in training and in what measures'],
  ['duplicate', 'The same picture twice'],
  ['near-duplicate', 'Looks the same as another'],
  ['wrong-extension', 'Named like another format'],
];

export function problemGroups(problems: readonly FileProblem[]): ProblemGroup[] {
  const byKind = new Map<string, FileProblem[]>();
  for (const problem of problems) {
    const key = `${problem.severity} ${problem.kind}`;
    const group = byKind.get(key);
    if (group) group.push(problem);
    else byKind.set(key, [problem]);
  }
  const order = (kind: ProblemKind) => {
    const place = TITLES.findIndex(([known]) => known === kind);
    return place < 0 ? TITLES.length : place;
  };
  return [...byKind.values()]
    .map((group) => ({
      kind: group[0].kind,
      title: TITLES.find(([kind]) => kind === group[0].kind)?.[1] ?? 'Other',
      problems: group,
      isChoice: group[0].severity === 'warning',
    }))
    .sort((a, b) => Number(a.isChoice) - Number(b.isChoice) || order(a.kind) - order(b.kind));
}
