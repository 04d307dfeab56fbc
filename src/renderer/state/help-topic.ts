// Which part of Help is shown: the one that is asked for, or what belongs to the page that was left for it.
import { TOPICS, type Topic } from '../words/help/topics';
import { COMPARE, type Route } from './route.svelte';

type Place = Pick<Route, 'page' | 'id' | 'tab' | 'help'>;

export const topicOf = (place: Place): Topic => TOPICS.find((topic) => topic === place.help?.topic) ?? topicOfPage(place);

export function topicOfPage({ page, id, tab }: Place): Topic {
  switch (page) {
    case 'data':
      return id === undefined ? 'first-model' : 'bad-pictures';
    case 'plan':
      return 'batch-size';
    case 'run':
      return 'curves';
    case 'history':
      return id === undefined || id === COMPARE ? 'comparing' : 'curves';
    case 'settings':
      return 'privacy';
    case 'model':
      return tab === 'take' ? 'take-away' : tab === 'try' ? 'first-model' : 'words';
  }
}
