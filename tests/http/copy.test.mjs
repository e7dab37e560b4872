// copy.test.mjs - reads from a streaming copy of the PostgreSQL database: of others a moment late, of one's own writes never.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DATABASE } from './support.mjs';

const skip = DATABASE === 'postgres' ? false : 'needs two PostgreSQL servers of its own, in the run with PostgreSQL';
let pair;
let tenon;
let admin;

async function start() {
    if (tenon) return;
    const { Pair } = await import('../crash/pair.mjs');
    const { Tenon } = await import('./support.mjs');
    pair = await Pair.start({ synchronous: false });
    tenon = new Tenon({ at: { database: pair.primary.url(pair.name), owner: pair.owner() } });
    const tenant = await tenon.tenant('Copied');
    admin = tenant.admin;
    await tenon.start(['--read-database', pair.standby.url(pair.name)]);
}
after(async () => {
    await tenon?.stop();
    await pair?.stop();
});
const recordOf = (answer) => answer.json.data ?? answer.json;
const readers = () => Number(pair.standby.sql(pair.name,
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tenon'")[0][0]);

test('who has written reads what was written, as often as it is asked', { skip }, async () => {
    await start();
    for (let i = 0; i < 100; i++) {
        const made = await admin.post('/leads', { name: `Turn ${i}` });
        assert.equal(made.status, 201, made.text);
        assert.ok(Number(made.headers.get('tenon-mark')) > 0);
        const read = await admin.get(`/leads/${recordOf(made).id}`);
        assert.equal(read.status, 200, `turn ${i}`);
    }
    assert.ok(readers() > 0, 'the copy was asked');
});

test('a copy that hears nothing more shows old rows to others, and never to who wrote', { skip }, async () => {
    await pair.part();
    const made = await admin.post('/leads', { name: 'After the parting' });
    assert.equal(made.status, 201);
    for (let i = 0; i < 20; i++) assert.equal((await admin.get(`/leads/${recordOf(made).id}`)).status, 200);
    const found = await admin.get('/leads?filter[name]=After the parting');
    assert.equal(found.json.data.length, 1);
    assert.equal(pair.standby.sql(pair.name, "SELECT 1 FROM leads WHERE name = 'After the parting'").length, 0);
});

test('another server is told by the mark that the client brings', { skip }, async () => {
    const made = await admin.post('/leads', { name: 'Told elsewhere' });
    const path = `/leads/${recordOf(made).id}`;
    await tenon.halt();
    await tenon.start(['--read-database', pair.standby.url(pair.name)]);
    const mark = made.headers.get('tenon-mark');
    for (let i = 0; i < 10; i++) {
        const read = await admin.get(path, { headers: { 'tenon-mark': mark } });
        assert.equal(read.status, 200);
        assert.equal((await admin.get(path)).status, 404, 'without it the copy is asked, which does not have it');
    }
});

test('where the copy is away, the database itself answers', { skip }, async () => {
    await pair.standby.halt('SIGQUIT');
    for (let i = 0; i < 20; i++) {
        const list = await admin.get('/leads?filter[name]=Told elsewhere');
        assert.equal(list.status, 200, list.text);
        assert.equal(list.json.data.length, 1);
    }
});
