// migration.mjs - writes the next numbered migration: make migration NAME=what_changes.
//
//   node tools/migration.mjs PROGRAM NAME
//
// The program prints what leads from migrations/schema.lock to its entities; this stores it as
// migrations/NNNN_NAME.<database>.sql
// for each database that it knows, and brings the lock up to date. Read the script before you commit it: a column that went or
// changed its type is for a person to decide, and is refused with a message.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';

const DIR = 'migrations';
const LOCK = `${DIR}/schema.lock`;
const DATABASES = ['sqlite', 'postgres'];

function tenon(program, args) {
    const done = spawnSync(program, ['schema', ...args], { encoding: 'utf8', maxBuffer: 64 << 20 });
    return { status: done.status, out: done.stdout ?? '', said: done.stderr ?? String(done.error) };
}

function main([program, name]) {
    if (!program || !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
        console.error('usage: make migration NAME=what_changes (lower-case letters, digits, underscores)');
        return 2;
    }
    mkdirSync(DIR, { recursive: true });
    const numbers = readdirSync(DIR).map((f) => Number(/^(\d{4})_/.exec(f)?.[1] ?? 0));
    const stem = `${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}_${name}`;
    const scripts = [];
    for (const database of DATABASES) {
        const done = tenon(program, ['--sql', database, '--diff', existsSync(LOCK) ? LOCK : '/dev/null']);
        if (done.status === 2) continue; // a database that this program does not know
        if (done.status !== 0) {
            console.error(done.said.trim());
            return 1;
        }
        if (done.out.trim() !== '') scripts.push({ path: `${DIR}/${stem}.${database}.sql`, text: done.out });
    }
    if (scripts.length === 0) {
        console.log('The entities ask for nothing that the migrations do not have.');
        return 0;
    }
    for (const script of scripts) {
        writeFileSync(script.path, `-- ${stem}: written by make migration from the entities.\n${script.text}`);
        console.log(script.path);
    }
    const lock = tenon(program, ['--lock']);
    if (lock.status !== 0) {
        console.error(lock.said.trim());
        return 1;
    }
    writeFileSync(LOCK, lock.out);
    console.log(LOCK);
    return 0;
}

process.exitCode = main(process.argv.slice(2));
