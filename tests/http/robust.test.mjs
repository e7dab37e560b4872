// robust.test.mjs - a full disk, a stop in the middle of work, clients that dawdle: nobody else notices, nothing is lost.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmdirSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { Client, DATABASE, Tenon, recordOf, run, startTenon } from './support.mjs';
import { fetchedCookie } from './browser.mjs';
import { processor, slowness, stopwatch } from './machine.mjs';
import { crowd, exchange, portOf } from './raw.mjs';

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const HOST = 'Host: x\r\n';

// ---- a full disk ------------------------------------------------------------------------------------------

// A small disk of its own, or why there is none.
function smallDisk(megabytes) {
    if (process.getuid() !== 0) return { why: 'mounting needs root' };
    const dir = mkdtempSync(join(tmpdir(), 'tenon-disk-'));
    try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'pipe' });
    } catch (error) {
        rmdirSync(dir);
        return { why: `mounting is not possible here: ${String(error.stderr).trim()}` };
    }
    return { dir, release() { execFileSync('umount', [dir]); rmdirSync(dir); } };
}

// Takes all room that is left.
function fill(dir) {
    const path = join(dir, 'filler');
    const file = openSync(path, 'w');
    const block = Buffer.alloc(1 << 16);
    try { for (;;) writeSync(file, block); } catch (error) { if (error.code !== 'ENOSPC') throw error; }
    try { for (;;) writeSync(file, block, 0, 512); } catch (error) { if (error.code !== 'ENOSPC') throw error; }
    closeSync(file);
    return () => unlinkSync(path);
}

// What differs between what was answered as saved and what is there: id -> name.
async function differences(client, promised) {
    const rows = new Map((await client.all('/leads')).map((r) => [r.id, r.name]));
    const faults = [];
    for (const [id, name] of promised) if (rows.get(id) !== name) faults.push(`${name} is ${rows.get(id)}`);
    for (const [id, name] of rows) if (!promised.has(id)) faults.push(`${name} was not promised`);
    return faults;
}

test('a full disk: 507, nothing half written, reads go on, writing resumes when there is room', async (t) => {
    if (DATABASE !== 'sqlite') return t.skip('the database stands on a disk of its own');
    const disk = smallDisk(48);
    if (disk.why) return t.skip(disk.why);
    const usual = process.env.TMPDIR;
    process.env.TMPDIR = disk.dir;
    const tenon = await startTenon();
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    const { admin } = tenon.a;
    try {
        const promised = new Map();
        const background = 'All of this is kept. '.repeat(2000);
        const longer = background.padEnd(60_000, '!');
        const create = async (i) => {
            const answer = await admin.post('/leads', { name: `Lead ${i}`, description: background });
            if (answer.status === 201) promised.set(recordOf(answer).id, `Lead ${i}`);
            return answer;
        };
        for (let i = 0; i < 5; i++) assert.equal((await create(i)).status, 201);
        const free = fill(disk.dir);
        let refused = 0;
        for (let i = 5; i < 3000 && refused < 20; i += 4) {
            for (const answer of await Promise.all([i, i + 1, i + 2, i + 3].map(create))) {
                if (answer.status === 201) continue;
                assert.equal(answer.status, 507, answer.text);
                assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
                assert.equal(answer.json.status, 507);
                refused++;
            }
        }
        assert.ok(refused >= 20, 'the disk is full');
        const [id] = promised.keys();
        const name = promised.get(id);
        for (const [what, answer] of Object.entries({
            patch: await admin.patch(`/leads/${id}`, { name: 'Changed', description: longer }),
            bulk: await admin.post('/leads/bulk', { ids: [...promised.keys()], set: { description: longer } }),
        })) assert.equal(answer.status, 507, `${what}: ${answer.text}`);
        assert.deepEqual(await differences(admin, promised), [], 'reads go on, and show what was answered as saved');
        assert.equal((await admin.get(`/leads/${id}`)).json.name, name);
        assert.equal((await fetch(`${tenon.url}/healthz`)).status, 200);
        free();
        const until = Date.now() + 60_000;
        let resumed = await create(90_001);
        while (resumed.status === 507 && Date.now() < until) { await sleep(200); resumed = await create(90_001); }
        assert.equal(resumed.status, 201, resumed.text);
        assert.equal((await admin.patch(`/leads/${id}`, { name: 'Changed' })).status, 200);
        promised.set(id, 'Changed');
        assert.deepEqual(await differences(admin, promised), []);
        const doctor = JSON.parse((await run(['doctor', '--json', '--database', tenon.database])).stdout);
        assert.deepEqual(doctor.checks.filter((c) => !c.ok).map((c) => c.check), ['room on the disk'], 'the database is whole');
        assert.ok((await tenon.cli('audit', 'verify')).tenants.every((t) => t.broken_id === 0), 'the chain is whole');
        const created = await admin.all('/audit_logs?filter[entity_type]=leads&filter[action]=created');
        assert.deepEqual(new Set(created.map((e) => e.entity_id)), new Set(promised.keys()), 'an entry for each, none for more');
        promised.set(id + 1, 'Never made');
        assert.equal((await differences(admin, promised)).length, 1, 'the comparison can fail');
    } finally {
        await tenon.stop();
        disk.release();
    }
});

