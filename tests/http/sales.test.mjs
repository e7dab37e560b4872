// sales.test.mjs - how a sales team works: a lead's life from its first minute to the client that it becomes, told in the words
// of
// those who use it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { errorsOf, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['sales_agent', 'supervisor'] });
after(() => tenon.stop());
const { admin, sales_agent: agent, supervisor } = tenon.a;

const made = async (who, path, body) => {
    const answer = await who.post(path, body);
    assert.equal(answer.status, 201, `POST ${path}: ${answer.text.slice(0, 300)}`);
    return recordOf(answer);
};
const changed = async (who, path, body) => {
    const answer = await who.patch(path, body);
    assert.equal(answer.status, 200, `PATCH ${path}: ${answer.text.slice(0, 300)}`);
    return recordOf(answer);
};
const read = async (who, path) => recordOf(await who.get(path));
const refused = (answer, status, field) => {
    assert.equal(answer.status, status, answer.text.slice(0, 300));
    if (field) assert.ok(errorsOf(answer).some((e) => e.field === field), answer.text.slice(0, 300));
};
const undo = async (who, set) => {
    const answer = await who.post(`/change_sets/${set}/undo`, {});
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
};
const statuses = async () => (await admin.get('/lead_statuses?limit=200')).json.data;
const status = async (test_) => (await statuses()).find(test_);
let serial = 0;
const newStatus = (about) => made(admin, '/lead_statuses', { name: `Status ${++serial}`, position: 50 + serial, ...about });
const lead = (about) => made(agent, '/leads', { name: 'Meridian Dental', ...about });

/* ---- statuses ---------------------------------------------------------------------------------------------------------------
 * */

test('a new lead starts in the status for new leads and belongs to who made it', async () => {
    const first = await status((s) => s.is_default);
    const one = await lead();
    assert.equal(one.lead_status_id, first.id);
    assert.equal(one.assigned_to_id, agent.userId);
    assert.equal(one.created_by_id, agent.userId);
    assert.deepEqual([one.currency, one.priority, one.version], ['AUD', 'medium', 1]);
});

test('a status may ask for a note: without one the lead stays where it is', async () => {
    const asks = await newStatus({ requires_note: true });
    const one = await lead();
    refused(await agent.patch(`/leads/${one.id}`, { lead_status_id: asks.id }), 422, 'note');
    refused(await agent.patch(`/leads/${one.id}`, { lead_status_id: asks.id, note: '   ' }), 422, 'note');
    const still = await read(agent, `/leads/${one.id}`);
    assert.deepEqual([still.lead_status_id, still.version], [one.lead_status_id, 1]);
    const moved = await changed(agent, `/leads/${one.id}`, { lead_status_id: asks.id, note: 'Wants two quotes.' });
    assert.equal(moved.lead_status_id, asks.id);
    assert.ok(!('note' in moved), 'the note is kept with the move, not in the lead');
    const [activity] = (await agent.get(`/leads/${one.id}/lead_activities?filter[type]=status_change`)).json.data;
    assert.equal(activity.payload.note, 'Wants two quotes.');
    assert.deepEqual([activity.payload.from_id, activity.payload.to_id], [one.lead_status_id, asks.id]);
    assert.equal(activity.payload.to, asks.name);
    assert.equal(activity.user_id, agent.userId);
});

test('a status may ask for a follow-up date, set in the same step', async () => {
    const asks = await newStatus({ requires_followup_date: true });
    const one = await lead({ next_followup_at: '2031-01-01T00:00:00Z' });
    refused(await agent.patch(`/leads/${one.id}`, { lead_status_id: asks.id }), 422, 'next_followup_at');
    refused(await agent.patch(`/leads/${one.id}`, { lead_status_id: asks.id, next_followup_at: null }), 422, 'next_followup_at');
    const moved = await changed(agent, `/leads/${one.id}`, { lead_status_id: asks.id, next_followup_at: '2031-02-03T04:05:06Z' });
    assert.equal(Date.parse(moved.next_followup_at), Date.parse('2031-02-03T04:05:06Z'));
    const both = await newStatus({ requires_note: true, requires_followup_date: true });
    const answer = await agent.patch(`/leads/${one.id}`, { lead_status_id: both.id });
    assert.deepEqual(errorsOf(answer).map((e) => e.field).sort(), ['next_followup_at', 'note'], 'both faults are told at once');
});

