// Guide: which batch size, and what pieces have to do with it.
import type { Guide } from './guide';

export const BATCH_SIZE: Guide = {
  title: 'Choosing a batch size',
  lead: 'How many pictures the model looks at before it changes once, and why memory need not decide it.',
  blocks: [
    {
      kind: 'text',
      text: 'A model learns in updates. For each it looks at a batch of pictures and then changes a little. A large batch gives a steady direction but few updates in an epoch; a small one gives many updates that zigzag.',
    },
    {
      kind: 'drawing',
      drawing: 'pieces',
      says: 'A batch of 256 does not fit below the memory line; cut into four pieces of 64, each of which fits, it leads to one update.',
    },
    {
      kind: 'text',
      text: 'Elsewhere the memory decides: what does not fit cannot be done. Here a batch that does not fit is cut into pieces (micro-batches). They are worked one after another, what they say is added up, and the model changes once. The result is the same but for rounding; it takes a little longer.',
    },
    {
      kind: 'steps',
      steps: [
        'Begin with what stands on [Plan](#plan), or with 32 for a few hundred pictures and 128 for many thousands.',
        'Move the slider of the batch size and read the sentence beside it: what it needs, and into how many pieces it will be cut.',
        'Set the memory budget to what you can spare. Training itself never takes more.',
        'Press **Check it** to see for yourself that whole and in pieces give the same, on a few of your own pictures.',
        'Look at **Batch sizes** for the others side by side: time, memory, and updates in an epoch.',
        'If you change the batch size much, change the learning rate, too. Plan offers one to press, and says by which rule.',
      ],
    },
    { kind: 'heading', text: 'If the result is not the same' },
    {
      kind: 'text',
      text: 'Models with batch normalization look at the pictures of a piece together. Plan then says that the result is not identical, and offers Exact: by the whole batch, or another remedy.',
    },
    {
      kind: 'text',
      text: 'Larger is not always better: with fewer than some hundred updates in the whole run a model has hardly begun. Take a smaller batch or more epochs.',
    },
  ],
};
