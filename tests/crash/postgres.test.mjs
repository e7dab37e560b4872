// postgres.test.mjs - PostgreSQL under the server is restarted, killed, and replaced by its standby, under mixed writes: nothing
// that was answered as saved is lost, clients hear 503 with Retry-After meanwhile, and it goes on by itself within seconds.
//
// CRASH_RESTARTS (4) and CRASH_PROMOTIONS (1) say how often; the figures are 50 and 10. The controls take durability
// away and must then find losses.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Tenon } from '../http/support.mjs';
import { slowness, stopwatch } from '../http/machine.mjs';
import { Cluster, OWNER } from '../http/postgres.mjs';
import { Load } from './load.mjs';
import { Pair } from './pair.mjs';

const RESTARTS = Number(process.env.CRASH_RESTARTS ?? 4);
const PROMOTIONS = Number(process.env.CRASH_PROMOTIONS ?? 1);
const SAMPLE = 10; // restarts between two verifications
const BACK_MS = 10_000;
const LATE_MS = 120_000; // a hang is a failure, but says so
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const open = [];
after(async () => {
    for (const each of open.reverse()) await each.stop();
});

// A server on a database of that address, with one company.
async function serve(url, owner) {
    const tenon = new Tenon({ at: { database: url, owner } });
    open.push(tenon);
    await tenon.migrate();
    const { admin } = await tenon.tenant('Tenant A');
    await tenon.start();
    return { tenon, load: new Load(admin) };
}

async function within(ms, what, promise) {
    let timer;
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`${what}: not after ${ms} ms`)), ms); });
    try { return await Promise.race([promise, late]); } finally { clearTimeout(timer); }
}

const most = (times) => `${Math.max(...times).toFixed(0)} ms`;

test(`${RESTARTS} restarts of PostgreSQL lose nothing, and it goes on by itself`, async () => {
    const cluster = await Cluster.start({ durable: true });
    open.push(cluster);
    const name = cluster.create('company');
    const { tenon, load } = await serve(cluster.url(name), cluster.url(name, OWNER));
    const back = [];
    load.start();
    for (let i = 0; i < RESTARTS; i++) {
        await within(LATE_MS, 'writing', load.written(load.acknowledged() + 5));
        await pause(Math.random() * 300);
        await cluster.halt(i % 2 ? 'SIGQUIT' : 'SIGINT');
        const written = load.untilWritten();
        await cluster.serve();
        const elapsed = stopwatch(tenon.server.pid); // before it nobody could write
        await within(LATE_MS, 'writing after a restart', written);
        back.push(elapsed());
        if (i % SAMPLE && i < RESTARTS - 1) continue;
        await load.stop();
        assert.deepEqual(await load.broken(), [], `after restart ${i + 1}`);
        assert.equal((await tenon.cli('verify')).count, 0);
        if (i < RESTARTS - 1) load.start();
    }
    console.log(`# ${RESTARTS} restarts, ${load.summary()}, writing again at most ${most(back)} after PostgreSQL is there`);
    assert.ok(Math.max(...back) < BACK_MS * Math.max(1, slowness()), `writing again after ${most(back)}`);
    assert.ok(load.refused > 0, 'clients were refused in between');
});

test(`${PROMOTIONS} promotions of a synchronous standby lose nothing`, async () => {
    const pair = await Pair.start();
    open.push(pair);
    const { tenon, load } = await serve(pair.url(), pair.owner());
    const back = [];
    for (let i = 0; i < PROMOTIONS; i++) {
        load.start();
        await within(LATE_MS, 'writing', load.written(load.acknowledged() + 10));
        await pause(Math.random() * 300);
        const elapsed = stopwatch(tenon.server.pid);
        await pair.fail();
        await within(LATE_MS, 'writing after a promotion', load.untilWritten());
        back.push(elapsed());
        await load.stop();
        assert.deepEqual(await load.broken(), [], `after promotion ${i + 1}`);
        await pair.replace();
    }
    assert.equal((await tenon.cli('verify')).count, 0);
    console.log(`# ${PROMOTIONS} promotions, ${load.summary()}, writing again at most ${most(back)} after the primary's death`);
    assert.ok(Math.max(...back) < BACK_MS * Math.max(1, slowness()), `writing again after ${most(back)}`);
    assert.ok(load.refused > 0, 'clients were refused in between');
});

test('the check can fail: without a durable commit, a crash loses what was answered, and that is found', async () => {
    const cluster = await Cluster.start({ durable: true });
    open.push(cluster);
    const name = cluster.create('company');
    const { load } = await serve(cluster.url(name), cluster.url(name, OWNER));
    cluster.sql('postgres', "ALTER SYSTEM SET synchronous_commit = 'off'");
    cluster.sql('postgres', 'SELECT pg_reload_conf()');
    // What it would write within a moment stays in memory.
    const [[writer]] = cluster.sql('postgres', "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'");
    process.kill(Number(writer), 'SIGSTOP');
    load.start();
    await within(LATE_MS, 'writing', load.written(60));
    await cluster.halt('SIGQUIT');
    await cluster.serve();
    await within(LATE_MS, 'writing after a restart', load.untilWritten());
    await load.stop();
    const lost = (await load.broken()).filter((fault) => / is lost$|, not |that were promised/.test(fault));
    assert.ok(lost.length > 0, 'losses are found');
    console.log(`# without a durable commit: ${lost.length} broken promises found, such as "${lost[0]}"`);
});

test('the check can fail: a standby that nobody waits for loses what was answered, and that is found', async () => {
    const pair = await Pair.start({ synchronous: false });
    open.push(pair);
    const { load } = await serve(pair.url(), pair.owner());
    await pair.part();
    load.start();
    await within(LATE_MS, 'writing', load.written(30));
    await pair.fail();
    await within(LATE_MS, 'writing after a promotion', load.untilWritten());
    await load.stop();
    const lost = (await load.broken()).filter((fault) => / is lost$|, not |that were promised/.test(fault));
    assert.ok(lost.length > 0, 'losses are found');
    console.log(`# with an asynchronous standby: ${lost.length} broken promises found, such as "${lost[0]}"`);
});