test('the time in a status counts from the move', async () => {
    const one = await lead();
    const other = await newStatus({});
    const renamed = await changed(agent, `/leads/${one.id}`, { city: 'Perth' });
    assert.equal(renamed.status_changed_at, one.status_changed_at);
    const moved = await changed(agent, `/leads/${one.id}`, { lead_status_id: other.id });
    assert.ok(moved.status_changed_at > one.status_changed_at);
});

test('a status that leads are in cannot be deleted, and it says how many', async () => {
    const used = await newStatus({});
    for (let i = 0; i < 3; i++) await lead({ lead_status_id: used.id });
    const answer = await admin.delete(`/lead_statuses/${used.id}`);
    refused(answer, 409);
    assert.match(answer.json.detail, /\b3 leads\b/);
    const rows = (await admin.get(`/leads?filter[lead_status_id]=${used.id}`)).json.data;
    const bulk = await admin.post('/leads/bulk', { ids: rows.map((r) => r.id), set: { lead_status_id: rows[0].lead_status_id } });
    assert.equal(bulk.status, 200);
    const other = await status((s) => s.is_default);
    await admin.post('/leads/bulk', { filter: { lead_status_id: used.id }, set: { lead_status_id: other.id } });
    assert.equal((await admin.delete(`/lead_statuses/${used.id}`)).status, 204);
});

test('exactly one status is for new leads: another takes it, nobody drops it', async () => {
    const before = await status((s) => s.is_default);
    refused(await admin.patch(`/lead_statuses/${before.id}`, { is_default: false }), 422, 'is_default');
    refused(await admin.delete(`/lead_statuses/${before.id}`), 409);
    const other = await newStatus({ is_default: true });
    assert.deepEqual((await statuses()).filter((s) => s.is_default).map((s) => s.id), [other.id]);
    assert.equal((await lead()).lead_status_id, other.id);
    await changed(admin, `/lead_statuses/${before.id}`, { is_default: true });
    assert.deepEqual((await statuses()).filter((s) => s.is_default).map((s) => s.id), [before.id]);
});

test('a status is won or lost, not both, and either is closed', async () => {
    refused(await admin.post('/lead_statuses', { name: 'Both', is_won: true, is_lost: true }), 422, 'is_lost');
    const won = await newStatus({ is_won: true });
    assert.equal(won.is_closed, true);
    refused(await admin.patch(`/lead_statuses/${won.id}`, { is_lost: true }), 422, 'is_lost');
    const lost = await changed(admin, `/lead_statuses/${won.id}`, { is_won: false, is_lost: true });
    assert.deepEqual([lost.is_won, lost.is_lost, lost.is_closed], [false, true, true]);
});

test('two statuses have no name in common', async () => {
    const one = await newStatus({});
    refused(await admin.post('/lead_statuses', { name: one.name }), 409, 'name');
});

/* ---- activities, contact and score -------------------------------------------------------------------------------------------
 * */

test('what happened with a lead is written once and stays', async () => {
    const one = await lead();
    const activity = await made(agent, '/lead_activities', { lead_id: one.id, type: 'call', payload: { text: 'No answer' } });
    for (const who of [agent, admin]) {
        const patched = await who.patch(`/lead_activities/${activity.id}`, { payload: { text: 'Yes' } });
        assert.ok([403, 405, 409].includes(patched.status), `${patched.status}`);
        const deleted = await who.delete(`/lead_activities/${activity.id}`);
        assert.ok([403, 405, 409].includes(deleted.status), `${deleted.status}`);
    }
    assert.deepEqual((await read(agent, `/lead_activities/${activity.id}`)).payload, { text: 'No answer' });
    refused(await agent.post('/lead_activities', { lead_id: one.id, type: 'status_change', payload: {} }), 422, 'type');
});

