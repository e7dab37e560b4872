// merge.test.mjs - records that are the same are found, and two of them made one with all that hangs on them; undo takes it back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, signIn, tokenOf } from './browser.mjs';
import { errorsOf, recordOf, startTenon } from './support.mjs';
import { shape } from './shapes.mjs';
import { Maker } from './values.mjs';

const tenon = await startTenon({ roles: ['sales_agent', 'read_only'] });
after(() => tenon.stop());
const { admin, sales_agent: agent, read_only: reader } = tenon.a;
const other = tenon.b.admin;

const made = async (path, body, who = admin) => {
    const answer = await who.post(path, body);
    assert.equal(answer.status, 201, `POST ${path}: ${answer.text.slice(0, 300)}`);
    return recordOf(answer);
};
const read = async (path) => recordOf(await admin.get(path));
const merged = async (kept, gone, more = {}, path = '/leads') => {
    const answer = await admin.post(`${path}/${kept.id}/merge`, { with: gone.id, ...more });
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    return { record: recordOf(answer), set: answer.headers.get('change-set-id') };
};
const undo = async (set) => {
    const answer = await admin.post(`/change_sets/${set}/undo`, {});
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
};
const groups = async (path = '/leads', who = admin) => {
    const all = [];
    for (let next = ''; next !== null;) {
        const answer = await who.get(`${path}/duplicates?limit=5${next && `&cursor=${encodeURIComponent(next)}`}`);
        assert.equal(answer.status, 200, answer.text.slice(0, 300));
        all.push(...answer.json.data);
        next = answer.json.next;
    }
    return all;
};
const ids = (group) => group.records.map((r) => r.id);
const groupOf = async (record, path) => (await groups(path)).find((g) => ids(g).includes(record.id));

/* ---- finding ------------------------------------------------------------------------------------------------------------- */

test('records with the same e-mail, phone or a similar name are found together, each with the reason', async () => {
    const a = await made('/leads', { name: 'Quokka Wharf Pty Ltd', email: 'Desk@Quokka.example' });
    const b = await made('/leads', { name: 'Something Else', email: 'desk@quokka.example', phone: '0293744001' });
    const c = await made('/leads', { name: 'Third Of These', phone: '+61 2 9374 4001' });
    const d = await made('/leads', { name: 'Zebrina Bräuhaus GmbH' });
    const e = await made('/leads', { name: 'zebrina brauhuas' });
    const all = await groups();
    const by = (reason) => all.filter((g) => g.reasons.includes(reason)).map(ids);
    assert.deepEqual(by('email'), [[a.id, b.id]]);
    assert.deepEqual(by('phone'), [[b.id, c.id]]);
    assert.deepEqual(by('similar_name'), [[d.id, e.id]]);
    assert.deepEqual(all.map((g) => g.count), [2, 2, 2]);
});

test('numbers in names tell records apart, and one group is told once with all its reasons', async () => {
    await made('/clients', { name: 'Lot Holdings 11' });
    const twelve = await made('/clients', { name: 'Lot Holdings 12', email: 'a@lot.example', phone: '0293744777' });
    const again = await made('/clients', { name: 'Lot Holding 12', email: 'a@lot.example', phone: '0293744777' });
    const all = await groups('/clients');
    assert.deepEqual(all.map(ids), [[twelve.id, again.id]]);
    assert.deepEqual(all[0].reasons, ['email', 'phone', 'similar_name']);
});

test('pages of groups go on where the last ended and hold each group once', async () => {
    for (let i = 0; i < 13; i++)
        for (let k = 0; k < 2; k++) await made('/contacts', { name: `Person ${2 * i + k}`, email: `p${i}@pages.example` });
    const found = await groups('/contacts');
    assert.equal(found.length, 13);
    assert.equal(new Set(found.flatMap(ids)).size, 26);
});

