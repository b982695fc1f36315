// Runs programs on CPython 3.14, which is Pyodide here: reads the path of a program from each line of standard
// input, and answers with one line of JSON: {"path", "status", "stdout", "stderr"}.
//
//     node serve.mjs FOLDER_OF_PYODIDE LIMIT_IN_SECONDS
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [folder, limit] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')));
const python = await loadPyodide();

const module = fileURLToPath(new URL('virtual_time.py', import.meta.url));
python.FS.writeFile('/home/pyodide/virtual_time.py', readFileSync(module));
const run = python.pyimport('virtual_time').run;

for await (const path of createInterface({ input: process.stdin })) {
  process.stdout.write(run(readFileSync(path, 'utf8'), path, Number(limit)) + '\n');
}
