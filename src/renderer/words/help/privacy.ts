// Part of Help: what leaves the computer.
import type { Guide } from './guide';

export const PRIVACY: Guide = {
  title: 'What leaves this computer',
  lead: 'Nothing.',
  blocks: [
    {
      kind: 'text',
      text: 'Overbatch has no account, no cloud and no statistics about you. Your pictures, tables, models and runs stay on this computer, and so does this Help: nothing is looked up anywhere.',
    },
    {
      kind: 'text',
      text: 'Whatever asks for a network is refused by the program itself; it is tested on a computer without one.',
    },
    { kind: 'heading', text: 'The one exception' },
    {
      kind: 'text',
      text: '**Install** at the engine fetches TensorFlow, which trains several times faster, when you press it and never by itself. It sends nothing about your data. Without it, everything works with the engine that is here.',
    },
    { kind: 'heading', text: 'Where everything lies' },
    {
      kind: 'text',
      text: 'In one data folder, which [Data](#data) names at its end and shows with **Open folder**. Your originals are only read, never changed. Whatever you save or export goes only where you choose.',
    },
    { kind: 'heading', text: 'When the disk gets full' },
    {
      kind: 'text',
      text: 'Overbatch says so above every page while there is still room, and what takes most. Runs pause and imports stop before the disk is full, and go on when there is room again. Make some in [History](#history), where the weights of runs can be deleted and their history kept, or move the data folder to another disk in [Settings](#settings).',
    },
  ],
};