// ---- a stop in the middle of work -------------------------------------------------------------------------

// One request over a kept connection: { sent, status, id, close } or { sent, error }.
function post(url, key, agent, path, body) {
    return new Promise((done) => {
        const text = JSON.stringify(body);
        const asked = { sent: performance.now(), name: body.name };
        const req = request(url + path, {
            method: 'POST', agent, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json',
                'content-length': text.length },
        }, (res) => {
            let answer = '';
            res.on('data', (d) => { answer += d; });
            res.on('end', () => done({ ...asked, status: res.statusCode, id: JSON.parse(answer).id,
                close: res.headers.connection === 'close' }));
            res.on('aborted', () => done({ ...asked, error: 'aborted' }));
        });
        req.on('error', (error) => done({ ...asked, error: error.code ?? error.message }));
        req.end(text);
    });
}

// One whose body comes in two parts: `asked` once the server waits for it and has got the first; finish() sends the rest.
function slowPost(tenon, head, body) {
    const socket = connect(portOf(tenon), '127.0.0.1');
    let text = '';
    const asked = new Promise((done) => {
        socket.on('data', (bytes) => {
            text += bytes;
            if (/^HTTP\/1\.1 100 /.test(text)) socket.write(body.slice(0, 5), done);
            text = text.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, '');
        });
        socket.on('close', done);
    });
    const answer = new Promise((done) => {
        socket.on('error', () => {});
        socket.on('close', () => done({ text, status: Number(/^HTTP\/1\.1 (\d+) /.exec(text)?.[1]) }));
    });
    socket.write(`POST /api/v1/leads HTTP/1.1\r\n${HOST}${head}Expect: 100-continue\r\nConnection: close\r\n`
        + `Content-Length: ${body.length}\r\n\r\n`);
    return { asked, answer, finish: () => socket.write(body.slice(5)) };
}

