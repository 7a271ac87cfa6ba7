import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_MEMORY_BYTES } from '../app/learning/training/training-memory.ts';

/** `--memory-mb`: what a training may take; one that needs more is refused before it begins. */
export function memoryOption(): Option {
  return new Option('--memory-mb <count>', 'refuses a training that would need more memory')
    .default(DEFAULT_MEMORY_BYTES / 1_000_000)
    .argParser((text) => {
      if (/^[1-9]\d{0,7}$/.test(text)) return Number(text);
      throw new InvalidArgumentError('write a whole number of megabytes');
    });
}
