// The very beginning: the language is chosen before any other module of the app says something, for the programs it starts, too.
import { app } from 'electron';
import { userFolder } from '#store/user-folder';
import { hearSystem, savedLanguage, speak } from './chosen-language';

hearSystem(app.getPreferredSystemLanguages());
const language = speak(savedLanguage(userFolder()));
// Chromium's own fields, such as those of a date, are written as ours are (shared/language.ts).
app.commandLine.appendSwitch('lang', language === 'en' ? 'en-GB' : language);

void import('./index');
