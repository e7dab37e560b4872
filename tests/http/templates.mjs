// templates.mjs - databases that the tests on SQLite copy, each for itself, instead of making them anew: one with all tables, and
// one with the demo company. tools/test.mjs makes them for a run and names their folder in TENON_TEST_TEMPLATES.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['tenon.db', 'tenon.db.key'];
const TOLD = 'told.json'; // what the command said of the demo company
export const DEMO = ['--business', 'solar', '--size', '1'];

export function makeTemplates(dir, program) {
    const tenon = (name, ...args) => execFileSync(program, [...args, '--json', '--database',
        `sqlite:${join(dir, name, FILES[0])}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const name of ['migrated', 'demo']) {
        mkdirSync(join(dir, name), { recursive: true });
        tenon(name, 'migrate');
    }
    writeFileSync(join(dir, 'demo', TOLD), tenon('demo', 'demo', ...DEMO));
    process.env.TENON_TEST_TEMPLATES = dir;
}

// Whether there are any for the program that is tested.
export const haveTemplates = () => process.env.TENON_TEST_TEMPLATES !== undefined && process.env.TENON_PROGRAM === undefined;

export function copyTemplate(name, to) {
    for (const file of FILES) copyFileSync(join(process.env.TENON_TEST_TEMPLATES, name, file), join(to, file));
}

export const toldOfDemo = () => JSON.parse(readFileSync(join(process.env.TENON_TEST_TEMPLATES, 'demo', TOLD), 'utf8'));
