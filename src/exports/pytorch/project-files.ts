// The project's programs, which are the same for every run. They lie in project/ as a person would have them.
import licence from '../../../LICENSE?raw';
import augment from './project/augment.py?raw';
import batchNorm from './project/batch_norm.py?raw';
import course from './project/course.py?raw';
import losses from './project/losses.py?raw';
import requirements from './project/requirements.txt?raw';
import samples from './project/samples.py?raw';
import settings from './project/settings.py?raw';
import train from './project/train.py?raw';
import update from './project/update.py?raw';
import whole from './project/whole.py?raw';

/** Their terms. */
export const LICENCE: string = licence;

export const PROGRAMS: Readonly<Record<string, string>> = {
  'train.py': train,
  'settings.py': settings,
  'samples.py': samples,
  'course.py': course,
  'augment.py': augment,
  'losses.py': losses,
  'batch_norm.py': batchNorm,
  'update.py': update,
  'whole.py': whole,
  'requirements.txt': requirements,
};
