// How much of a picture each class has, in words.
import type { Prediction } from '#shared/prediction';
import { percent } from './numbers';

export const shares = ({ classes }: Pick<Prediction, 'classes'>): string =>
  classes
    .filter(({ probability }) => probability > 0)
    .map(({ label, probability }) => `${label} ${percent(probability)}`)
    .join(', ');
