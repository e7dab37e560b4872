// test.mjs - builds and runs the tests, several at a time, and counts. Called by script/test.
//
//   node tools/test.mjs [build|lint|unit|http|postgres|browser|crash|fuzz ...]
//
// Part http runs the server on SQLite, part postgres the same tests on a PostgreSQL that is started for this run, some also
// through PgBouncer.
//
// A browser shares the machine with everything else that runs, and its own clocks go on meanwhile. A file of browser tests that
// failed among others therefore runs once more by itself, if no more than three did; what passes then is told as unsteady.
// Nothing else is tried twice: what fails now and then on the server is a fault.
//
// Every job writes its log to build/test/; the logs of jobs that failed are shown. Without arguments everything runs, from a
// clean build. The last line is "N passed, N failed"; the exit status is 0 where nothing failed and something ran.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Cluster, ADMIN } from '../tests/http/postgres.mjs';
import { makeTemplates } from '../tests/http/templates.mjs';

const PARTS = ['build', 'lint', 'unit', 'http', 'postgres', 'browser', 'crash', 'fuzz'];
const LANES = Math.max(2, cpus().length);
const LOGS = 'build/test';
const UNSTEADY_MOST = 3;
const FUZZ_SECONDS = Number(process.env.FUZZ_SECONDS ?? 60);

const entries = (dir) => (existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : []);
const list = (dir, pattern) => entries(dir).filter((e) => pattern.test(e.name)).map((e) => join(dir, e.name)).sort();
const folders = (dir) => entries(dir).filter((e) => e.isDirectory()).map((e) => join(dir, e.name));

// How a log tells its counts: each returns { passed, failed }.
const count = {
    status: (log, status) => ({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }),
    sentence: (log) => {
        const found = /^(\d+) passed, (\d+) failed$/m.exec(log);
        return { passed: Number(found?.[1] ?? 0), failed: Number(found?.[2] ?? 0) };
    },
    cmocka: (log) => ({
        passed: (log.match(/^ok \d+ - /gm) ?? []).length, failed: (log.match(/^not ok \d+ - /gm) ?? []).length,
    }),
    node: (log) => {
        const total = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(log)?.[1] ?? 0);
        return { passed: total('pass'), failed: total('fail') + total('cancelled'), skipped: total('skipped') };
    },
};

const make = (name, args, minutes = 15) => ({ name, command: 'make', args, counter: count.status, minutes });
const unitJob = (path, env) => ({
    name: `unit-${basename(path)}`, command: path, args: [], counter: count.cmocka, minutes: 5,
    env: { CMOCKA_MESSAGE_OUTPUT: 'TAP', ...env },
});
const nodeJob = (part, env) => (path) => ({
    name: `${part}-${basename(path, '.test.mjs')}`, command: process.execPath, args: ['--test', '--test-reporter=tap', path],
    counter: count.node, minutes: 20, env,
});
// Where statements of several tenants meet on one connection of the server.
const POOLED = /\/(concurrency|import|isolation|roles|sales|servers)\.test/;
const fuzzJob = (path) => {
    const target = basename(path, '.c');
    const corpus = `tests/fuzz/corpus/${target.replace(/^fuzz_/, '')}`;
    const found = `build/fuzz/found/${target}/`;
    mkdirSync(found, { recursive: true });
    return {
        name: `fuzz-${target}`, command: `build/fuzz/fuzz/${target}`, counter: count.status, minutes: 2 + FUZZ_SECONDS / 60,
        args: [`-max_total_time=${FUZZ_SECONDS}`, '-timeout=10', '-rss_limit_mb=2048', '-print_final_stats=1',
            `-artifact_prefix=${found}`, `build/fuzz/found/${target}`, ...(existsSync(corpus) ? [corpus] : [])],
    };
};