test('a note, a call or a meeting is a contact with the lead', async () => {
    const one = await lead();
    assert.equal(one.last_contacted_at, null);
    const note = await made(agent, `/leads/${one.id}/notes`, { content: 'Spoke at the fair.' });
    const noted = await read(agent, `/leads/${one.id}`);
    assert.equal(noted.last_contacted_at, note.created_at);
    refused(await agent.patch(`/leads/${one.id}`, { last_contacted_at: '2020-01-01T00:00:00Z' }), 422, 'last_contacted_at');
    const other = await lead();
    await made(agent, '/sales_activities', { lead_id: other.id, type: 'phone_call', description: 'Called back' });
    assert.notEqual((await read(agent, `/leads/${other.id}`)).last_contacted_at, null);
    const planned = await lead();
    const meeting = { lead_id: planned.id, type: 'meeting', description: 'On site', scheduled_at: '2031-01-01T00:00:00Z' };
    const activity = await made(agent, '/sales_activities', meeting);
    assert.equal((await read(agent, `/leads/${planned.id}`)).last_contacted_at, null, 'a plan is no contact');
    await changed(agent, `/sales_activities/${activity.id}`, { completed_at: '2026-01-01T10:00:00Z' });
    assert.equal(Date.parse((await read(agent, `/leads/${planned.id}`)).last_contacted_at), Date.parse('2026-01-01T10:00:00Z'));
});

test('the score follows what is known of a lead, and the rating follows the score', async () => {
    const one = await lead();
    assert.deepEqual([one.score, one.rating], [0, 'cold']);
    const known = await changed(agent, `/leads/${one.id}`, { email: 'a@meridian.example', phone: '02 9374 4000',
        company_name: 'Meridian' });
    assert.equal(known.score, 30);
    const worth = await changed(agent, `/leads/${one.id}`, { estimated_value: '100000.00' });
    assert.deepEqual([worth.score, worth.rating], [55, 'warm']);
    const settled = await changed(agent, `/leads/${one.id}`, { qualification_criteria: { budget: true, authority: true,
        need: true, timeline: true } });
    assert.deepEqual([settled.score, settled.rating], [75, 'hot']);
    const poorer = await changed(agent, `/leads/${one.id}`, { email: null, estimated_value: '10.00' });
    assert.deepEqual([poorer.score, poorer.rating], [45, 'warm']);
});

test('a score or rating set by hand stays until it is given back', async () => {
    const one = await lead({ score: 90 });
    assert.deepEqual([one.score, one.score_is_manual, one.rating], [90, true, 'hot']);
    const more = await changed(agent, `/leads/${one.id}`, { email: 'b@meridian.example' });
    assert.equal(more.score, 90);
    const rated = await changed(agent, `/leads/${one.id}`, { rating: 'cold' });
    assert.deepEqual([rated.rating, rated.rating_is_manual, rated.score], ['cold', true, 90]);
    const given = await changed(agent, `/leads/${one.id}`, { score_is_manual: false, rating: null });
    assert.deepEqual([given.score, given.score_is_manual, given.rating, given.rating_is_manual], [10, false, 'cold', false]);
});

/* ---- becoming a client -------------------------------------------------------------------------------------------------------
 * */

test('a lead becomes a client once, with its person as primary contact, each pointing to the other', async () => {
    const one = await lead({ first_name: 'Ada', last_name: 'Byron', company_name: 'Byron Solar', email: 'ada@byron.example',
        phone: '02 9374 4111',
        estimated_value: '5000.00', address_line1: '1 High St', city: 'Perth', tags: ['vip'] });
    const converted = await agent.post(`/leads/${one.id}/convert`, {});
    assert.equal(converted.status, 200, converted.text);
    const now = recordOf(converted);
    assert.notEqual(now.converted_at, null);
    assert.equal((await read(admin, `/lead_statuses/${now.lead_status_id}`)).is_won, true);
    const client = await read(agent, `/clients/${now.client_id}`);
    assert.deepEqual([client.name, client.lead_id, client.email, client.assigned_to_id, client.estimated_value, client.type],
        ['Byron Solar', one.id, 'ada@byron.example', agent.userId, '5000.00', 'company']);
    assert.deepEqual(client.tags, ['vip']);
    const contacts = (await agent.get(`/clients/${client.id}/contacts`)).json.data;
    assert.equal(contacts.length, 1);
    assert.deepEqual([contacts[0].first_name, contacts[0].lead_id, contacts[0].is_primary], ['Ada', one.id, true]);
    assert.deepEqual((await agent.get(`/clients/${client.id}/addresses`)).json.data.map((x) => x.address_line1), ['1 High St']);
    assert.deepEqual((await agent.get(`/leads?filter[client_id]=${client.id}`)).json.data.map((x) => x.id), [one.id]);
    refused(await agent.post(`/leads/${one.id}/convert`, {}), 409);
    assert.equal((await admin.get('/clients?filter[name]=Byron%20Solar&count=exact')).json.total, 1);
});

