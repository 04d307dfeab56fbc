// What a person sets once for the whole app, its defaults, and what of a kept file is still understood.
import * as v from 'valibot';
import { EngineChoiceSchema, type EngineChoice } from './engine';
import { LANGUAGES } from './languages';

export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

/** `system`: the first of the system's languages that Overbatch speaks. */
export const LANGUAGE_CHOICES = ['system', ...LANGUAGES] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/** The window while a run trains. `tray`: the run goes on without it; `quit`: it is paused and Overbatch ends. */
export const CLOSINGS = ['ask', 'tray', 'quit'] as const;
export type ClosingChoice = (typeof CLOSINGS)[number];

export interface Preferences {
  /** High contrast is always the system's. */
  appearance: Appearance;
  language: LanguageChoice;
  /** Of free memory, for other programs, where a plan says nothing else; null: training may use three quarters of what is free. */
  leaveRoomBytes: number | null;
  /** Of a plan that chooses none. */
  engine: EngineChoice;
  /** A run has ended by itself. */
  notifyEnd: boolean;
  /** Nothing goes on until a person does something: the next run could not be started. */
  notifyNeeded: boolean;
  /** The computer does not sleep while a run trains. */
  keepAwake: boolean;
  closing: ClosingChoice;
  /** The first steps were seen, or skipped: no setting, and not shown as one. */
  welcomed: boolean;
}

export type PreferenceName = keyof Preferences;
/** What stands on the Settings page. */
export type SettingName = Exclude<PreferenceName, 'welcomed'>;

export const DEFAULT_PREFERENCES: Preferences = {
  appearance: 'system',
  language: 'system',
  leaveRoomBytes: null,
  engine: 'auto',
  notifyEnd: true,
  notifyNeeded: true,
  keepAwake: true,
  closing: 'ask',
  welcomed: false,
};

export const PREFERENCE_NAMES = Object.keys(DEFAULT_PREFERENCES) as PreferenceName[];

/** No computer has more: a slip of the keyboard. */
const MOST_LEFT_BYTES = 2 ** 50;

const ENTRIES = {
  appearance: v.picklist(APPEARANCES),
  language: v.picklist(LANGUAGE_CHOICES),
  leaveRoomBytes: v.nullable(
    v.pipe(
      v.number('Write a size with its unit, such as 2 GB.'),
      v.safeInteger('Write a size with its unit, such as 2 GB.'),
      v.minValue(1, 'Write a size with its unit, such as 2 GB.'),
      v.maxValue(MOST_LEFT_BYTES, 'That is more memory than a computer has. Write a size such as 2 GB.'),
    ),
  ),
  engine: EngineChoiceSchema,
  notifyEnd: v.boolean(),
  notifyNeeded: v.boolean(),
  keepAwake: v.boolean(),
  closing: v.picklist(CLOSINGS),
  welcomed: v.boolean(),
} satisfies { [K in PreferenceName]: v.GenericSchema<unknown, Preferences[K]> };

/** What the window may ask to be changed: as many as wanted, at least one. */
export const PreferencesChangeSchema = v.pipe(
  v.partial(v.strictObject(ENTRIES)),
  v.check((change) => Object.keys(change).length > 0, 'Nothing was to be changed.'),
);
export type PreferencesChange = Partial<Preferences>;

/** Of a kept file: what is missing, or was written by an Overbatch that knows other values, is the default. */
export function readPreferences(kept: object): Preferences {
  const given = new Map<string, unknown>(Object.entries(kept));
  const one = <K extends PreferenceName>(name: K): Preferences[K] => {
    const result = v.safeParse(ENTRIES[name], given.get(name));
    return result.success ? (result.output as Preferences[K]) : DEFAULT_PREFERENCES[name];
  };
  return Object.fromEntries(PREFERENCE_NAMES.map((name) => [name, one(name)])) as unknown as Preferences;
}
