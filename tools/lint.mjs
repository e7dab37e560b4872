// lint.mjs - checks the rules of the house over the whole tree: make lint.
//
// Prints one line a rule, what breaks it below, and "N passed, N failed" at the end; the status is 0 where nothing failed.
// Exceptions that a comment allows ("lint: no tenant: reason") are listed with --notes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { project, rules } from './lint/rules.mjs';
import { check as strings_check } from './strings.mjs';

const TEXT = /\.(c|h|mjs|js|css|html|md|sql|sh|json|ya?ml)$|^(script|\.ci)\/|^Makefile$/;
const SKIP = /^(tests\/data|tests\/fuzz\/corpus|web\/vendor)\/|package-lock\.json$/;

function walk(dir) {
    return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
        if (/^(\.git|build|node_modules|var)$/.test(e.name)) return [];
        const path = dir === '.' ? e.name : join(dir, e.name);
        return e.isDirectory() ? walk(path) : [path];
    });
}

const paths = walk('.').filter((path) => TEXT.test(path) && !SKIP.test(path)).sort();
const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const tree = project(files);
let passed = 0;
let failed = 0;
const report = (name, faults) => {
    console.log(`${faults.length ? 'FAILED' : 'ok    '} ${name}`);
    for (const fault of faults) console.log(`    ${fault}`);
    if (faults.length) failed++; else passed++;
};
for (const rule of rules) report(rule.name, rule.check(tree));
if (existsSync('tools/contrast.mjs')) {
    const run = spawnSync(process.execPath, ['tools/contrast.mjs'], { encoding: 'utf8' });
    report('colours have enough contrast', run.status === 0 ? [] : (run.stdout + run.stderr).trim().split('\n'));
}
report('every sentence is translated, and none that nobody says', strings_check());
if (process.argv.includes('--notes')) for (const note of tree.notes) console.log(`note   ${note}`);
else if (tree.notes.length) console.log(`${tree.notes.length} exceptions by comment; --notes lists them`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
