import { Command } from 'commander';
import { evaluateCommand } from './forest-evaluate.ts';
import type { ModelBench } from './model-bench.ts';

/** `forest evaluate`. */
export function forestCommand(models: ModelBench): Command {
  return new Command('forest')
    .description('challenge, export, import and show forests')
    .addCommand(evaluateCommand(models));
}
