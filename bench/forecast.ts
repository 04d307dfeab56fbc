// Forecasts beside what is counted, as a table; with `answers`, how long they take. npm run bench -- forecast [ENGINE] [answers]
import { ENGINE_NAMES, type EngineName } from '#shared/engine';
import { loadEngine } from '#trainer/backend';
import { CASES, caseName, readCase } from './forecast-cases';
import { timeAnswers } from './forecast-answers';
import { machineSentence } from './machine';
import { spread } from './statistics';

const percent = (said: number, counted: number): number => 100 * Math.abs(said / counted - 1);

async function main([engine = 'tensorflow-cpu', what]: string[]): Promise<void> {
  if (!ENGINE_NAMES.includes(engine as EngineName)) throw new Error(`The engine must be one of: ${ENGINE_NAMES.join(', ')}.`);
  const runtime = await loadEngine(engine as EngineName);
  console.log(`\n## Memory forecast, ${new Date().toISOString().slice(0, 10)}: ${machineSentence()}, ${engine}\n`);
  if (what === 'answers') return timeAnswers(runtime);
  console.log('| model, input, N_μ | counted, MiB | from shapes ÷ counted | line ÷ counted | forecast, ms |\n|---|---|---|---|---|');
  const [shapes, lines]: [number[], number[]] = [[], []];
  for (const asked of CASES) {
    const { micro, forecastBytes, forecastMilliseconds, countedBytes, fittedBytes } = await readCase(runtime, asked);
    shapes.push(percent(forecastBytes, countedBytes));
    lines.push(percent(fittedBytes, countedBytes));
    const ratios = [forecastBytes, fittedBytes].map((bytes) => (bytes / countedBytes).toFixed(3));
    console.log(
      `| ${caseName(asked, micro)} | ${(countedBytes / 2 ** 20).toFixed(1)} | ${ratios.join(' | ')} | ${forecastMilliseconds.toFixed(0)} |`,
    );
  }
  const said = (errors: number[]): string => `median ${spread(errors).median.toFixed(1)} %, worst ${Math.max(...errors).toFixed(1)} %`;
  console.log(`\nFrom shapes: ${said(shapes)} off. By the planner's line: ${said(lines)} off.`);
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
