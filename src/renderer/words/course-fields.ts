// The further settings of a run's course: how its learning rate goes, and when it ends.
import { withMark, word } from '#shared/language';
import type { MoreGroup } from './more-control';

export const COURSE_GROUPS: MoreGroup[] = [
  {
    title: 'How the learning rate goes',
    controls: [
      {
        field: 'schedule',
        kind: 'choice',
        label: 'Learning rate schedule',
        left: 'Constant',
        help: 'Smaller updates towards the end often settle better. One cycle first rises, then falls.',
        options: [
          { value: 'cosine', label: 'Cosine to zero' },
          { value: 'step', label: 'In steps' },
          { value: 'one-cycle', label: 'One cycle' },
        ],
      },
      {
        field: 'warmupEpochs',
        kind: 'number',
        label: 'Warm-up (epochs)',
        left: word('none'),
        help: 'The learning rate rises from near zero first, which large batches often need. Parts such as 0.5 are fine.',
      },
      {
        field: 'stepEpochs',
        kind: 'number',
        label: 'Falls every (epochs)',
        left: 'a third of the run',
        help: 'How long the learning rate stays before it falls.',
        isOfUse: ({ more }) => more.schedule === 'step',
      },
      {
        field: 'stepFactor',
        kind: 'number',
        label: 'Each fall multiplies by',
        left: withMark(0.1),
        help: 'A tenth at each fall is usual.',
        isOfUse: ({ more }) => more.schedule === 'step',
      },
    ],
  },
  {
    title: 'When it ends',
    controls: [
      {
        field: 'patience',
        kind: 'number',
        label: 'Stop early after (epochs)',
        left: word('never'),
        help: 'The run ends when validation has not got better for so many epochs in a row; the best epoch’s model is kept.',
      },
      {
        field: 'minEpochs',
        kind: 'number',
        label: 'Stop not before (epochs)',
        left: '1',
        help: 'So many epochs are done in any case.',
        isOfUse: ({ more }) => more.patience !== undefined,
      },
    ],
  },
];
