// Builds the bench's programs the way the app's are built: the driver, our contestant, and the app that carries it.
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/bench',
      target: 'node18',
      rollupOptions: {
        input: {
          driver: 'bench/driver.ts',
          worker: 'bench/worker.ts',
          'electron-app': 'bench/electron-app.ts',
          mbp: 'bench/mbp/main.ts',
          exact: 'bench/exact-batch-norm.ts',
          input: 'bench/input.ts',
          import: 'bench/import/main.ts',
          'sample-worker': 'src/trainer/input/sample-worker.ts',
          savers: 'bench/savers.ts',
          defaults: 'bench/defaults.ts',
          forecast: 'bench/forecast.ts',
          'epoch-time': 'bench/epoch-time.ts',
          'step-times': 'bench/step-times.ts',
          'step-fit': 'bench/step-fit.ts',
          start: 'bench/start/main.ts',
        },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
});