test('what a person may not see is neither shown nor counted, and nothing of another company is', async () => {
    const mine = await made('/leads', { name: 'Mine Alone', email: 'secret@pair.example' }, agent);
    await made('/leads', { name: 'Not Theirs', email: 'secret@pair.example', assigned_to_id: admin.userId });
    const seen = await groups('/leads', agent);
    assert.ok(!seen.some((g) => ids(g).includes(mine.id)), 'the other of the pair is not theirs to see');
    assert.ok(await groupOf(mine));
    await made('/leads', { name: 'Elsewhere', email: 'secret@pair.example' }, other);
    assert.equal((await groupOf(mine)).count, 2);
    assert.deepEqual(await groups('/leads', other), []);
});

test('a cursor, a limit or a parameter that is none is refused', async () => {
    for (const query of ['cursor=abc', 'cursor=99:1', 'limit=0', 'limit=21', 'limit=x', 'sort=name'])
        assert.equal((await admin.get(`/leads/duplicates?${query}`)).status, 400, query);
});

/* ---- merging ------------------------------------------------------------------------------------------------------------- */

const pair = async (a = {}, b = {}) => [
    await made('/leads', { name: 'Kept One', ...a }), await made('/leads', { name: 'Gone One', ...b }),
];

test('the one that stays takes what it lacks, and what was chosen of the other', async () => {
    const [a, b] = await pair({ email: 'a@x.example', city: 'Perth' },
        { email: 'b@x.example', phone: '0293744002', city: 'Hobart' });
    const { record } = await merged(a, b);
    const { name, email, phone, city } = record;
    assert.deepEqual([name, email, phone, city], ['Kept One', 'a@x.example', '+61293744002', 'Perth']);
    const [c, d] = await pair({ email: 'a@x.example', city: 'Perth' }, { phone: '0293744003', city: 'Hobart' });
    const chosen = (await merged(c, d, { take: ['city'] })).record;
    assert.deepEqual([chosen.email, chosen.phone, chosen.city], ['a@x.example', null, 'Hobart']);
});

test('money comes along only in the currency of what stays, unless there is none yet', async () => {
    const [a, b] = await pair({ currency: 'EUR' }, { currency: 'USD', estimated_value: '500.00' });
    const both = (await merged(a, b)).record;
    assert.deepEqual([both.estimated_value, both.currency], ['500.00', 'USD']);
    const clients = [await made('/clients', { name: 'C', currency: 'EUR', hourly_rate: '10.00' }),
        await made('/clients', { name: 'D', currency: 'USD', estimated_value: '20.00' })];
    const refused = await admin.post(`/clients/${clients[0].id}/merge`, { with: clients[1].id, take: ['estimated_value'] });
    assert.equal(refused.status, 422);
    assert.deepEqual(errorsOf(refused).map((e) => [e.field, e.code]), [['estimated_value', 'other_currency']]);
    const kept = (await merged(clients[0], clients[1], {}, '/clients')).record;
    assert.deepEqual([kept.hourly_rate, kept.estimated_value, kept.currency], ['10.00', null, 'EUR']);
});

test('whatever hangs on it moves along, and undo brings both back with all of it', async () => {
    const maker = new Maker(tenon.schema, admin, shape);
    const kept = await made('/clients', { name: 'Kept Client' }), gone = await made('/clients', { name: 'Gone Client' });
    const children = [];
    for (const entity of tenon.schema.filter((e) => !e.internal && !e.read_only && e.name !== 'clients')) {
        const by = entity.fields.filter((f) => f.to === 'clients' && !f.read_only).map((f) => f.name);
        const subject = entity.fields.find((f) => f.name === 'subject_type')?.subjects?.includes('clients');
        if (!by.length && !subject) continue;
        const about = Object.fromEntries(by.map((name) => [name, gone.id]));
        if (subject) Object.assign(about, { subject_type: 'clients', subject_id: gone.id });
        try {
            const { record } = await maker.create(entity.name, 'min', about);
            children.push({ path: `/${entity.name}/${record.id}`, by: [...by, ...(subject ? ['subject_id'] : [])] });
        } catch { /* its rules ask for more than a client */ }
    }
    assert.ok(children.length > 15, `${children.length} kinds of records hang on it`);
    const before = await Promise.all(children.map((c) => read(c.path)));
    const { set } = await merged(kept, gone, {}, '/clients');
    let moved = 0;
    for (const [i, child] of children.entries()) {
        const now = await read(child.path);
        for (const name of child.by) {
            if (before[i][name] !== gone.id) continue;
            assert.equal(now?.[name], kept.id, `${child.path} ${name}`);
            moved++;
        }
    }
    assert.ok(moved > 15);
    const back = await undo(set);
    assert.equal(back.conflicts, 0, JSON.stringify(back));
    assert.equal((await read(`/clients/${gone.id}`)).name, 'Gone Client');
    for (const [i, child] of children.entries()) {
        const now = await read(child.path);
        for (const name of child.by) assert.equal(now[name], before[i][name], `${child.path} ${name} after undo`);
    }
});

