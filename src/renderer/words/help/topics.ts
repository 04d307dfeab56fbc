// The parts of Help: the guides, and what is looked up.
import { BAD_PICTURES } from './bad-pictures';
import { BATCH_SIZE } from './batch-size';
import { COMPARING } from './comparing';
import { CURVES } from './curves';
import { FIRST_MODEL } from './first-model';
import { GUIDE_NAMES, type Guide, type GuideName } from './guide';
import { PRIVACY } from './privacy';
import { TAKE_AWAY } from './take-away';

export const GUIDES: Record<GuideName, Guide> = {
  'first-model': FIRST_MODEL,
  'bad-pictures': BAD_PICTURES,
  'batch-size': BATCH_SIZE,
  curves: CURVES,
  comparing: COMPARING,
  'take-away': TAKE_AWAY,
};

const LOOKED_UP = ['settings', 'words', 'shortcuts', 'privacy'] as const;
export const TOPICS = [...GUIDE_NAMES, ...LOOKED_UP] as const;
export type Topic = (typeof TOPICS)[number];

export const isGuide = (topic: Topic): topic is GuideName => GUIDE_NAMES.some((name) => name === topic);

export const TOPIC_TITLES: Record<Topic, string> = {
  ...(Object.fromEntries(GUIDE_NAMES.map((name) => [name, GUIDES[name].title])) as Record<GuideName, string>),
  settings: 'Every setting',
  words: 'What the words mean',
  shortcuts: 'Keyboard',
  privacy: PRIVACY.title,
};

export const TOPIC_GROUPS: readonly { title: string; topics: readonly Topic[] }[] = [
  { title: 'Guides', topics: GUIDE_NAMES },
  { title: 'Look it up', topics: LOOKED_UP },
];