test('a conversion can be undone in one go', async () => {
    const one = await lead({ company_name: 'Undone Pty Ltd', email: 'u@undone.example' });
    const converted = await agent.post(`/leads/${one.id}/convert`, {});
    const { client_id: client } = recordOf(converted);
    const result = await undo(agent, converted.headers.get('change-set-id'));
    assert.equal(result.conflicts, 0);
    assert.equal((await admin.get(`/clients/${client}`)).status, 404);
    const now = await read(agent, `/leads/${one.id}`);
    assert.deepEqual([now.client_id, now.converted_at, now.lead_status_id], [null, null, one.lead_status_id]);
});

test('a client has one primary contact: another takes it over', async () => {
    const client = await made(agent, '/clients', { name: 'Primary Pty Ltd' });
    const first = await made(agent, '/contacts', { name: 'First', client_id: client.id, is_primary: true });
    const second = await made(agent, '/contacts', { name: 'Second', client_id: client.id, is_primary: true });
    assert.equal((await read(agent, `/contacts/${first.id}`)).is_primary, false);
    assert.equal((await read(agent, `/contacts/${second.id}`)).is_primary, true);
    const elsewhere = await made(agent, '/clients', { name: 'Elsewhere' });
    await made(agent, '/contacts', { name: 'Third', client_id: elsewhere.id, is_primary: true });
    assert.equal((await read(agent, `/contacts/${second.id}`)).is_primary, true, 'another client\'s does not count');
});

/* ---- many at once, and back --------------------------------------------------------------------------------------------------
 * */

test('a hundred leads change in one go and one undo takes it back', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, async (_, i) => (await lead({ name: `Bulk ${i}`,
        city: `City ${i}` })).id));
    const done = await agent.post('/leads/bulk', { ids, set: { city: 'Perth', priority: 'urgent' } });
    assert.deepEqual([done.status, done.json.done, done.json.failed], [200, 100, []]);
    const urgent = () => agent.all('/leads?filter[priority]=urgent&filter[city]=Perth');
    assert.equal((await urgent()).length, 100);
    assert.deepEqual(await undo(agent, done.json.change_set_id), { undone: 100, conflicts: 0 });
    assert.equal((await urgent()).length, 0);
    const back = (await agent.all('/leads?filter[name][starts]=Bulk')).map((r) => r.city).sort();
    assert.deepEqual(back, Array.from({ length: 100 }, (_, i) => `City ${i}`).sort());
    refused(await agent.post(`/change_sets/${done.json.change_set_id}/undo`, {}), 409);
});

test('a bulk edit tells which records it could not change, and changes the others', async () => {
    const asks = await newStatus({ requires_note: true });
    const ids = [(await lead()).id, (await lead()).id];
    const done = (await agent.post('/leads/bulk', { ids, set: { lead_status_id: asks.id } })).json;
    assert.equal(done.done, 0);
    assert.deepEqual(done.failed.map((f) => f.errors[0].field), ['note', 'note']);
    const noted = (await agent.post('/leads/bulk', { ids, set: { lead_status_id: asks.id, note: 'Campaign' } })).json;
    assert.equal(noted.done, 2);
});