test('what is about a lead and its history are those of both afterwards', async () => {
    const [a, b] = await pair();
    const about = { subject_type: 'leads', subject_id: b.id };
    const note = await made('/notes', { content: 'Called back.', ...about });
    const task = await made('/tasks', { title: 'Ring', ...about });
    const file = recordOf(await admin.upload('/files', about, 'content', 'a.txt'));
    const history = async (lead) => (await admin.get(`/leads/${lead.id}/lead_activities`)).json.data.map((r) => r.id).sort();
    const [kept, gone] = [await history(a), await history(b)];
    assert.ok(gone.length > 0, 'there is history');
    const { set } = await merged(a, b);
    for (const [path, record] of [['notes', note], ['tasks', task], ['files', file]])
        assert.equal((await read(`/${path}/${record.id}`)).subject_id, a.id, path);
    const both = await history(a);
    for (const id of [...kept, ...gone]) assert.ok(both.includes(id), 'no activity is lost');
    assert.equal((await undo(set)).conflicts, 0);
    assert.equal((await read(`/notes/${note.id}`)).subject_id, b.id);
    assert.deepEqual(await history(b), gone);
});

test('what both have by a unique key is merged in turn, and nothing below it is lost', async () => {
    const developments = [];
    for (const name of ['Kept Estate', 'Gone Estate']) developments.push(await made('/developments', { name }));
    const stages = [];
    for (const d of developments) stages.push(await made('/stages', { development_id: d.id, name: 'Stage 1' }));
    const lot = await made('/lots', { stage_id: stages[1].id, lot_number: '7' });
    const answer = await admin.post(`/developments/${developments[0].id}/merge`, { with: developments[1].id });
    assert.equal(answer.status, 200, answer.text);
    const moved = await read(`/lots/${lot.id}`);
    assert.deepEqual([moved.development_id, moved.stage_id], [developments[0].id, stages[0].id]);
    assert.equal((await read(`/developments/${developments[0].id}`)).total_lots, 1, 'what is kept of them is counted anew');
    assert.equal((await undo(answer.headers.get('change-set-id'))).conflicts, 0);
    const back = await read(`/lots/${lot.id}`);
    assert.deepEqual([back.development_id, back.stage_id], [developments[1].id, stages[1].id]);
    for (const [i, count] of [0, 1].entries())
        assert.equal((await read(`/developments/${developments[i].id}`)).total_lots, count);
});

test('what goes to the bin leads on to what it became, until undo brings it back', async () => {
    const [a, b] = await pair({}, { email: 'b@gone.example' });
    const [c] = await pair();
    const { set } = await merged(a, b);
    const answer = await admin.get(`/leads/${b.id}?fields=id,email`);
    assert.equal(answer.status, 307);
    assert.equal(answer.headers.get('location'), `/api/v1/leads/${a.id}?fields=id,email`);
    assert.equal((await admin.patch(`/leads/${b.id}`, { city: 'Perth' })).status, 404);
    assert.equal(recordOf(await admin.get(`/leads/${b.id}?trash=true`)).id, b.id, 'the bin has it');
    const second = await merged(c, a);
    assert.equal((await admin.get(`/leads/${b.id}`)).headers.get('location'), `/api/v1/leads/${c.id}`, 'also over two merges');
    await undo(second.set);
    await undo(set);
    assert.equal((await read(`/leads/${b.id}`)).email, 'b@gone.example');
    assert.equal((await read(`/leads/${a.id}`)).email, null);
    assert.equal((await admin.delete(`/leads/${b.id}`)).status, 204);
    assert.equal((await admin.get(`/leads/${b.id}`)).status, 404, 'deleted by hand it leads nowhere');
});

