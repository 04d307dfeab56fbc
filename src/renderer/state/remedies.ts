// What helps, as presses: where the result would not be the same, and where not even one sample fits.
import { formatBytes } from '#shared/bytes';
import { isTable, samplesNoun, type DataSort } from '#shared/data-sort';
import type { Saving } from '#shared/forecast';
import { MODEL_CARDS } from '#shared/model-cards';
import { hasBatchNorm } from '#shared/model-settings';
import { batchNormOf, type SaverName } from '#shared/run-spec';
import { isPretrained } from '#shared/start-settings';
import { startOf, type Draft } from './draft';
import { possible, type Offer } from './draft-change';
import { slowerWords } from '../words/forecast-words';

/** What makes the pieces give the result of the whole batch. */
export function sameResultOffers(draft: Draft): Offer[] {
  return possible(draft, [...batchNormOffers(draft), ...precisionOffers(draft)]);
}

function batchNormOffers(draft: Draft): Offer[] {
  const start = startOf(draft);
  const mode = draft.batchNorm === 'usual' ? batchNormOf(start) : draft.batchNorm;
  if (mode !== 'per-micro-batch' || !hasBatchNorm({ ...draft.more, model: draft.model })) return [];
  const freeze: Offer = {
    label: 'Freeze batch normalization',
    help: 'Goes by what the start learnt, which takes no more time.',
    done: 'Batch normalization is frozen.',
    change: { values: { batchNorm: 'frozen' } },
  };
  return [
    // Without a trained start there are no statistics worth keeping.
    ...(isPretrained(start) ? [freeze] : []),
    {
      label: 'Exact batch normalization',
      help: 'Looks at the whole batch, as without pieces: more time, and some more memory.',
      done: 'Batch normalization is exact.',
      // Stages keep no more than one at a time: savers have no place in them.
      change: { values: { batchNorm: 'exact' }, more: { savers: undefined } },
    },
    {
      label: 'Normalize by groups',
      help: 'Looks at each picture alone: a slightly different model, with no more time.',
      done: 'The model normalizes by groups of channels.',
      change: { more: { normalization: 'group' } },
    },
  ];
}

function precisionOffers({ more: { savers = [], precision } }: Draft): Offer[] {
  const exactSavers = savers.filter((name) => name !== 'int8-activations');
  return [
    ...(exactSavers.length < savers.length
      ? [
          {
            label: 'Keep all digits',
            help: 'Leaves out the memory saver that keeps 8 bits: more memory.',
            done: 'Nothing is kept in 8 bits any more.',
            change: { more: { savers: exactSavers.length > 0 ? exactSavers : undefined } },
          },
        ]
      : []),
    ...(precision !== undefined && precision !== 'float32'
      ? [
          {
            label: 'Leave fast mode off',
            help: 'Computes with all digits: more time.',
            done: 'Fast mode is off.',
            change: { more: { precision: undefined } },
          },
        ]
      : []),
  ];
}

interface Room {
  sort: DataSort;
  neededBytes: number;
  budgetBytes: number;
  /** What savers would make of it, as far as that was looked at. */
  savings?: readonly Saving[];
  freeBytes?: number;
  /** Of the pictures a run would see. */
  side?: number;
}

/** A little above what was counted, which is no more than a forecast. */
const MARGIN = 1.15;

/** What lets the smallest piece fit. */
export function fittingOffers(draft: Draft, { sort, neededBytes, budgetBytes, savings, freeBytes = 0, side }: Room): Offer[] {
  const enough = Number((MARGIN * neededBytes).toPrecision(2));
  return possible(draft, [
    ...(draft.pieces === 'fixed'
      ? [
          {
            label: 'Choose the pieces automatically',
            help: `As many ${samplesNoun(sort)} at once as fit.`,
            done: 'The pieces are chosen automatically.',
            change: { values: { pieces: 'auto' as const } },
          },
        ]
      : []),
    ...(draft.memory === 'limit' && enough < freeBytes
      ? [
          {
            label: `Allow ${formatBytes(enough)}`,
            help: `${formatBytes(freeBytes)} are free now.`,
            done: `Training may use ${formatBytes(enough)}.`,
            change: { values: { budget: formatBytes(enough) } },
          },
        ]
      : []),
    ...saverOffers(draft, budgetBytes, savings),
    ...(isTable(sort) ? [] : smallerPictures(draft, side)),
  ]);
}

const SAVERS: Partial<Record<SaverName, Pick<Offer, 'label' | 'help' | 'done'>>> = {
  recompute: {
    label: 'Compute part of it again',
    help: 'Keeps few results on the way and computes the others a second time. The result stays the same.',
    done: 'What is not kept is computed again.',
  },
  'light-layers': {
    label: 'Compute quick layers again',
    help: 'Keeps what is slow to compute; the rest is computed a second time. The result stays the same.',
    done: 'Quick layers are computed again.',
  },
};

/** Once it is known what they save, only those that save something, each with what it leaves and costs. */
function saverOffers({ batchNorm, more: { savers = [] } }: Draft, budgetBytes: number, savings?: readonly Saving[]): Offer[] {
  if (batchNorm === 'exact') return [];
  return (Object.entries(SAVERS) as [SaverName, Pick<Offer, 'label' | 'help' | 'done'>][]).flatMap(([name, words]) => {
    const saving = savings?.find(({ saver }) => saver === name);
    if (savers.includes(name) || (savings && !saving)) return [];
    const label = saving ? `${words.label}: ${formatBytes(saving.neededBytes)}, ${slowerWords(saving.times)}` : words.label;
    const help = saving && saving.neededBytes > budgetBytes ? `Not enough alone. ${words.help}` : words.help;
    return [{ ...words, label, help, change: { more: { savers: [...savers, name] } } }];
  });
}

function smallerPictures({ model }: Draft, side: number | undefined): Offer[] {
  const half = Math.floor((side ?? 0) / 2);
  if (half < (MODEL_CARDS[model].smallestSide ?? 8)) return [];
  return [
    {
      label: `Pictures of ${half} pixels`,
      help: 'Half as wide and high: a quarter of the pixels, and less to see.',
      done: `Pictures are brought to ${half} pixels.`,
      change: { more: { inputSize: half } },
    },
  ];
}
