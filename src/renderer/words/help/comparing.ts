// Guide: whether one run is better than another, or only luckier.
import type { Guide } from './guide';

export const COMPARING: Guide = {
  title: 'Comparing honestly',
  lead: 'Whether one run is better than another, or only had more luck.',
  blocks: [
    {
      kind: 'text',
      text: 'Train the same thing twice with another seed, and the results differ a little: pictures come in another order, and the model begins elsewhere. A difference of that size is luck. So one better number proves nothing yet.',
    },
    {
      kind: 'steps',
      steps: [
        'Change one thing at a time. On [History](#history) open a run and press **Plan with these settings**; change what you want to know about, and train.',
        'Use the same data and the same validation part. Overbatch does so as long as you do not change the seed or the data.',
        'Tick both runs on [History](#history) and press **Compare**. The first is the baseline; any other can be made it.',
        'Read the verdict. Better or Worse: luck alone would rarely bring as much. **May be luck**: it cannot be told yet.',
        'If it may be luck, press **Repeat with 3 seeds**: each is trained again with other seeds, and means with their spread are compared.',
        'Look at what they disagree on: the pictures that one gets right and the other wrong say more than a number.',
      ],
    },
    { kind: 'heading', text: 'Three traps' },
    {
      kind: 'text',
      text: 'Trying twenty settings and keeping the best: one of them is bound to be lucky. Keep some data that you never looked at, and measure with it once, at the end.',
    },
    {
      kind: 'text',
      text: 'Few validation pictures: with fifty of them, two pictures more or less are four percent. The verdict knows that; a feeling does not.',
    },
    {
      kind: 'text',
      text: 'Another batch size with the same number of epochs: it makes fewer or more updates. Compare over updates, or give both the time they need. **Whole against pieces** on the page of a comparison shows what pieces change: nothing but time and memory.',
    },
  ],
};
