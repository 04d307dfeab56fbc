// The very beginning: the language is chosen before any other module of the app says something, for the programs it starts, too.
import { languageOf } from '#shared/languages';

process.env.OVERBATCH_LANGUAGE ??= languageOf(Intl.DateTimeFormat().resolvedOptions().locale);

void import('./index');
