// The very beginning: the language is chosen before any other module of the app says something, for the programs it starts, too.
import { app } from 'electron';
import { userFolder } from '#store/user-folder';
import { hearSystem, savedLanguage, speak } from './chosen-language';

hearSystem(app.getPreferredSystemLanguages());
speak(savedLanguage(userFolder()));

void import('./index');
