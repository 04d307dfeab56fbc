// Guide: what the curves of a run say, and what to do about it.
import type { Guide } from './guide';

export const CURVES: Guide = {
  title: 'Reading the curves',
  lead: 'What the lines on Run say, and what to do then.',
  blocks: [
    {
      kind: 'text',
      text: 'The loss says how wrong the answers are: down is good. Accuracy says how many of a hundred are right: up is good. Training is measured on the pictures it learns from; validation on pictures that were held out. Only validation tells how it will do with new ones.',
    },
    {
      kind: 'drawing',
      drawing: 'curves',
      says: 'The training loss falls all the time; the validation loss falls, reaches its lowest point, and then rises again. The best model is at the lowest point.',
    },
    {
      kind: 'steps',
      steps: [
        'Look at the validation points first. As long as they get better, let it run.',
        'Both fall: it learns. Wait.',
        'Training falls, validation rises: it begins to learn by heart. Press **Finish early**: the best epoch is kept. Next time bring more pictures, or set Varied pictures or Dropout under **More settings** on [Plan](#plan).',
        'Neither falls: the learning rate is too small, or the answer is not in the pictures. Try a learning rate three times as large.',
        'It jumps up and down, or is not a number any more: the learning rate is too large. Press **Discard**, and plan again with a third of it.',
        'Validation is at once much better than expected: look for copies in both parts, as in [Bad pictures](#help/bad-pictures).',
      ],
    },
    { kind: 'heading', text: 'Looking closer' },
    {
      kind: 'text',
      text: '**Smoothing** takes the ups and downs away; what was measured stays faint behind it. **Log scale** stretches the chart where the loss is small. Drag across a chart to see a part of it, or go along it with the arrow keys: the values are read out, and each chart has a table.',
    },
    { kind: 'heading', text: 'When it ends by itself' },
    {
      kind: 'text',
      text: 'Set **Stop early after (epochs)** on Plan, and the run ends when validation has not got better for that long. A run that was too short goes on with **Extend**.',
    },
  ],
};
