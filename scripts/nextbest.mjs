#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { launch } from './launch.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
launch([join(root, 'src', 'main', 'nextbest.ts'), ...argv.slice(2)]);