function run(job) {
    return new Promise((resolve) => {
        const path = join(LOGS, `${job.name}.log`);
        const log = createWriteStream(path);
        const started = Date.now();
        const child = spawn(job.command, job.args, { env: { ...process.env, ...job.env }, stdio: ['ignore', 'pipe', 'pipe'] });
        const timer = setTimeout(() => {
            log.write(`\nstopped: took longer than ${job.minutes} minutes\n`);
            child.kill('SIGKILL');
        }, job.minutes * 60_000);
        child.stdout.pipe(log, { end: false });
        child.stderr.pipe(log, { end: false });
        child.on('error', (error) => log.write(`${error.message}\n`));
        const finish = (status) => {
            clearTimeout(timer);
            log.end(() => {
                const text = readFileSync(path, 'utf8');
                const counts = job.counter(text, status);
                // A job that died, or ended badly without saying which test failed, is a failure of its own.
                if (status !== 0 && counts.failed === 0) counts.failed = 1;
                if (status === 0 && counts.passed + counts.failed + (counts.skipped ?? 0) === 0) counts.failed = 1;
                const seconds = ((Date.now() - started) / 1000).toFixed(1);
                const skipped = counts.skipped ? `, ${counts.skipped} skipped` : '';
                const sum = `${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds} s)`;
                console.log(`${counts.failed ? 'FAILED' : 'ok    '} ${job.name}: ${sum}`);
                if (counts.failed) show(text);
                resolve(counts);
            });
        };
        let ended = false;
        const once = (status) => { if (!ended) { ended = true; finish(status); } };
        child.on('close', (code) => once(code ?? 1));
        child.on('error', () => once(127));
    });
}

// The failing tests of a log with what follows them, and its end.
function show(text) {
    const lines = text.split('\n');
    const shown = new Set();
    lines.forEach((line, i) => {
        if (!/^\s*not ok |\bFAILED\b|error:|ERROR: AddressSanitizer|runtime error:/.test(line)) return;
        for (let k = i - 3; k < i + 25; k++) shown.add(k);
    });
    for (let k = lines.length - 30; k < lines.length; k++) shown.add(k);
    const inside = [...shown].filter((k) => k >= 0 && k < lines.length).sort((a, b) => a - b);
    console.log(inside.slice(0, 400).map((k) => `    ${lines[k]}`).join('\n'));
}

async function runAll(jobs) {
    const all = new Map();
    const queue = [...jobs];
    await Promise.all(Array.from({ length: LANES }, async () => {
        while (queue.length > 0) {
            const job = queue.shift();
            all.set(job, await run(job));
        }
    }));
    const failed = jobs.filter((job) => job.again && all.get(job).failed > 0);
    for (const job of failed.length <= UNSTEADY_MOST ? failed : []) {
        all.set(job, await run({ ...job, name: `${job.name}-again` }));
        if (all.get(job).failed === 0) console.log(`UNSTEADY ${job.name}: failed among others, passed by itself`);
    }
    const sum = (of) => [...all.values()].reduce((total, counts) => total + counts[of], 0);
    return { passed: sum('passed'), failed: sum('failed') };
}

