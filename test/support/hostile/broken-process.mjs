// A control for the host of hostile input: says what it is told to say, hangs or dies.
process.on('message', ({ bytes }) => {
  const order = Buffer.from(bytes).toString();
  if (order === 'hang') for (;;);
  if (order === 'die') process.kill(process.pid, 'SIGABRT');
  const outcome = order === 'fault' ? { kind: 'fault', message: 'a bug' } : { kind: 'refused', file: order, message: 'It is no picture.' };
  process.send({ outcome, peakBytes: 0 });
});
process.on('disconnect', () => process.exit());
