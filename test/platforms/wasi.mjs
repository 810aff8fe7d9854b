/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

// usage: node --no-warnings wasi.mjs PROGRAM [ARGUMENT]...
// Runs a program under WASI. It sees the files of this folder.

import { readFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { WASI } from 'node:wasi';

const args = argv.slice(2);
const wasi = new WASI({ version: 'preview1', args, preopens: { '.': '.' },
	returnOnExit: true });
const program = await WebAssembly.compile(await readFile(args[0]));
const imports = { wasi_snapshot_preview1: wasi.wasiImport };
process.exitCode = wasi.start(await WebAssembly.instantiate(program, imports));
