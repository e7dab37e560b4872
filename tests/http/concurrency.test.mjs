// concurrency.test.mjs - many at once: one key makes one record, one version takes one change, ids never meet, and readers see
// whole records while others write.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordOf, startTenon } from './support.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const times = (n, run) => Promise.all(Array.from({ length: n }, (_, i) => run(i)));
const count = async (path) => (await admin.get(`${path}${path.includes('?') ? '&' : '?'}limit=1&count=exact`)).json.total;

test('50 creations with one Idempotency-Key make one record, and all get it', async () => {
    const options = { headers: { 'idempotency-key': 'one-and-the-same' } };
    const answers = await times(50, () => admin.post('/leads', { name: 'Meridian' }, options));
    assert.deepEqual([...new Set(answers.map((x) => x.status))], [201]);
    assert.equal(new Set(answers.map((x) => recordOf(x).id)).size, 1);
    assert.equal(answers.filter((x) => x.headers.get('idempotency-replayed') === null).length, 1);
    assert.equal(await count('/leads?filter[name]=Meridian'), 1);
    assert.equal((await admin.post('/leads', { name: 'Another' }, options)).status, 422);
    assert.equal(await count('/leads?filter[name]=Another'), 0);
});

test('a creation that was refused does not use its key up', async () => {
    const options = { headers: { 'idempotency-key': 'second-try' } };
    assert.equal((await admin.post('/leads', { name: 'X', score: 101 }, options)).status, 422);
    assert.equal((await admin.post('/leads', { name: 'X', score: 100 }, options)).status, 201);
});

test('of 50 changes to one version one wins, the others are told that it is stale', async () => {
    const lead = recordOf(await admin.post('/leads', { name: 'Contested' }));
    const headers = { 'if-match': '"1"' };
    const answers = await times(50, (i) => admin.patch(`/leads/${lead.id}`, { city: `City ${i}` }, { headers }));
    const won = answers.filter((x) => x.status === 200);
    assert.equal(won.length, 1);
    assert.equal(answers.filter((x) => x.status === 412).length, 49);
    const now = await admin.get(`/leads/${lead.id}`);
    assert.equal(now.json.city, recordOf(won[0]).city);
    assert.equal(now.json.version, 2);
    const entries = (await admin.get(`/audit_logs?filter[entity_id]=${lead.id}&filter[action]=updated`)).json.data;
    assert.equal(entries.length, 1, 'the losers left no trace');
});

test('50 changes to different fields without a version all stand', async () => {
    const lead = recordOf(await admin.post('/leads', { name: 'Busy' }));
    const fields = ['city', 'region', 'postal_code', 'country', 'job_title'];
    const answers = await times(50, (i) => admin.patch(`/leads/${lead.id}`, { [fields[i % 5]]: `v${Math.floor(i / 5)}` }));
    assert.deepEqual([...new Set(answers.map((x) => x.status))], [200]);
    const now = (await admin.get(`/leads/${lead.id}`)).json;
    for (const f of fields) assert.match(now[f], /^v\d$/);
    const versions = answers.map((x) => recordOf(x).version);
    assert.equal(new Set(versions).size, 50, 'each change has a version of its own');
    assert.equal(now.version, Math.max(...versions));
});

test('records made at the same time have ids of their own, over entities and tenants', async () => {
    const makers = [['/leads', { name: 'L' }], ['/clients', { name: 'C' }], ['/tasks', { title: 'T' }]];
    const answers = await times(150, (i) => (i % 2 ? admin : tenon.b.admin).post(...makers[i % 3]));
    assert.deepEqual([...new Set(answers.map((x) => x.status))], [201]);
    const ids = answers.map((x) => recordOf(x).id);
    assert.equal(new Set(ids).size, 150);
    assert.ok(ids.every(Number.isSafeInteger));
});

test('a unique name goes to one of many who want it', async () => {
    const answers = await times(20, () => admin.post('/tags', { name: 'vip' }));
    assert.equal(answers.filter((x) => x.status === 201).length, 1);
    assert.equal(answers.filter((x) => x.status === 409 && x.json.errors[0].field === 'name').length, 19);
});

test('a flag that one may have has one owner after everybody took it', async () => {
    const client = recordOf(await admin.post('/clients', { name: 'Flagged' }));
    const answers = await times(20, (i) => admin.post('/contacts', { name: `P${i}`, client_id: client.id, is_primary: true }));
    assert.deepEqual([...new Set(answers.map((x) => x.status))], [201]);
    assert.equal(await count(`/contacts?filter[client_id]=${client.id}&filter[is_primary]=true`), 1);
    assert.equal(await count(`/contacts?filter[client_id]=${client.id}`), 20);
});

test('a lead that 20 convert at once becomes one client', async () => {
    const lead = recordOf(await admin.post('/leads', { name: 'Once', company_name: 'Once Only Pty Ltd' }));
    const answers = await times(20, () => admin.post(`/leads/${lead.id}/convert`, {}));
    assert.equal(answers.filter((x) => x.status === 200).length, 1);
    assert.equal(answers.filter((x) => x.status === 409).length, 19);
    assert.equal(await count('/clients?filter[name]=Once%20Only%20Pty%20Ltd'), 1);
});

test('readers see each record whole while it is written', async () => {
    const lead = recordOf(await admin.post('/leads', { name: 'v0', city: 'v0', country: 'v0' }));
    let writing = true;
    const torn = [];
    let reads = 0;
    const read = async () => {
        while (writing) {
            const one = (await admin.get(`/leads/${lead.id}`)).json;
            const listed = (await admin.get(`/leads?filter[id]=${lead.id}`)).json.data[0];
            for (const r of [one, listed]) {
                reads++;
                if (new Set([r.name, r.city, r.country]).size !== 1) torn.push([r.name, r.city, r.country]);
            }
        }
    };
    const readers = [read(), read(), read()];
    for (let i = 1; i <= 60; i++) {
        const v = `v${i}`;
        assert.equal((await admin.patch(`/leads/${lead.id}`, { name: v, city: v, country: v })).status, 200);
        assert.equal((await admin.get(`/leads/${lead.id}`)).json.name, v, 'who wrote reads what was written');
    }
    writing = false;
    await Promise.all(readers);
    assert.deepEqual(torn, []);
    assert.ok(reads > 60, `${reads} reads`);
});

test('pages hold each record once while others are made and deleted', async () => {
    const first = await times(40, (i) => admin.post('/tasks', { title: `page ${String(i).padStart(2, '0')}` }));
    const ids = first.map((x) => recordOf(x).id);
    let done = false;
    const churn = (async () => {
        while (!done) {
            const t = recordOf(await admin.post('/tasks', { title: 'page 99 churn' }));
            await admin.delete(`/tasks/${t.id}`);
        }
    })();
    for (let round = 0; round < 3; round++) {
        const rows = await admin.all('/tasks?filter[title][starts]=page&sort=title', 7);
        const seen = rows.map((r) => r.id).filter((id) => ids.includes(id));
        assert.equal(seen.length, 40);
        assert.equal(new Set(seen).size, 40);
    }
    done = true;
    await churn;
});
