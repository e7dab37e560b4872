// servers.test.mjs - two servers on one PostgreSQL database: they hear of each other, and write for one company in turn.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client, DATABASE, Tenon, startTenon } from './support.mjs';

const skip = DATABASE === 'sqlite' ? 'a file has one server' : false;
let tenon;
let second;

async function start() {
    if (second) return;
    tenon = await startTenon({ roles: ['sales_agent'] });
    const { dir, database, owner, name } = tenon;
    second = Object.assign(Object.create(Tenon.prototype), { dir, database, owner, name, log: [], said: [] });
    await second.start();
}
after(async () => {
    await second?.halt();
    await tenon?.stop();
});
const there = (client) => new Client(second, client.key, client);

// What a stream of events tells from now on.
async function listen(client) {
    const stop = new AbortController();
    const response = await fetch(`${client.tenon.url}/api/v1/events`, {
        headers: { authorization: `Bearer ${client.key}`, accept: 'text/event-stream' }, signal: stop.signal,
    });
    const reader = response.body.getReader();
    let heard = '';
    const until = async (text) => {
        const late = setTimeout(() => stop.abort(), 60_000);
        while (!heard.includes(text)) {
            const { done, value } = await reader.read().catch(() => ({ done: true }));
            if (done) break;
            heard += new TextDecoder().decode(value);
        }
        clearTimeout(late);
        return heard.includes(text);
    };
    await until('retry');
    return { until, stop: () => stop.abort(), count: (text) => heard.split(text).length - 1 };
}

test('what one server saves is told to those who listen at the other', { skip }, async () => {
    await start();
    const stream = await listen(there(tenon.a.admin));
    const lead = (await tenon.a.admin.post('/leads', { name: 'Meridian' })).json;
    const other = (await tenon.b.admin.post('/leads', { name: 'Lodestar' })).json;
    const id = (answer) => String((answer.data ?? answer).id);
    assert.ok(await stream.until(id(lead)), 'heard of it');
    // The machine may be busy in one moment: several tell how long it takes.
    const most = DATABASE === 'pgbouncer' ? 5000 : 3000;
    let took = Infinity;
    for (let i = 0; i < 5 && took >= most; i++) {
        const next = (await tenon.a.admin.post('/leads', { name: `Kestrel ${i}` })).json;
        const from = performance.now();
        assert.ok(await stream.until(id(next)));
        took = Math.min(took, performance.now() - from);
    }
    assert.ok(took < most, `after ${took.toFixed(0)} ms`);
    assert.equal(stream.count(`"id":${id(lead)},"verb":"created"`), 1, 'once');
    assert.equal(stream.count(id(other)), 0, 'nothing of another company');
    stream.stop();
});

test('both write for one company at once, each in its turn', { skip }, async () => {
    await start();
    const clients = [tenon.a.admin, there(tenon.a.admin)];
    const answers = await Promise.all(Array.from({ length: 120 }, (_, i) =>
        clients[i % 2].post('/leads', { name: `Turn ${i}` })));
    assert.deepEqual(answers.filter((a) => a.status !== 201).map((a) => a.text), []);
    const ids = new Set(answers.map((a) => (a.json.data ?? a.json).id));
    assert.equal(ids.size, 120);
    const statuses = (await tenon.a.admin.get('/lead_statuses')).json.data;
    await Promise.all(statuses.map((s, i) => clients[i % 2].patch(`/lead_statuses/${s.id}`, { is_default: true })));
    const now = await tenon.a.admin.all('/lead_statuses');
    assert.equal(now.filter((s) => s.is_default).length, 1);
    const verified = await tenon.cli('audit', 'verify');
    assert.ok(verified.tenants.every((t) => !t.broken_id), JSON.stringify(verified));
});

test('what a role loses at one server is lost at the other', { skip }, async () => {
    await start();
    const agent = there(tenon.a.sales_agent);
    assert.equal((await agent.get('/leads')).status, 200);
    const role = (await tenon.a.admin.get('/roles?filter[name]=sales_agent')).json.data[0];
    for (const p of await tenon.a.admin.all(`/role_permissions?filter[role_id]=${role.id}`)) {
        await tenon.a.admin.delete(`/role_permissions/${p.id}`);
    }
    const end = performance.now() + 60_000;
    let status = 200;
    while (status === 200 && performance.now() < end) status = (await agent.get('/leads')).status;
    assert.equal(status, 403);
});
