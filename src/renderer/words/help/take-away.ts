// Guide: how a trained model leaves Overbatch.
import type { Guide } from './guide';

export const TAKE_AWAY: Guide = {
  title: 'Taking the model away',
  lead: 'Give a trained model to others, or use it in a program of your own.',
  blocks: [
    {
      kind: 'text',
      text: 'A trained model is a file of numbers with the way to use them. It holds none of your pictures. Only the project for a cluster takes them along, because it trains there; it says so.',
    },
    {
      kind: 'steps',
      steps: [
        'Open [Model](#model) and choose the run at the right, if there are several.',
        'Look under **How good is it** what it can do, and tell whoever gets it. A model that is right 90 times of 100 is wrong 10 times.',
        'Press **Take it away**, and **Save…** at what you need.',
        'Choose a place. The model is written and then run as it lies there: its answers are held against those of the run, and you are told how nearly they agree.',
        'Press **Show in folder** to find it.',
      ],
    },
    { kind: 'heading', text: 'Which one?' },
    {
      kind: 'text',
      text: 'For people: **One web page**. They open it in a browser, without a network and without installing anything, and give it a picture.',
    },
    {
      kind: 'text',
      text: 'For programs: **ONNX model** for nearly any language, **Keras model** for Python with TensorFlow, **TensorFlow.js model** for a website.',
    },
    {
      kind: 'text',
      text: 'For more training elsewhere: **PyTorch project for a cluster**, the whole run as Python code with its data.',
    },
    { kind: 'heading', text: 'The run itself' },
    {
      kind: 'text',
      text: 'To take a run with its curves, settings and model to Overbatch on another computer, open it in [History](#history) and press **Export…**; there, press **Import runs…**. Every part is proven before it is taken in. What a run promises and came to stands on its **Receipt**, which can be saved as a page.',
    },
  ],
};