async function main(args) {
    const unknown = args.filter((a) => !PARTS.includes(a));
    if (unknown.length > 0) {
        console.error(`unknown part: ${unknown.join(' ')}; parts are ${PARTS.join(' ')}`);
        return 2;
    }
    const all = args.length === 0;
    const wants = (part) => all || args.includes(part);
    const started = Date.now();
    if (all) spawnSync('make', ['clean'], { stdio: 'inherit' });
    rmSync(LOGS, { recursive: true, force: true });
    mkdirSync(LOGS, { recursive: true });

    const total = { passed: 0, failed: 0 };
    const add = (counts) => { total.passed += counts.passed; total.failed += counts.failed; };
    const fuzzers = list('tests/fuzz', /^fuzz_\w+\.c$/);
    const browser = list('tests/browser', /\.test\.mjs$/);
    const crash = list('tests/crash', /\.test\.mjs$/);
    const j = `-j${LANES}`;

    // Builds first, one after the other, each on all cores.
    if (wants('build') || wants('browser') || wants('crash')) add(await run(make('build-release', [j, 'MODE=release', 'all'])));
    const debug = ['build', 'unit', 'http', 'postgres', 'browser', 'crash'];
    if (debug.some(wants)) add(await run(make('build-debug', [j, 'MODE=debug', 'all'])));
    if (wants('browser')) add(await run(make('build-preview', [j, 'preview'])));
    if (wants('unit')) add(await run(make('build-unit', [j, '-k', 'MODE=debug', 'unit-programs'])));
    if (wants('build') || wants('fuzz')) {
        add(await run(make('build-clang', [j, 'MODE=fuzz', 'CC=clang', 'objects', 'fuzz-programs'])));
    }

    if (total.failed > 0) {
        console.log('The build failed; nothing else was run.');
        console.log(`${total.passed} passed, ${total.failed} failed`);
        return 1;
    }

    if (['http', 'browser', 'crash'].some(wants)) makeTemplates(resolve(LOGS, 'templates'), 'build/debug/tenon');
    const cluster = ['unit', 'postgres'].some(wants) ? await Cluster.start({ bouncer: true }) : null;
    try {
        add(await runAll(testJobs(wants, { browser, crash, cluster })));
    } finally {
        if (cluster) await cluster.stop();
    }
    if (wants('fuzz')) add(await runAll(fuzzers.map(fuzzJob)));

    const minutes = ((Date.now() - started) / 60_000).toFixed(1);
    console.log(`${minutes} minutes; logs in ${LOGS}`);
    console.log(`${total.passed} passed, ${total.failed} failed`);
    return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

function testJobs(wants, { browser, crash, cluster }) {
    const jobs = [];
    const http = list('tests/http', /\.test\.mjs$/);
    if (wants('http')) jobs.push(...http.map(nodeJob('http')));
    if (wants('postgres')) {
        cluster.template();
        const on = (database) => ({ TENON_TEST_DATABASE: database, TENON_TEST_CLUSTER: cluster.told() });
        const own = list('tests/postgres', /\.test\.mjs$/);
        const both = http.filter((path) => !/\/upgrade\.test/.test(path)); // its databases are files that were kept
        jobs.push(...[...both, ...own].map(nodeJob('postgres', on('postgres'))));
        jobs.push(...http.filter((path) => POOLED.test(path)).map(nodeJob('pgbouncer', on('pgbouncer'))));
    }
    if (wants('browser')) {
        const journeys = browser.filter((path) => /\/journeys\.test/.test(path));
        const firefox = journeys.map(nodeJob('firefox', { TENON_TEST_BROWSER: 'firefox' }));
        jobs.push(...[...firefox, ...browser.map(nodeJob('browser'))].map((job) => ({ ...job, again: true })));
    }
    if (wants('crash')) {
        jobs.push(...crash.map(nodeJob('crash')));
        const kill = crash.filter((path) => /\/kill\.test/.test(path));
        jobs.push(...kill.map(nodeJob('crash-postgres', { TENON_TEST_DATABASE: 'postgres' })));
    }
    if (wants('lint')) {
        jobs.push({ name: 'lint', command: process.execPath, args: ['tools/lint.mjs'], counter: count.sentence, minutes: 5 });
    }
    if (wants('unit')) {
        const unit = { TENON_TEST_POSTGRES: cluster.url(cluster.empty('unit'), ADMIN) };
        for (const room of folders('tests/unit')) {
            const program = (c) => join('build/debug/unit', basename(room), basename(c, '.c'));
            jobs.push(...list(room, /^test_\w+\.c$/).map((c) => unitJob(program(c), unit)));
            jobs.push(...list(room, /\.test\.mjs$/).map(nodeJob('unit')));
        }
    }
    return jobs;
}

process.exitCode = await main(process.argv.slice(2));
