// The very beginning: the command line speaks English, whatever the app that started it or a person's surroundings say, and so do the programs it starts.
delete process.env.OVERBATCH_LANGUAGE;

void import('./index');

export {};