test('a note that was in the bin comes back to what its lead became', async () => {
    const [a, b] = await pair();
    const client = await made('/clients', { name: 'Gone With Contact' });
    const stays = await made('/clients', { name: 'Stays For Contact' });
    const note = await made('/notes', { content: 'Old.', subject_type: 'leads', subject_id: b.id });
    const contact = await made('/contacts', { name: 'Ann', client_id: client.id });
    await admin.delete(`/notes/${note.id}`);
    await admin.delete(`/contacts/${contact.id}`);
    await merged(a, b);
    await merged(stays, client, {}, '/clients');
    assert.equal(recordOf(await admin.post(`/notes/${note.id}/restore`, {})).subject_id, a.id);
    assert.equal(recordOf(await admin.post(`/contacts/${contact.id}/restore`, {})).client_id, stays.id);
});

test('the audit log tells both sides, in one change-set', async () => {
    const [a, b] = await pair();
    const { set } = await merged(a, b);
    const about = 'filter[entity_type]=leads&limit=50&filter[action]=merged';
    const entries = async (lead) => (await admin.get(`/audit_logs?${about}&filter[entity_id]=${lead.id}`)).json.data;
    const [of, into] = [await entries(a), await entries(b)];
    assert.deepEqual([of.length, into.length], [1, 1]);
    assert.deepEqual([of[0].changes, into[0].changes], [{ merged: [null, b.id] }, { into: [null, a.id] }]);
    assert.deepEqual([of[0].change_set_id, into[0].change_set_id], [Number(set), Number(set)]);
});

/* ---- what is refused ----------------------------------------------------------------------------------------------------- */

test('a version that is another by now is refused, of either record', async () => {
    const [a, b] = await pair();
    await admin.patch(`/leads/${b.id}`, { city: 'Perth' });
    const stale = await admin.post(`/leads/${a.id}/merge`, { with: b.id, version: 1, with_version: 1 });
    assert.deepEqual([stale.status, errorsOf(stale)[0].code], [409, 'stale']);
    await admin.patch(`/leads/${a.id}`, { city: 'Perth' });
    assert.equal((await admin.post(`/leads/${a.id}/merge`, { with: b.id, version: 1, with_version: 2 })).status, 409);
    assert.equal((await admin.post(`/leads/${a.id}/merge`, { with: b.id }, { headers: { 'if-match': '"1"' } })).status, 409);
    assert.equal((await admin.post(`/leads/${a.id}/merge`, { with: b.id, version: 2, with_version: 2 })).status, 200);
});

test('what is no merge is refused, and nothing happens', async () => {
    const [a, b] = await pair();
    const send = (body) => admin.post(`/leads/${a.id}/merge`, body);
    const bad = [{}, { with: a.id }, { with: 'x' }, { with: b.id, take: 'city' }, { with: b.id, take: ['nope'] },
        { with: b.id, take: ['status_changed_at'] }, { with: b.id, keep: [] }];
    for (const body of bad) assert.equal((await send(body)).status, 422, JSON.stringify(body));
    assert.equal((await send({ with: 2 ** 52 + 1 })).status, 404);
    assert.equal((await admin.post(`/users/${admin.userId}/merge`, { with: agent.userId })).status, 404, 'people are not merged');
    assert.equal((await read(`/leads/${b.id}`)).version, 1);
});

test('it takes the right to change both and to delete the one that goes', async () => {
    const mine = await made('/leads', { name: 'Of the agent' }, agent);
    const theirs = await made('/leads', { name: 'Of the admin', assigned_to_id: admin.userId });
    for (const [kept, gone] of [[mine, theirs], [theirs, mine]])
        assert.ok([403, 404].includes((await agent.post(`/leads/${kept.id}/merge`, { with: gone.id })).status));
    assert.equal((await reader.post(`/leads/${mine.id}/merge`, { with: theirs.id })).status, 403);
    const elsewhere = await made('/leads', { name: 'Elsewhere' }, other);
    assert.equal((await admin.post(`/leads/${theirs.id}/merge`, { with: elsewhere.id })).status, 404);
    assert.equal((await admin.post(`/leads/${elsewhere.id}/merge`, { with: theirs.id })).status, 404);
    assert.equal((await read(`/leads/${theirs.id}`)).version, 1);
});

