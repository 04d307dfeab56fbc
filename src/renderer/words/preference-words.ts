// Each setting of the whole app: its name, its sentence, and what can be chosen.
import type { Appearance, ClosingChoice, LanguageChoice, SettingName } from '#shared/preferences';

export const PREFERENCE_WORDS: Record<SettingName, { label: string; help: string }> = {
  appearance: { label: 'Appearance', help: 'Light or dark. High contrast and reduced motion always follow the system.' },
  language: {
    label: 'Language',
    help: 'The page changes at once, and a run that trains goes on. Menus and dialogs follow when Overbatch is next started.',
  },
  leaveRoomBytes: {
    label: 'Memory left for other programs',
    help: 'New plans allow training what is free, less this. Left empty, training may use three quarters of what is free when it starts.',
  },
  engine: {
    label: 'Engine for new plans',
    help: 'Automatic takes the fastest that works here. All give the same results; they differ in speed.',
  },
  notifyEnd: {
    label: 'When a run has ended',
    help: 'A notification with its result, while you look at something else. A click on it opens the run.',
  },
  notifyNeeded: {
    label: 'When you are needed',
    help: 'A notification when nothing goes on until you do something, such as when the next run cannot be started.',
  },
  keepAwake: {
    label: 'Keep the computer awake while a run trains',
    help: 'Off, the computer may go to sleep as usual, and the run goes on when it wakes. The screen may always turn off.',
  },
  closing: { label: 'Closing the window while a run trains', help: 'Paused, a run gives its memory back and can be resumed next time.' },
};

export const APPEARANCE_LABELS: Record<Appearance, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Each language in its own words: who cannot read this one finds it. */
export const LANGUAGE_LABELS: Record<LanguageChoice, string> = { system: 'As the system', en: 'English', de: 'Deutsch' };

export const CLOSING_LABELS: Record<ClosingChoice, string> = {
  ask: 'Ask each time',
  tray: 'Go on without the window',
  quit: 'Pause the run and quit',
};
