// Guide: what is wrong with pictures, how it is found, and what to do with them.
import type { Guide } from './guide';

export const BAD_PICTURES: Guide = {
  title: 'Bad pictures',
  lead: 'A model is as good as its examples: how to find the bad ones, and what to do with them.',
  blocks: [
    { kind: 'heading', text: 'Before they are imported' },
    {
      kind: 'steps',
      steps: [
        'On [Data](#data) press **Choose folder…**. Overbatch opens every file once and lists by name what it finds.',
        'Files that cannot be read, or are empty, are left out in any case. The list says why; the number is told, never hidden.',
        'Doubtful ones are your choice: the same picture twice, pictures that nearly match, and copies that lie in both parts of a split. Tick **Leave out** beside one, or press **Leave out all** for a whole group.',
        'Look at the classes: a folder that is no class can be unticked, and two classes with the same name become one.',
        'Press **Save report…** to keep the list, for example for whoever took the pictures.',
      ],
    },
    {
      kind: 'text',
      text: 'Copies matter more than they seem: a picture that the model learns from and is also measured by makes it look better than it is.',
    },
    { kind: 'heading', text: 'Afterwards' },
    {
      kind: 'steps',
      steps: [
        'On [Data](#data) press **Open** beside the data set to see its pictures, class by class.',
        'Choose the wrong ones: a press picks one, Ctrl or Shift picks more, Enter shows one large.',
        'Give them their right class, or leave them out. Nothing is changed before you save: then it is a new version, and the old one stays for runs that used it.',
        'After training, [Model](#model) lists under **How good is it** the pictures it is most wrong about. Often it is the label that is wrong.',
      ],
    },
    { kind: 'heading', text: 'Few pictures of one class' },
    {
      kind: 'text',
      text: 'If one class has many times more pictures than another, the model may ignore the rare one. Bring more of it, or set Class weights to Rare classes weigh more, under **More settings** on [Plan](#plan).',
    },
  ],
};