// Writers on kept connections until the server is gone, which is ended by `signal` after a while; what each request got.
async function stopUnderLoad(tenon, signal) {
    const { admin } = tenon.a;
    const agent = new Agent({ keepAlive: true, maxSockets: 24 });
    const results = [];
    const stopping = { at: Infinity };
    const writer = async (n) => {
        for (let i = 0; performance.now() < stopping.at + 3000; i++) {
            const got = await post(tenon.url, admin.key, agent, '/api/v1/leads', { name: `Writer ${n} lead ${i}` });
            results.push(got);
            if (got.error || got.close) return;
        }
    };
    const writers = Array.from({ length: 24 }, (_, n) => writer(n));
    const body = '{"name":"A slow one"}';
    await sleep(500);
    // Its body is on the way when the signal comes: the server asked for it.
    const slow = slowPost(tenon, `Authorization: Bearer ${admin.key}\r\nContent-Type: application/json\r\n`, body);
    await slow.asked;
    const login = fetch(`${tenon.url}/api/v1/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: admin.email, password: admin.password }) }).then((r) => r.status,
            (e) => e.cause?.code ?? e.message);
    await sleep(5);
    stopping.at = performance.now();
    const ended = tenon.halt(signal);
    setTimeout(() => slow.finish(), 300);
    const end = await ended;
    await Promise.all(writers);
    agent.destroy();
    return { end, results, stopping, slow: await slow.answer, login: await login };
}

const lostOf = ({ results, stopping }) => results.filter((r) => r.error && r.sent < stopping.at - 1);

test('a stop finishes every request that is under way', async () => {
    const tenon = await startTenon();
    try {
        const stop = await stopUnderLoad(tenon, 'SIGTERM');
        assert.deepEqual(stop.end, { code: 0, signal: null });
        assert.deepEqual(lostOf(stop), [], 'no connection breaks under a request that was sent before the stop');
        assert.deepEqual([...new Set(stop.results.filter((r) => r.status).map((r) => r.status))], [201]);
        assert.equal(stop.slow.status, 201, stop.slow.text);
        // Its connection may have come after the stop.
        assert.ok([200, 503, 'ECONNREFUSED'].includes(stop.login), `signing in: ${stop.login}`);
        assert.ok(stop.results.length > 50, `${stop.results.length} requests`);
        await tenon.start();
        const names = new Map((await tenon.a.admin.all('/leads')).map((r) => [r.id, r.name]));
        const made = stop.results.filter((r) => r.status === 201);
        assert.deepEqual(made.filter((r) => names.get(r.id) !== r.name), [], 'what was answered is there');
        assert.equal(names.size, made.length + 1, 'and nothing that was not answered, but the slow one');
        const killed = await stopUnderLoad(tenon, 'SIGKILL');
        // Each writer may be between two requests; of the slow one a part has been sent.
        assert.notEqual(killed.slow.status, 201, 'the check can fail: a kill breaks what is under way');
        await tenon.start();
    } finally {
        await tenon.stop();
    }
});

// ---- clients that dawdle ----------------------------------------------------------------------------------

test('who drips bytes is cut off at the deadline, in the head and in the body', async () => {
    const tenon = await startTenon({ args: ['--request-deadline', '2', '--idle-timeout', '2'] });
    const patient = new Tenon();
    Object.assign(patient, { dir: tenon.dir, database: tenon.database });
    await patient.start(['--request-deadline', '600', '--idle-timeout', '600']);
    try {
        const drips = Array.from({ length: 600 }, () => 'x');
        const head = [`GET /healthz HTTP/1.1\r\n${HOST}X-Slow: `, ...drips];
        const body = [`POST /api/v1/leads HTTP/1.1\r\n${HOST}Authorization: Bearer ${tenon.a.admin.key}\r\n`
            + 'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"name":"', ...drips];
        const silent = ['GET /healthz HTT'];
        const later = [`GET /healthz HTTP/1.1\r\n${HOST}\r\n`, `GET /healthz HTTP/1.1\r\n${HOST}X-Slow: `, ...drips];
        const [ofHead, ofBody, ofSilent, ofLater, kept] = await Promise.all([
            exchange(tenon, head, { pause: 100, wait: 60_000 }), exchange(tenon, body, { pause: 100, wait: 60_000 }),
            exchange(tenon, silent, { wait: 60_000 }), exchange(tenon, later, { pause: 100, wait: 60_000 }),
            exchange(patient, head, { pause: 100, wait: 6000 }),
        ]);
        for (const [what, got] of Object.entries({ ofHead, ofBody, ofSilent, ofLater })) {
            assert.ok(got.closed && got.ms < 55_000, `${what}: still open after ${got.ms.toFixed(0)} ms`);
            assert.ok(got.ms > 1500, `${what}: closed after ${got.ms.toFixed(0)} ms`);
        }
        assert.deepEqual(ofLater.statuses, [200], 'the first request was in time');
        assert.ok(!kept.closed, 'the check can fail: without a deadline the same client stays');
    } finally {
        await patient.halt();
        await tenon.stop();
    }
});

// Of requests to each of these servers in turn, so that what else happens on the machine meets them alike.
async function latencies(servers, n) {
    const times = servers.map(() => []);
    for (let i = 0; i < n * servers.length; i++) {
        const from = performance.now();
        const answer = await servers[i % servers.length].get('/leads?limit=5');
        assert.equal(answer.status, 200);
        times[i % servers.length].push(performance.now() - from);
    }
    return times.map((all) => {
        all.sort((x, y) => x - y);
        return { p50: all[n >> 1], p99: all[Math.floor(n * 0.99)] };
    });
}

test('500 idle and 100 half-open connections cost others nothing', async () => {
    const tenon = await startTenon();
    const quiet = new Tenon();
    Object.assign(quiet, { dir: tenon.dir, database: tenon.database });
    await quiet.start();
    try {
        const servers = [new Client(quiet, tenon.a.admin.key), tenon.a.admin];
        await latencies(servers, 50);
        const idle = await crowd(tenon, 500);
        const half = await crowd(tenon, 100, `POST /api/v1/leads HTTP/1.1\r\n${HOST}Content-Le`);
        const [alone, among] = await latencies(servers, 300);
        assert.equal(idle.ended, 0, 'they are still there');
        const told = ({ p50, p99 }) => `${p50.toFixed(2)}/${p99.toFixed(2)} ms`;
        console.log(`# p50/p99 alone ${told(alone)}, among 600 ${told(among)}`);
        assert.ok(among.p50 < 3 * alone.p50 + 5, `p50 ${alone.p50.toFixed(2)} -> ${among.p50.toFixed(2)} ms`);
        assert.ok(among.p99 < 3 * alone.p99 + 250, `p99 ${alone.p99.toFixed(2)} -> ${among.p99.toFixed(2)} ms`);
        idle.close();
        half.close();
    } finally {
        await quiet.halt();
        await tenon.stop();
    }
});

