// The smallest app that forks our contestant as a utility process and passes lines between it and the bench.
import { app, utilityProcess } from 'electron';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

app.disableHardwareAcceleration();
app.setPath('userData', join(process.cwd(), 'electron'));

void app.whenReady().then(() => {
  const worker = utilityProcess.fork(join(__dirname, 'worker.js'), [], { stdio: 'inherit' });
  worker.on('message', (line: string) => process.stdout.write(`${line}\n`));
  worker.on('exit', (code) => app.exit(code || 1));
  createInterface({ input: process.stdin })
    .on('line', (line) => worker.postMessage(line))
    .on('close', () => app.exit(0));
});