test('a rule that is against a value stops all of it', async () => {
    const asks = await made('/lead_statuses', { name: 'Asks for a note', position: 70, requires_note: true });
    const [a, b] = await pair();
    assert.equal((await admin.patch(`/leads/${b.id}`, { lead_status_id: asks.id, note: 'So.' })).status, 200);
    const refused = await admin.post(`/leads/${a.id}/merge`, { with: b.id, take: ['lead_status_id'] });
    assert.deepEqual([refused.status, errorsOf(refused)[0].field], [422, 'note'], refused.text);
    assert.equal((await admin.get(`/leads/${b.id}`)).status, 200);
});

/* ---- pages --------------------------------------------------------------------------------------------------------------- */

test('pages show the groups, both records side by side, and merge by an ordinary form', async () => {
    const cookie = await signIn(tenon, admin);
    const csrf = await tokenOf(tenon, cookie);
    const get = (path) => ask(tenon, 'GET', path, { headers: { cookie } });
    const email = 'page@pair.example';
    const [a, b] = await pair({ email, city: 'Perth' }, { email, city: 'Hobart', phone: '0293744009' });
    const list = await get('/leads/duplicates');
    assert.equal(list.status, 200);
    assert.ok(list.text.includes(`/leads/${a.id}/merge?with=${b.id}`), 'the group leads to the two');
    assert.match(list.text, /Same e-mail/);
    const form = await get(`/leads/${a.id}/merge?with=${b.id}`);
    assert.equal(form.status, 200);
    const chosen = [...form.text.matchAll(/name="take\.(\w+)" value="(\w+)" checked/g)].map((m) => `${m[1]} ${m[2]}`);
    assert.ok(chosen.includes('phone other'), `what it lacks is chosen of the other: ${chosen}`);
    assert.ok(chosen.includes('city kept'));
    assert.ok(!chosen.some((c) => c.startsWith('email ')), 'what is the same is not asked');
    const send = (fields) => ask(tenon, 'POST', `/leads/${a.id}/merge`, {
        headers: { cookie }, form: { _csrf: csrf, with: b.id, version: 1, with_version: 1, ...fields } });
    await admin.patch(`/leads/${b.id}`, { next_step: 'Ring' });
    const stale = await send({ 'take.city': 'other' });
    assert.equal(stale.status, 409);
    assert.match(stale.text, /Somebody else has changed Gone One/);
    assert.match(stale.text, /name="take\.city" value="other" checked/);
    const done = await send({ with_version: 2, 'take.city': 'other', 'take.phone': 'other' });
    assert.equal(done.status, 303, done.text.slice(0, 500));
    assert.match(done.headers.location, new RegExp(`^/leads/${a.id}\\?done=merged&undo=\\d+$`));
    const now = await read(`/leads/${a.id}`);
    assert.deepEqual([now.city, now.phone], ['Hobart', '+61293744009']);
    const moved = await get(`/leads/${b.id}`);
    assert.deepEqual([moved.status, moved.headers.location], [303, `/leads/${a.id}`]);
    assert.equal((await get(`/leads/${b.id}?trash=true`)).status, 200, 'the bin shows it');
    const bin = await get('/leads?trash=true');
    assert.ok(bin.text.includes(`/leads/${b.id}?trash=true`), 'and leads to it');
});

test('two chosen rows of a list lead to the two side by side, any other number does not', async () => {
    const cookie = await signIn(tenon, admin);
    const csrf = await tokenOf(tenon, cookie);
    const [a, b] = await pair();
    const send = (list) => ask(tenon, 'POST', '/leads/selection', { headers: { cookie },
        form: [['_csrf', csrf], ['do', 'merge'], ...list.map((r) => ['id', r.id])] });
    const two = await send([b, a]);
    assert.deepEqual([two.status, two.headers.location], [303, `/leads/${a.id}/merge?with=${b.id}`]);
    assert.equal((await send([a])).status, 422);
});
