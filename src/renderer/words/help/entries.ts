// What a search in Help goes through: each guide, setting, word and shortcut by its title and sentences, and where it stands.
import { SHORTCUT_WORDS } from '../shortcut-words';
import { guideTexts, plainText, GUIDE_NAMES } from './guide';
import { PRIVACY } from './privacy';
import { SETTING_GROUPS } from './setting-help';
import { GUIDES, TOPIC_TITLES, type Topic } from './topics';
import { wordId, WORDS } from './word-help';

export interface HelpEntry {
  topic: Topic;
  /** In the topic; absent: its beginning. */
  place?: string;
  title: string;
  sentences: readonly string[];
  /** What it is, beside its title. */
  kind: string;
}

const guides: HelpEntry[] = GUIDE_NAMES.map((topic) => ({
  topic,
  title: GUIDES[topic].title,
  sentences: guideTexts(GUIDES[topic]).map(plainText),
  kind: 'Guide',
}));

const settings: HelpEntry[] = SETTING_GROUPS.flatMap(({ title, settings }) =>
  settings.map(({ id, label, help, choices = [] }) => ({
    topic: 'settings' as const,
    place: id,
    title: label,
    sentences: [help, ...choices.map((choice) => (choice.help ? `${choice.label}: ${choice.help}` : choice.label))],
    kind: title,
  })),
);

const words: HelpEntry[] = WORDS.map(([term, meaning]) => ({
  topic: 'words',
  place: wordId(term),
  title: term,
  sentences: [meaning],
  kind: 'Word',
}));

const shortcuts: HelpEntry[] = SHORTCUT_WORDS.flatMap(({ title, rows }) =>
  rows.map(({ does }) => ({ topic: 'shortcuts' as const, title: does, sentences: [title], kind: TOPIC_TITLES.shortcuts })),
);

const privacy: HelpEntry = { topic: 'privacy', title: PRIVACY.title, sentences: guideTexts(PRIVACY).map(plainText), kind: 'Look it up' };

export const HELP_ENTRIES: readonly HelpEntry[] = [...guides, ...settings, ...words, ...shortcuts, privacy];