test('a deleted client takes along what hangs on it, and undo brings back the same set', async () => {
    const client = await made(agent, '/clients', { name: 'Hanging Gardens' });
    const contact = await made(agent, '/contacts', { name: 'Gardener', client_id: client.id });
    const address = await made(agent, '/addresses', { client_id: client.id, contact_id: contact.id, address_line1: '2 Low St' });
    const note = await made(agent, `/clients/${client.id}/notes`, { content: 'Waters on Mondays' });
    const one = await lead({ client_id: client.id });
    const paths = [`/clients/${client.id}`, `/contacts/${contact.id}`, `/addresses/${address.id}`, `/notes/${note.id}`];
    const content = async (path) => {
        const { version, updated_at, updated_by_id, ...rest } = await read(supervisor, path);
        return rest;
    };
    const before = await Promise.all([...paths, `/leads/${one.id}`].map(content));
    const gone = await supervisor.delete(`/clients/${client.id}`);
    assert.equal(gone.status, 204);
    for (const path of paths) assert.equal((await supervisor.get(path)).status, 404, path);
    assert.equal((await read(supervisor, `/leads/${one.id}`)).client_id, null, 'the lead stays and lets go');
    const result = await undo(supervisor, gone.headers.get('change-set-id'));
    assert.equal(result.conflicts, 0);
    assert.deepEqual(await Promise.all([...paths, `/leads/${one.id}`].map(content)), before);
});

test('undo leaves what somebody changed since, and says so', async () => {
    const [one, two] = [await lead({ city: 'Perth' }), await lead({ city: 'Hobart' })];
    const done = (await agent.post('/leads/bulk', { ids: [one.id, two.id], set: { city: 'Darwin', region: 'NT' } })).json;
    await changed(supervisor, `/leads/${one.id}`, { city: 'Broome' });
    assert.deepEqual(await undo(agent, done.change_set_id), { undone: 2, conflicts: 1 });
    const now = [await read(agent, `/leads/${one.id}`), await read(agent, `/leads/${two.id}`)];
    assert.deepEqual(now.map((r) => [r.city, r.region]), [['Broome', null], ['Hobart', null]]);
});

test('a restored child waits for its parent', async () => {
    const client = await made(supervisor, '/clients', { name: 'Parent' });
    const contact = await made(supervisor, '/contacts', { name: 'Child', client_id: client.id });
    await supervisor.delete(`/contacts/${contact.id}`);
    await supervisor.delete(`/clients/${client.id}`);
    refused(await supervisor.post(`/contacts/${contact.id}/restore`, {}), 409, 'client_id');
    assert.equal((await supervisor.post(`/clients/${client.id}/restore`, {})).status, 200);
    assert.equal((await supervisor.get(`/contacts/${contact.id}`)).status, 404, 'it was deleted before');
    assert.equal((await supervisor.post(`/contacts/${contact.id}/restore`, {})).status, 200);
});

test('the audit log tells who changed what from what to what', async () => {
    const one = await lead({ city: 'Perth' });
    await changed(supervisor, `/leads/${one.id}`, { city: 'Hobart', estimated_value: '12.50',
        assigned_to_id: supervisor.userId });
    await supervisor.delete(`/leads/${one.id}`);
    const log = (await admin.get(`/audit_logs?filter[entity_type]=leads&filter[entity_id]=${one.id}&sort=created_at`)).json.data;
    assert.deepEqual(log.map((e) => [e.action, e.user_id]),
        [['created', agent.userId], ['updated', supervisor.userId], ['deleted', supervisor.userId]]);
    const { changes } = log[1];
    assert.deepEqual(changes.city, ['Perth', 'Hobart']);
    assert.deepEqual(changes.estimated_value, [null, '12.50']);
    assert.deepEqual(changes.assigned_to_id, [agent.userId, supervisor.userId]);
    assert.ok(!('name' in changes));
    for (const entry of log) {
        assert.match(entry.ip_address, /^127\.0\.0\.1$/);
        assert.ok(entry.request_id);
    }
    const unchanged = await changed(agent, `/leads/${(await lead({ city: 'Perth' })).id}`, { city: 'Perth' });
    assert.equal(unchanged.version, 1, 'a change that changes nothing is none');
    const entries = (await admin.get(`/audit_logs?filter[entity_id]=${unchanged.id}`)).json.data;
    assert.deepEqual(entries.map((e) => e.action), ['created']);
    for (const verb of ['patch', 'delete']) {
        const answer = await admin[verb](`/audit_logs/${log[0].id}`, verb === 'patch' ? { action: 'x' } : undefined);
        assert.ok([403, 405].includes(answer.status), `${answer.status}`);
    }
});

/* ---- lists -------------------------------------------------------------------------------------------------------------------
 * */

