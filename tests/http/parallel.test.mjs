// parallel.test.mjs - what must happen once happens once, however many ask at the same time.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordOf, startTenon } from './support.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const MANY = 60;
const all = (n, ask) => Promise.all(Array.from({ length: n }, (_, i) => ask(i)));
const tally = (answers) => {
    const counts = {};
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
};

test('one idempotency key makes one record and gives one answer', async () => {
    const answers = await all(MANY, () => admin.post('/leads', { name: 'Once only' },
        { headers: { 'idempotency-key': 'parallel-1' } }));
    const made = answers.filter((a) => a.status === 201);
    assert.ok(made.length >= 1, JSON.stringify(tally(answers)));
    assert.equal(new Set(made.map((a) => recordOf(a).id)).size, 1);
    assert.ok(answers.every((a) => [201, 409].includes(a.status)), JSON.stringify(tally(answers)));
    assert.equal((await admin.all('/leads?filter[name]=Once%20only')).length, 1);
});

test('of many who read the same version one changes it', async () => {
    const lead = recordOf(await admin.post('/leads', { name: 'Contended' }));
    const etag = (await admin.get(`/leads/${lead.id}`)).headers.get('etag');
    const answers = await all(MANY, (i) => admin.patch(`/leads/${lead.id}`, { next_step: `step ${i}` },
        { headers: { 'if-match': etag } }));
    assert.deepEqual(tally(answers), { 200: 1, 412: MANY - 1 });
});

test('of many who take the same name one gets it', async () => {
    const answers = await all(MANY, () => admin.post('/lead_sources', { name: 'Fair', type: 'offline' }));
    assert.deepEqual(tally(answers), { 201: 1, 409: MANY - 1 });
});

test('a lead is converted once', async () => {
    const lead = recordOf(await admin.post('/leads', { name: 'Ada Lovelace', company_name: 'Engines' }));
    const answers = await all(20, () => admin.post(`/leads/${lead.id}/convert`, {}));
    assert.equal(answers.filter((a) => a.status === 200).length, 1, JSON.stringify(tally(answers)));
    assert.equal((await admin.all('/clients?filter[name][contains]=Engines')).length, 1);
});

test('wrong passwords sent at once do not beat the limit', async () => {
    const body = { email: 'admin@tenant-b.example.com', password: 'a wrong guess' };
    const answers = await all(40, () => tenon.nobody.post('/auth/login', body));
    const counts = tally(answers);
    assert.ok((counts[401] ?? 0) <= 10, JSON.stringify(counts));
    assert.equal((counts[401] ?? 0) + (counts[429] ?? 0), 40, JSON.stringify(counts));
    assert.ok(answers.find((a) => a.status === 429).headers.get('retry-after') > 0);
});

test('the counts can fail: without a key every request makes its own record', async () => {
    await all(5, () => admin.post('/leads', { name: 'Each its own' }));
    assert.equal((await admin.all('/leads?filter[name]=Each%20its%20own')).length, 5);
});
