// The very beginning: the language is chosen before any other module of the app says something, for the programs it starts, too.
import { userFolder } from '#store/user-folder';
import { savedLanguage, speak } from './chosen-language';

speak(savedLanguage(userFolder()));

void import('./index');
