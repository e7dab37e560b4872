// bench.mjs - the figures of this machine: requests a second, latency, memory, over a million leads in a hundred tenants.
//
//   make bench            BENCH_TENANTS (100), BENCH_LEADS (10000 a tenant), BENCH_SECONDS (5), BENCH_OUT (a JSON file),
//                         BENCH_DATABASE=postgres (a durable PostgreSQL of its own, instead of SQLite), BENCH_CONNECTIONS (32)
//
// The data are made once for each schema and kept in build/bench/. The load generator is wrk on the same machine, over
// loopback, so what counts are the ratios to /healthz and the server's own CPU time
// a request, rather than the figures themselves.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fetchedCookie } from '../http/browser.mjs';
import { Postgres, Sqlite } from './databases.mjs';

const PROGRAM = resolve(process.env.TENON_PROGRAM ?? 'build/release/tenon');
const TENANTS = Number(process.env.BENCH_TENANTS ?? 100);
const LEADS = Number(process.env.BENCH_LEADS ?? 10_000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const SCHEMA = createHash('sha256').update(readFileSync('migrations/schema.lock')).digest('hex').slice(0, 12);
const DIR = resolve(`build/bench/${TENANTS}x${LEADS}-${SCHEMA}`);
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 32);
const PACED = 64; // connections of which each asks now and then
const WRITING = 16; // companies in which leads are created at the same time

const tenon = (url, ...args) => {
    const out = execFileSync(PROGRAM, [...args, '--json', '--database', url], { encoding: 'utf8', maxBuffer: 256 << 20,
        cwd: DIR });
    return out.trim() ? JSON.parse(out.trim().split('\n').at(-1)) : null;
};

// The data of the bench in a database that may be written to.
async function seed() {
    mkdirSync(DIR, { recursive: true });
    const database = process.env.BENCH_DATABASE === 'postgres' ? await Postgres.open(DIR) : new Sqlite(DIR);
    if (!database.seeded()) {
        const started = Date.now();
        await database.fill((url, owner) => {
            tenon(owner, 'migrate');
            tenon(url, 'demo', '--fill', String(TENANTS * LEADS), '--tenants', String(TENANTS));
        });
        console.log(`seeded ${TENANTS * LEADS} leads in ${((Date.now() - started) / 1000).toFixed(0)} s`);
    }
    await database.copy();
    tenon(database.owner, 'migrate'); // the seed may be older than the program
    return database;
}

// Starts the server; resolves when /healthz has answered, with the milliseconds that took.
async function start(url) {
    const started = performance.now();
    const child = spawn(PROGRAM, ['serve', '--listen', '127.0.0.1:0', '--database', url, '--log-level', 'warn'],
        { cwd: DIR, stdio: ['ignore', 'pipe', 'inherit'] });
    const base = await new Promise((done, fail) => {
        child.on('exit', (code) => fail(new Error(`the server ended with ${code}`)));
        createInterface({ input: child.stdout }).on('line', (line) => {
            const found = /https?:\/\/[^\s/"]+/.exec(line);
            if (found) done(found[0]);
        });
    });
    const answer = await fetch(`${base}/healthz`);
    if (answer.status !== 200) throw new Error(`/healthz answers ${answer.status}`);
    return { child, base, ms: performance.now() - started };
}

const rssAnon = (pid) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// What the server has used of its processors, in seconds.
function cpuSeconds(pid) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
}

function wrk(base, { path, headers, connections, script = 'paced.lua', about = [], rest = 0 }) {
    const args = ['-t2', `-c${connections}`, `-d${SECONDS}s`, '--latency'];
    for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
    args.push('-s', `tests/bench/${script}`, base + path, '--', String(rest), ...about);
    const out = spawnSync('wrk', args, { encoding: 'utf8' }).stdout;
    const number = (pattern) => Number(pattern.exec(out)?.[1] ?? NaN);
    const time = (percent) => {
        const found = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(out);
        return found ? Number(found[1]) * { us: 0.001, ms: 1, s: 1000 }[found[2]] : NaN;
    };
    const bad = number(/Non-2xx or 3xx responses: (\d+)/) || 0;
    return { total: number(/(\d+) requests in/), perSecond: number(/Requests\/sec:\s+([\d.]+)/), p50: time(50), p99: time(99),
        bad };
}

// The median of n requests, one after the other, in milliseconds.
async function median(n, ask) {
    const times = [];
    for (let i = 0; i < n; i++) {
        const from = performance.now();
        await ask();
        times.push(performance.now() - from);
    }
    return times.sort((x, y) => x - y)[n >> 1];
}