test('lists are filtered, sorted, cut to fields and joined with what they point to', async () => {
    const client = await made(agent, '/clients', { name: 'Listed' });
    for (const [name, value] of [['List a', '10.00'], ['List b', '30.00'], ['List c', '20.00'], ['List d', null]]) {
        await lead({ name, estimated_value: value, client_id: client.id });
    }
    const list = async (query) => (await agent.get(`/leads?filter[client_id]=${client.id}&${query}`)).json;
    const names = async (query) => (await list(query)).data.map((r) => r.name.slice(-1)).join('');
    assert.equal(await names('sort=estimated_value'), 'dacb');
    assert.equal(await names('sort=-estimated_value'), 'bcad');
    assert.equal(await names('filter[estimated_value][gte]=20'), 'cb'.split('').sort().reverse().join(''));
    assert.equal(await names('filter[estimated_value]='), 'd');
    assert.equal(await names('filter[estimated_value][ne]=&sort=name'), 'abc');
    assert.equal(await names('filter[name]=List%20a,List%20c&sort=name'), 'ac');
    assert.equal(await names('filter[name][eq]=List%20a,List%20c'), '');
    refused(await agent.get('/leads?filter[score][gte]='), 400, 'score');
    refused(await agent.get('/leads?filter[score]=many'), 400, 'score');
    const page = await list('sort=name&fields=id,name&include=client,assigned_to&limit=1&count=exact');
    assert.equal(page.total, 4);
    assert.ok(page.next);
    assert.deepEqual(Object.keys(page.data[0]).sort(), ['assigned_to', 'client', 'id', 'name']);
    assert.equal(page.data[0].client.name, 'Listed');
    assert.equal(page.data[0].assigned_to.id, agent.userId);
    refused(await agent.get(`/leads?sort=-name&cursor=${page.next}`), 400, 'cursor');
    refused(await agent.get('/leads?cursor=nonsense'), 400, 'cursor');
    const one = (await agent.get(`/leads/${page.data[0].id}?fields=name&include=client`)).json;
    assert.deepEqual(Object.keys(one).sort(), ['client', 'name']);
    refused(await agent.get(`/leads/${page.data[0].id}?limit=3`), 400, 'limit');
});

test('a child is made under the parent that the address names', async () => {
    const [client, other] = [await made(agent, '/clients', { name: 'One' }), await made(agent, '/clients', { name: 'Two' })];
    const contact = await made(agent, `/clients/${client.id}/contacts`, { name: 'Child', client_id: client.id });
    assert.equal(contact.client_id, client.id);
    refused(await agent.post(`/clients/${client.id}/contacts`, { name: 'Child', client_id: other.id }), 422, 'client_id');
    refused(await agent.post(`/clients/${client.id}/notes`, { content: 'x', subject_type: 'leads' }), 422, 'subject_type');
});

test('search among records that have no words finds none of another kind', async () => {
    await lead({ name: 'Zanzibar' });
    assert.equal((await agent.get('/search?q=zanzibar&entity=leads')).json.data.length, 1);
    for (const entity of ['lead_activities', 'change_sets', 'clients']) {
        assert.deepEqual((await agent.get(`/search?q=zanzibar&entity=${entity}`)).json?.data ?? [], [], entity);
    }
});

test('a part of a word finds what begins with it first, then what has it anywhere, in the search and in a list', async () => {
    for (const name of ['Okapi Moorhen', 'Brokapia Finch', 'Okapiland']) await lead({ name });
    const names = async (path) => (await agent.get(path)).json.data.map((hit) => hit.title ?? hit.name);
    assert.deepEqual(await names('/search?q=okapi'), ['Okapiland', 'Okapi Moorhen', 'Brokapia Finch']);
    assert.deepEqual(await names('/search?q=okapi%20moorh'), ['Okapi Moorhen']);
    assert.deepEqual(await names('/search?q=kapia%20inch'), ['Brokapia Finch']);
    assert.deepEqual(await names('/search?q=kapiq'), []);
    assert.deepEqual(await names('/leads?q=okapi&sort=name'), ['Brokapia Finch', 'Okapi Moorhen', 'Okapiland']);
    assert.deepEqual(await names('/leads?q=kapi&sort=-name&limit=1'), ['Okapiland']);
    assert.deepEqual(await names('/search?q=ka&entity=leads'), [], 'two letters are a beginning only');
});
