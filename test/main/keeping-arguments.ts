// Arguments of the questions about what is kept of runs: taken, and refused in a sentence.
import type { ApiName } from '#shared/api-names';

export interface Arguments {
  good: unknown[][];
  bad: unknown[][];
}

const ID = '4f9c2d8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f';
const SEVERAL: Arguments = { good: [[[ID]], [[]]], bad: [[ID], [['../x']], [[1]], []] };

export const KEEPING_CASES = {
  markRuns: {
    good: [[[ID, ID], { pinned: true, note: 'why', addTags: ['paper'], removeTags: [] }]],
    bad: [[[ID], { addTags: ['two words'] }], [[ID], { note: 'x'.repeat(10_001) }], [['../x'], {}], [[ID], { name: 'x' }], [[ID]]],
  },
  deleteRuns: SEVERAL,
  restoreRuns: SEVERAL,
  deleteWeights: SEVERAL,
  weightsUse: SEVERAL,
  restoreWeights: SEVERAL,
  runSizes: { good: [[undefined], [[ID]]], bad: [[ID], [['/etc']]] },
  exportRuns: { good: [[[ID], true]], bad: [[[], true], [[ID]], [['../x'], false], [Array(1_001).fill(ID), true]] },
  cancelRunExport: { good: [[]], bad: [[ID]] },
  importRuns: { good: [[undefined], [ID]], bad: [['/tmp/runs.zip'], [null]] },
} satisfies Partial<Record<ApiName, Arguments>>;