// A page far down costs what the first one does: cursors instead of OFFSET.
async function paging(base, headers) {
    const get = async (cursor) => {
        const answer = await fetch(`${base}/api/v1/leads?limit=10${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
            { headers });
        if (answer.status !== 200) throw new Error(`a page answers ${answer.status}: ${await answer.text()}`);
        return answer.json();
    };
    let cursor = '';
    let page = 1;
    for (; page < 1000; page++) {
        const next = (await get(cursor)).next;
        if (!next) break;
        cursor = next;
    }
    return { page, first: await median(200, () => get('')), far: await median(200, () => get(cursor)) };
}

// A cookie for the pages.
async function session(base, user) {
    const answer = await fetch(`${base}/login`, { method: 'POST', body: new URLSearchParams(user), redirect: 'manual' });
    if (answer.status !== 303) throw new Error(`signing in answers ${answer.status}`);
    return fetchedCookie(answer);
}

// At its limit a server makes everybody wait for everybody; what people see of it is how it answers at half of that.
function halved(rows, asked, load) {
    return rows.slice(1).map((row, i) => {
        const rest = Math.round(2 * 1000 * PACED / (row.perSecond / 2));
        return `${row.name} ${load({ ...asked[i + 1], connections: PACED, rest }).p99.toFixed(1)}`;
    });
}

async function main() {
    if (spawnSync('wrk', ['-v']).error) {
        console.error('wrk is missing: script/bootstrap --bench installs it.');
        return 1;
    }
    const database = await seed();
    const { tenants } = tenon(database.url, 'tenant', 'list');
    const [tenant] = tenants;
    const password = 'correct horse battery 7';
    writeFileSync(join(DIR, 'password'), password, { mode: 0o600 });
    const writers = tenants.slice(0, WRITING).map((of) => {
        const email = `bench-${of.id}-${Date.now()}@example.com`;
        tenon(database.url, 'user', 'create', email, '--tenant', String(of.id), '--role', 'tenant_admin', '--password-file',
            join(DIR, 'password'));
        return { email, key: tenon(database.url, 'key', 'create', '--user', email).key };
    });
    const [{ email, key }] = writers;
    const keys = join(DIR, 'keys');
    writeFileSync(keys, writers.map((writer) => writer.key).join('\n'), { mode: 0o600 });
    const server = await start(database.url);
    const { base, child } = server;
    const stopped = new Promise((done) => { child.removeAllListeners('exit'); child.on('exit', done); });
    const idle = rssAnon(child.pid);
    const api = { authorization: `Bearer ${key}` };
    const lead = (await (await fetch(`${base}/api/v1/leads?limit=1`, { headers: api })).json()).data[0];
    const word = encodeURIComponent(lead.name.split(' ')[0]);
    const cookie = await session(base, { email, password });
    const page = { cookie };

    const rows = [];
    const load = (options) => {
        const cpu = () => cpuSeconds(child.pid) + database.cpuSeconds();
        const before = cpu();
        const figures = { connections: CONNECTIONS, ...wrk(base, { connections: CONNECTIONS, ...options }) };
        figures.cpuUs = (cpu() - before) * 1e6 / figures.total;
        return figures;
    };
    const asked = [];
    const measure = async (name, options) => {
        const probe = await fetch(base + options.path, { headers: options.headers, redirect: 'manual' });
        if (probe.status !== 200) throw new Error(`${options.path} answers ${probe.status}`);
        const figures = { name, ...load(options) };
        rows.push(figures);
        asked.push(options);
        const ratio = figures.perSecond / rows[0].perSecond;
        console.log([name.padEnd(26), figures.perSecond.toFixed(0).padStart(9), ratio.toFixed(3).padStart(7),
            figures.cpuUs.toFixed(1).padStart(9),
            figures.p50.toFixed(2).padStart(9),
            figures.p99.toFixed(2).padStart(9), figures.bad ? `  ${figures.bad} refused` : ''].join(' '));
    };
    const heads = ['req/s', 'ratio', 'CPU us', 'p50 ms', 'p99 ms'].map((head, i) => head.padStart(i === 1 ? 7 : 9));
    console.log(['what'.padEnd(26), ...heads].join(' '));
    await measure('/healthz', { path: '/healthz', headers: {} });
    const one = { path: `/api/v1/leads/${lead.id}`, headers: api };
    await measure('one lead, JSON', one);
    await measure('50 leads, JSON', { path: '/api/v1/leads?limit=50', headers: api });
    await measure('search', { path: `/api/v1/search?q=${word}`, headers: api });
    await measure('list, searched', { path: `/api/v1/leads?limit=50&q=${word}`, headers: api });
    await measure('list page', { path: '/leads', headers: page });
    await measure('board page', { path: '/leads/board', headers: page });
    await measure('create, durable', { path: '/api/v1/leads', headers: api, script: 'create.lua', about: [keys] });
    console.log(`p99 in ms at half of that, ${PACED} connections: ${halved(rows, asked, load).join('; ')}`);
    const pages = await paging(base, api);
    console.log(`page 1: ${pages.first.toFixed(2)} ms; page ${pages.page}: ${pages.far.toFixed(2)} ms`);
    const loaded = rssAnon(child.pid);
    await database.wall(tenant.id, lead.id, SECONDS, () => load(one).cpuUs);
    console.log(`first answer after ${server.ms.toFixed(0)} ms`);
    console.log(`RssAnon ${idle.toFixed(1)} MB idle, ${loaded.toFixed(1)} MB after load`);
    if (process.env.BENCH_OUT) {
        writeFileSync(process.env.BENCH_OUT, JSON.stringify({ rows, pages, startMs: server.ms, rssIdleMb: idle,
            rssLoadedMb: loaded }, null, 2));
    }
    child.kill('SIGTERM');
    await stopped;
    await database.close();
    return rows.some((r) => r.bad > 0 || !(r.perSecond > 0)) ? 1 : 0;
}

process.exitCode = await main();