// ---- the release build's figures --------------------------------------------------------------------------

const RELEASE = 'build/release/tenon';
const FIRST_MS = 100; // from the start to the first answer
const noRelease = { skip: existsSync(RELEASE) ? false : `${RELEASE} is not built` };

test('the program is small', noRelease, () => {
    assert.ok(statSync(RELEASE).size < 10 << 20, `${statSync(RELEASE).size} bytes`);
});

const rssAnonMb = (pid) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

test('it answers at once after a start, and stays small', noRelease, async () => {
    const tenon = await startTenon();
    try {
        const { admin } = tenon.a;
        for (let i = 0; i < 200; i++) await admin.post('/leads', { name: `Lead ${i}`, email: `lead${i}@example.com` });
        await tenon.halt();
        tenon.program = resolve(RELEASE);
        // The machine is busy with other tests: what counts is what the program itself needs, in the quietest moment of several.
        // How long it waits for a PostgreSQL that waits for a processor, nobody tells.
        let best = Infinity;
        let slow = Infinity;
        for (let i = 0; i < 20 && best >= FIRST_MS * Math.max(1, slow); i++) {
            if (i) await tenon.halt();
            const elapsed = stopwatch();
            await tenon.start(['--log-level', 'warn']);
            assert.deepEqual((await exchange(tenon, `GET /readyz HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`)).statuses, [200]);
            const { pid } = tenon.server;
            best = Math.min(best, DATABASE === 'sqlite' ? elapsed(pid) : processor(pid));
            slow = Math.min(slow, slowness());
        }
        const signed = await fetch(`${tenon.url}/login`, { method: 'POST', redirect: 'manual',
            body: new URLSearchParams({ email: admin.email, password: admin.password }) });
        const cookie = fetchedCookie(signed);
        const before = rssAnonMb(tenon.server.pid);
        let serial = 0;
        const ask = [
            () => admin.get('/leads?limit=50'), () => admin.get(`/leads?q=lead${serial % 200}`),
                () => admin.get('/search?q=lead'),
            () => admin.post('/leads', { name: `More ${serial}` }), () => admin.get('/leads?sort=name&limit=200'),
            ...['/', '/leads', '/leads/board', '/leads/new', '/search?q=lead', '/clients', '/no_such_page'].map((path) =>
                () => fetch(tenon.url + path, { headers: { cookie } }).then((r) => r.text().then(() => r))),
        ];
        const failed = [];
        await Promise.all(Array.from({ length: 16 }, async () => {
            while (serial < 20_000) {
                const answer = await ask[serial++ % ask.length]();
                if (answer.status >= 500) failed.push(answer.status);
            }
        }));
        const loaded = rssAnonMb(tenon.server.pid);
        const memory = `RssAnon ${before.toFixed(1)} MB, ${loaded.toFixed(1)} MB after 20,000 requests`;
        const first = `first answer after ${best.toFixed(0)} ms on a machine ${slow.toFixed(2)} times as slow as usual`;
        console.log(`# ${first}; ${memory}`);
        assert.deepEqual(failed, []);
        assert.ok(best < FIRST_MS * Math.max(1, slow), first);
        assert.ok(loaded < 40, `RssAnon ${loaded.toFixed(1)} MB`);
    } finally {
        await tenon.stop();
    }
});
