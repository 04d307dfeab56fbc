// The words of the Plan page, each in one sentence, for somebody who meets them for the first time.
import { isTable, samplesNoun, type DataSort } from '#shared/data-sort';

/** No model for tables has it. */
const BATCH_NORMALIZATION: [term: string, meaning: string][] = [
  [
    'Batch normalization',
    'A part of many models: it brings numbers to a common scale by what is usual among the pictures it sees together. So it matters which those are: a piece, or the whole batch.',
  ],
  [
    'Exact normalization',
    'It goes by the whole batch in pieces, too: each part of the model works all of them before the next part begins. What passes between parts waits in memory, or is computed again.',
  ],
];

export function glossary(sort: DataSort): [term: string, meaning: string][] {
  const noun = samplesNoun(sort);
  return [
    ['Batch', `How many ${noun} the model looks at before it changes once.`],
    ['Update', 'One change of the model, made from what a whole batch says.'],
    ['Piece', `A part of a batch (a micro-batch): its ${noun} are in memory together, and the model changes only after the last piece.`],
    ['Epoch', `Once through all ${noun} to learn from.`],
    ['Loss', 'How wrong the answers are, as one number. Training makes it smaller.'],
    ['Validation', `Some ${noun} are held out: the model never learns from them, so they tell how well it does with new ones.`],
    ['Learning rate', 'How far the model changes with each update.'],
    ['Linear rule', 'The learning rate grows in proportion to the batch (Goyal et al. 2017, arXiv 1706.02677).'],
    [
      'Square-root rule',
      'The learning rate grows with the square root of the batch (Krizhevsky 2014, arXiv 1404.5997; for Adam Malladi et al. 2022, arXiv 2205.10782).',
    ],
    [
      'What you allow',
      'The most memory that training itself may take; it is never passed. The program and its engine need some beside it.',
    ],
    ['Engine', 'The part of the program that computes. Once it is loaded it holds memory of its own, whatever is trained.'],
    ['Peak', 'The most memory in use at any moment of the run.'],
    ['Model', 'The numbers that are learnt (parameters).'],
    ['Gradients', 'For each of those numbers, which way it should move: summed up over the pieces.'],
    ['Optimizer', 'What its rule remembers of earlier updates.'],
    ['Working memory', `What is computed on the way for the ${noun} of a piece (activations): the part that pieces make smaller.`],
    ...(isTable(sort) ? [] : BATCH_NORMALIZATION),
    ['Rounding', 'Computers keep some seven digits, so the order of a sum changes the last one.'],
    ['Same result', 'That of one whole batch, but for rounding.'],
    ['Forecast', 'What a run will need, counted from the shapes of the model and of its data before anything is computed.'],
    ['Measured', 'Tried for real on this computer: a few small pieces are worked, and what they took is noted.'],
    ['Fit', 'The straight line through what was measured: it tells the memory of pieces of other sizes.'],
    ['Chosen', 'The size of the pieces of the run: the largest that stays within what you allow, all pieces as equal as can be.'],
    [
      'Warm-up',
      'The learning rate begins small and grows to its full size over the first epochs, so that a large batch does not go astray.',
    ],
    ['Check it', `Tries a few of your ${noun} whole and in pieces, and compares what they ask of the model.`],
  ];
}
