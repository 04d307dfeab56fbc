// Guide: from a folder of pictures to a model that answers.
import type { Guide } from './guide';

export const FIRST_MODEL: Guide = {
  title: 'Your first model',
  lead: 'From a folder of pictures to a model that answers, in about ten minutes.',
  blocks: [
    {
      kind: 'text',
      text: 'A model learns by example: you show it pictures whose answer is known, and it finds out what they have in common. It needs no rules from you, only examples.',
    },
    { kind: 'heading', text: 'If you have no pictures at hand' },
    {
      kind: 'text',
      text: 'Press **Try the digits sample** on [Data](#data), or choose it there under **Samples…**. Then go on with step 3.',
    },
    { kind: 'heading', text: 'With your own pictures' },
    {
      kind: 'drawing',
      drawing: 'folders',
      says: 'A folder “birds” holds two folders, “robin” and “wren”; each holds pictures of that bird.',
    },
    {
      kind: 'steps',
      steps: [
        'Put your pictures into one folder for each answer, named after it: robin, wren. Some dozens each are enough to begin with. A table works, too: each row is an example, and one column is the answer.',
        'On [Data](#data) press **Choose folder…** (for a table **Choose file…**), or drop it there. Everything is checked before anything is copied; the originals are only read. Then press Import.',
        'Press **Plan a run** beside the data. [Plan](#plan) has usual settings ready: for a first try change nothing.',
        'Read the sentence under Before you start: whether it fits the memory, and about how long it takes. Press **Start training**.',
        '[Run](#run) shows how it goes on. You may look elsewhere, or close the window; the run goes on if you say so. When the curves do not get better any more, press **Finish early**: the best model so far is kept.',
        'Open [Model](#model). How good is it shows which answers are confused. Under **Try it** give it a picture that it has never seen.',
      ],
    },
    { kind: 'heading', text: 'If it answers badly' },
    {
      kind: 'text',
      text: 'More and more varied pictures help most. Then see [what bad pictures do](#help/bad-pictures) and [what the curves say](#help/curves). With few photographs, choose a model on Plan that can start from ImageNet photographs.',
    },
  ],
};
