// Every setting with its sentence, as the fields themselves say it: gathered for Help, written nowhere twice.
import { DATA_SORTS } from '#shared/data-sort';
import { MODEL_CARDS } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';
import { BATCH_NORM_MODES, OPTIMIZER_NAMES } from '#shared/run-spec';
import {
  BATCH_NORM_HELP,
  BATCH_NORM_LABELS,
  OPTIMIZER_HELP,
  OPTIMIZER_LABELS,
  startHelp,
  startLabel,
  TRAINED_HELP,
  TRAINED_LABELS,
} from '../choices';
import { COLOUR_FIELDS, KEEP_GROUPS, TABLE_FIELDS } from '../data-fields';
import { AUGMENT_CHOICES, MORE_GROUPS, SAVER_CHOICES } from '../more-fields';
import type { MoreControl } from '../more-control';
import {
  batchHelp,
  ENGINE_HELP,
  epochsHelp,
  LEARNING_RATE_HELP,
  MEMORY_FREE_HELP,
  MEMORY_LIMIT_HELP,
  OLDER_VERSION_HELP,
  PIECES_AUTO_HELP,
  piecesFixedHelp,
  PLAN_LABELS,
  SEED_HELP,
  validationHelp,
} from '../plan-fields';
import { PREFERENCE_WORDS } from '../preference-words';
import { TASK_WORDS } from '../table-words';

export interface SettingHelp {
  /** In the address of its place. */
  id: string;
  label: string;
  help: string;
  /** What holds where it is left alone. */
  left?: string;
  choices?: readonly { label: string; help?: string }[];
}

export interface SettingGroup {
  title: string;
  settings: readonly SettingHelp[];
}

const SORT = 'pictures';
const models = [...new Set(DATA_SORTS.flatMap((sort) => modelsFor(sort)))];

const USUAL: SettingGroup[] = [
  {
    title: 'Plan: data and model',
    settings: [
      { id: 'version', label: PLAN_LABELS.version, help: OLDER_VERSION_HELP },
      {
        id: 'model',
        label: PLAN_LABELS.model,
        help: 'What learns. Only those that suit the data are offered.',
        choices: models.map((name) => ({ label: MODEL_CARDS[name].label, help: MODEL_CARDS[name].about })),
      },
      {
        id: 'start',
        label: PLAN_LABELS.start,
        help: 'What the model knows before it begins.',
        choices: (['scratch', 'imagenet'] as const).map((start) => ({ label: startLabel(start), help: startHelp(start) })),
      },
      {
        id: 'trains',
        label: PLAN_LABELS.trains,
        help: 'How much of a model that knows something goes on learning.',
        choices: (['head', 'last-stages', 'everything'] as const).map((part) => ({
          label: TRAINED_LABELS[part],
          help: TRAINED_HELP[part],
        })),
      },
    ],
  },
  {
    title: 'Plan: batch and memory',
    settings: [
      { id: 'batch', label: PLAN_LABELS.batch, help: batchHelp(SORT) },
      { id: 'memory', label: PLAN_LABELS.memory, help: `${MEMORY_FREE_HELP} ${MEMORY_LIMIT_HELP}` },
      { id: 'pieces', label: PLAN_LABELS.pieces, help: `${PIECES_AUTO_HELP} ${piecesFixedHelp(SORT)}` },
      {
        id: 'batchNorm',
        label: PLAN_LABELS.batchNorm,
        help: 'What models with batch normalization go by.',
        choices: BATCH_NORM_MODES.map((mode) => ({ label: BATCH_NORM_LABELS[mode], help: BATCH_NORM_HELP[mode] })),
      },
    ],
  },
  {
    title: 'Plan: learning',
    settings: [
      { id: 'epochs', label: PLAN_LABELS.epochs, help: epochsHelp(SORT) },
      { id: 'learningRate', label: PLAN_LABELS.learningRate, help: LEARNING_RATE_HELP },
      {
        id: 'optimizer',
        label: PLAN_LABELS.optimizer,
        help: 'The rule by which an update follows from what a batch says.',
        choices: OPTIMIZER_NAMES.map((name) => ({ label: OPTIMIZER_LABELS[name], help: OPTIMIZER_HELP[name] })),
      },
      { id: 'engine', label: PLAN_LABELS.engine, help: ENGINE_HELP },
      { id: 'validation', label: PLAN_LABELS.validation, help: validationHelp(SORT) },
      { id: 'seed', label: PLAN_LABELS.seed, help: SEED_HELP },
    ],
  },
];

const MORE: SettingGroup[] = MORE_GROUPS.map(({ title, controls }) => ({
  title: `Plan, more settings: ${title}`,
  settings: controls.map(ofControl),
}));

function ofControl(control: MoreControl): SettingHelp {
  const { field, label, help, of } = control;
  // Of some there is one for each kind of data.
  const id = of && field === 'loss' ? `${field}-${of[0]}` : field;
  switch (control.kind) {
    case 'number':
      return { id, label, help, left: control.left };
    case 'choice':
      return { id, label, help, left: control.left, choices: control.options.map((option) => ({ label: option.label })) };
    case 'savers':
      return { id, label, help, choices: Object.values(SAVER_CHOICES).map((name) => ({ label: name })) };
    case 'augment':
      return { id, label, help, choices: Object.values(AUGMENT_CHOICES).map((choice) => ({ label: choice.label })) };
  }
}

const DATA: SettingGroup[] = [
  {
    title: 'Data: importing pictures',
    settings: [
      { id: 'grey', ...COLOUR_FIELDS.grey },
      { id: 'colour', ...COLOUR_FIELDS.colour },
      { id: 'groups', ...KEEP_GROUPS },
    ],
  },
  {
    title: 'Data: importing a table',
    settings: [
      {
        id: 'target',
        ...TABLE_FIELDS.target,
        choices: Object.values(TASK_WORDS).map(({ label, help }) => ({ label, help })),
      },
      { id: 'separator', ...TABLE_FIELDS.separator },
      { id: 'decimal', ...TABLE_FIELDS.decimal },
      { id: 'encoding', ...TABLE_FIELDS.encoding },
      { id: 'header', ...TABLE_FIELDS.header },
    ],
  },
];

const APP: SettingGroup = {
  title: 'Settings: all of Overbatch',
  // One may be called as a setting of the plan is.
  settings: Object.entries(PREFERENCE_WORDS).map(([name, words]) => ({ id: `app-${name}`, ...words })),
};

export const SETTING_GROUPS: readonly SettingGroup[] = [...USUAL, ...MORE, ...DATA, APP];
