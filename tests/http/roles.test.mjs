// roles.test.mjs - what each of the nine built-in roles may read, create, change and delete, on every way to a record. What lies
// beyond their reach answers exactly as what does not exist.
//
// Records come in places: "mine" is assigned to whoever asks (or hangs on what is), "branch" belongs to their branch, "foreign"
// is
// somebody else's elsewhere. "own" was written by the one who asks.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordOf, startTenon } from './support.mjs';

const ROLES = ['supervisor', 'sales_agent', 'support_agent', 'technician', 'accountant', 'dispatcher', 'crew', 'read_only'];
const tenon = await startTenon({ roles: ROLES });
after(() => tenon.stop());
const { a } = tenon;
const { admin } = a;
const ABSENT = 2 ** 52 + 1;
const PLACES = ['mine', 'branch', 'foreign'];
const ENTITIES = ['leads', 'clients', 'contacts', 'notes', 'tasks', 'files'];

const ALL = 'mine branch foreign own';
// What a role may do, and in which places; an empty text: in none, nothing written: not at all.
const RIGHTS = {
    tenant_admin: Object.fromEntries(ENTITIES.map((e) => [e, { create: true, read: ALL, update: ALL, delete: ALL }])),
    supervisor: Object.fromEntries(ENTITIES.map((e) => [e, { create: true, read: ALL, update: ALL, delete: ALL }])),
    sales_agent: {
        leads: { create: true, read: 'mine own', update: 'mine own', delete: 'mine own' },
        clients: { create: true, read: 'mine own', update: 'mine own' },
        contacts: { create: true, read: 'mine own', update: 'mine own' },
        notes: { create: true, read: 'mine own', update: 'own', delete: 'own' },
        tasks: { create: true, read: 'mine own', update: 'mine own', delete: 'mine own' },
        files: { create: true, read: 'mine own', update: 'own', delete: 'own' },
    },
    support_agent: {
        clients: { read: ALL },
        contacts: { create: true, read: ALL, update: ALL },
        notes: { create: true, read: ALL, update: 'own', delete: 'own' },
        tasks: { create: true, read: 'mine own', update: 'mine own', delete: 'mine own' },
        files: { create: true, read: ALL, update: 'own', delete: 'own' },
    },
    technician: {
        clients: { read: ALL },
        contacts: { read: ALL },
        notes: { create: true, read: ALL, update: 'own', delete: 'own' },
        tasks: { create: true, read: 'mine own', update: 'mine own' },
        files: { create: true, read: ALL, update: 'own', delete: 'own' },
    },
    accountant: {
        clients: { read: ALL, update: ALL },
        contacts: { read: ALL, update: ALL },
        notes: { create: true, read: ALL, update: 'own', delete: 'own' },
        tasks: { create: true, read: 'mine own', update: 'mine own', delete: 'mine own' },
        files: { create: true, read: ALL, update: 'own', delete: 'own' },
    },
    dispatcher: {
        leads: { read: 'mine branch own' },
        clients: { read: 'mine branch own', update: 'mine branch own' },
        contacts: { read: 'mine branch own' },
        notes: { create: true, read: 'mine branch own', update: 'own', delete: 'own' },
        tasks: { create: true, read: ALL, update: ALL, delete: ALL },
        files: { create: true, read: 'mine branch own', update: 'own', delete: 'own' },
    },
    crew: {
        notes: { create: true, read: 'own' },
        tasks: { read: 'mine', update: 'mine' },
    },
    read_only: Object.fromEntries(ENTITIES.map((e) => [e, { read: ALL }])),
};
// Who may take which records along in a file; as far as they may be read.
const EXPORTS = {
    tenant_admin: ENTITIES, supervisor: ENTITIES, sales_agent: ['leads', 'clients', 'contacts', 'tasks'],
    support_agent: ['tasks'], accountant: ['clients', 'contacts'],
};
const right = (role, entity, verb) => RIGHTS[role][entity]?.[verb];
const reaches = (role, entity, verb, place) => (right(role, entity, verb) ?? '').split(' ').includes(place);

let serial = 0;
const word = (place) => `${place}${++serial}x`;
// Files come as forms, all else as JSON.
const post = (client, path, body) => {
    if (!path.endsWith('/files')) return client.post(path, body);
    const form = new FormData();
    for (const [key, value] of Object.entries(body)) form.append(key, String(value));
    form.append('file', new Blob(['Hello']), 'hello.txt');
    return client.request('POST', path, { body: form });
};
const made = async (client, path, body) => {
    const answer = await post(client, path, body);
    assert.equal(answer.status, 201, `POST ${path}: ${answer.text.slice(0, 300)}`);
    return recordOf(answer);
};

const east = await made(admin, '/locations', { name: 'East' });
const west = await made(admin, '/locations', { name: 'West' });

// One record of each entity in each place, for the user with this role.
async function scene(role) {
    const { userId } = a[role];
    const there = {};
    for (const place of PLACES) {
        const about = { assigned_to_id: place === 'mine' ? userId : admin.userId };
        const branch = { location_id: place === 'branch' ? east.id : west.id };
        const client = await made(admin, '/clients', { name: word(place), email: `${word(place)}@x.example`, ...about,
            ...branch });
        there[place] = {
            clients: client,
            leads: await made(admin, '/leads', { name: word(place), email: `${word(place)}@x.example`, ...about, ...branch }),
            contacts: await made(admin, '/contacts', { name: word(place), client_id: client.id }),
            notes: await made(admin, '/notes', { content: word(place), subject_type: 'clients', subject_id: client.id }),
            tasks: await made(admin, '/tasks', { title: word(place), ...about }),
            files: await made(admin, '/files', { name: word(place), client_id: client.id }),
        };
    }
    return there;
}

// A record that the user makes, as far as the role may.
async function written(role, there) {
    const onMine = role === 'crew' ? { subject_type: 'tasks', subject_id: there.mine.tasks.id }
        : { subject_type: 'clients', subject_id: there.mine.clients.id };
    const bodies = {
        leads: { name: word('own') }, clients: { name: word('own') }, tasks: { title: word('own') },
        contacts: { name: word('own'), client_id: there.mine.clients.id },
        notes: { content: word('own'), ...onMine }, files: { name: word('own'), ...onMine },
    };
    const own = {};
    for (const entity of ENTITIES) {
        const answer = await post(a[role], `/${entity}`, bodies[entity]);
        if (right(role, entity, 'create')) {
            assert.equal(answer.status, 201, `${role} creates ${entity}: ${answer.text.slice(0, 200)}`);
            own[entity] = recordOf(answer);
        } else assert.equal(answer.status, 403, `${role} may not create ${entity}: ${answer.text.slice(0, 200)}`);
    }
    return own;
}

// An answer without what names the request or the record.
const bare = (answer, id) => `${answer.status} ${answer.text.replaceAll(String(id), 'ID').replace(/"instance":"[^"]*",?/, '')}`;
const FIELD = { leads: 'city', clients: 'industry', contacts: 'city', notes: 'title', tasks: 'title', files: 'category' };
const name = (record) => record.name ?? record.content ?? record.title;

async function everyWay(role, verb, entity, id) {
    const client = a[role];
    const ways = {
        read: [['GET', `/${entity}/${id}`]],
        update: [['PATCH', `/${entity}/${id}`, { [FIELD[entity]]: 'Changed' }],
            ['PATCH', `/${entity}/${id}`, { [FIELD[entity]]: 'Changed' }, { 'if-match': '"77"' }],
            ['PATCH', `/${entity}/${id}`, { no_such_field: 1 }]],
        delete: [['DELETE', `/${entity}/${id}`], ['DELETE', `/${entity}/${id}`, undefined, { 'if-match': '"77"' }],
            ['POST', `/${entity}/${id}/restore`, {}]],
    };
    const answers = [];
    for (const [method, path, json, headers] of ways[verb]) answers.push(await client.request(method, path, { json, headers }));
    return answers.map((x) => bare(x, id));
}

for (const role of ['tenant_admin', ...ROLES]) {
    a[role] ??= admin;
    test(`${role}: reads, changes and deletes in its places, and elsewhere finds nothing`, async () => {
        if (role === 'dispatcher') await admin.patch(`/users/${a[role].userId}`, { location_id: east.id });
        const client = a[role];
        const there = await scene(role);
        there.own = await written(role, there);
        const faults = [];
        for (const entity of ENTITIES) {
            for (const place of [...PLACES, 'own'].filter((p) => there[p][entity])) {
                const { id } = there[place][entity];
                const visible = reaches(role, entity, 'read', place);
                for (const verb of ['read', 'update', 'delete']) {
                    if (reaches(role, entity, verb, place)) continue;
                    const answers = await everyWay(role, verb, entity, id);
                    const absent = await everyWay(role, verb, entity, ABSENT);
                    const none = right(role, entity, verb) === undefined;
                    for (const [i, answer] of answers.entries()) {
                        const expected = none || (visible && verb !== 'read') ? '403' : '404';
                        if (!answer.startsWith(expected)) faults.push(`${verb} ${place} ${entity}: ${answer}`);
                        const hidden = !visible || none;
                        if (hidden && answer !== absent[i]) faults.push(`${verb} ${place} ${entity}: ${answer} but ${absent[i]}`);
                    }
                }
                if (visible) {
                    const read = await client.get(`/${entity}/${id}`);
                    if (read.status !== 200) faults.push(`read ${place} ${entity}: ${read.status}`);
                }
                if (reaches(role, entity, 'update', place)) {
                    const changed = await client.patch(`/${entity}/${id}`, { [FIELD[entity]]: `${name(there[place][entity])}` });
                    if (changed.status !== 200) faults.push(`update ${place} ${entity}: ${changed.text}`);
                }
            }
        }
        assert.deepEqual(faults, []);
        await lists(role, there);
        await deletes(role, there);
    });
}

// Lists, counts, filters, searches and child routes show what may be read and nothing else.
async function lists(role, there) {
    const client = a[role];
    const faults = [];
    for (const entity of ENTITIES) {
        const places = [...PLACES, 'own'].filter((p) => there[p][entity]);
        const visible = places.filter((p) => reaches(role, entity, 'read', p));
        const ids = (rows) => places.filter((p) => rows.some((r) => r.id === there[p][entity].id));
        const same = (what, rows, expected) => {
            if (ids(rows).join() !== expected.join()) faults.push(`${what} of ${entity}: ${ids(rows)} and not ${expected}`);
        };
        const every = places.map((p) => there[p][entity].id).join();
        const list = await client.get(`/${entity}?limit=200&filter[id][in]=${every}&count=exact`);
        if (right(role, entity, 'read') === undefined) {
            if (list.status !== 403) faults.push(`list of ${entity}: ${list.status}`);
        } else {
            same('list', list.json.data, visible);
            if (list.json.total !== visible.length) faults.push(`count of ${entity}: ${list.json.total}`);
        }
        const file = await client.get(`/${entity}/export?format=json&filter[id][in]=${every}`);
        if (EXPORTS[role]?.includes(entity)) same('export', file.json ?? [], visible);
        else if (file.status !== 403) faults.push(`export of ${entity}: ${file.status}`);
        for (const place of places) {
            const text = name(there[place][entity]);
            const hits = (await client.get(`/search?q=${text}`)).json.data.filter((h) => h.entity === entity);
            same(`search for ${place}`, hits, visible.filter((p) => p === place));
            const field = { notes: 'content', tasks: 'title' }[entity] ?? 'name';
            const by = await client.get(`/${entity}?filter[${field}][contains]=${text}`);
            if (by.status === 200) same(`filter for ${place}`, by.json.data, visible.filter((p) => p === place));
        }
    }
    for (const place of PLACES) {
        for (const [child, parent] of [['contacts', 'clients'], ['notes', 'clients'], ['files', 'clients'], ['notes', 'leads']]) {
            const parentId = there[place][parent].id;
            const path = (id) => `/${parent}/${id}/${child}`;
            const list = await client.get(path(parentId));
            if (!reaches(role, parent, 'read', place)) {
                if (bare(list, parentId) !== bare(await client.get(path(ABSENT)),
                    ABSENT)) faults.push(`${path(place)}: ${list.text}`);
                const add = (id) => post(client, path(id), { name: 'x', content: 'x' });
                const answer = await add(parentId);
                if (answer.status < 400 || bare(answer, parentId) !== bare(await add(ABSENT), ABSENT)) {
                    faults.push(`POST ${path(place)}: ${answer.text}`);
                }
            } else if (list.status === 200 && parent === 'clients') {
                const shown = list.json.data.some((r) => r.id === there[place][child].id);
                if (shown !== reaches(role, child, 'read', place)) faults.push(`${path(place)}: ${list.text}`);
            }
        }
    }
    assert.deepEqual(faults, [], role);
}

async function deletes(role, there) {
    const client = a[role];
    for (const entity of ['notes', 'tasks', 'files', 'contacts', 'leads', 'clients']) {
        for (const place of [...PLACES, 'own'].filter((p) => there[p][entity] && reaches(role, entity, 'delete', p))) {
            const path = `/${entity}/${there[place][entity].id}`;
            const gone = await client.delete(path);
            assert.equal(gone.status, 204, `${role} deletes ${place} ${entity}: ${gone.text}`);
            assert.equal((await client.get(path)).status, 404);
            const back = await client.post(`/change_sets/${gone.headers.get('change-set-id')}/undo`, {});
            assert.equal(back.status, 200, `${role} undoes: ${back.text}`);
            assert.equal((await client.get(path)).status, 200, `${role} has ${place} ${entity} back`);
        }
    }
}

/* ---- further ways in ------------------------------------------------------------------------------------------------------- */

test('a record cannot be made to point at what its maker may not see', async () => {
    const there = await scene('sales_agent');
    const { sales_agent: agent } = a;
    const foreign = there.foreign.clients.id;
    for (const [path, field, body] of [
        ['/contacts', 'client_id', { name: 'X' }], ['/leads', 'client_id', { name: 'X' }],
        ['/notes', 'subject_id', { content: 'X', subject_type: 'clients' }],
        ['/tasks', 'subject_id', { title: 'X', subject_type: 'clients' }], ['/files', 'client_id', { name: 'X' }],
    ]) {
        const answer = await post(agent, path, { ...body, [field]: foreign });
        const absent = await post(agent, path, { ...body, [field]: ABSENT });
        assert.equal(answer.status, 422, answer.text);
        assert.equal(bare(answer, foreign), bare(absent, ABSENT));
    }
    const mine = there.mine.leads.id;
    const moved = await agent.patch(`/leads/${mine}`, { client_id: foreign });
    assert.equal(bare(moved, foreign), bare(await agent.patch(`/leads/${mine}`, { client_id: ABSENT }), ABSENT));
    assert.equal((await admin.patch(`/leads/${mine}`, { client_id: foreign })).status, 200);
    const seen = await agent.get(`/leads/${mine}?include=client`);
    assert.equal(seen.json.client, null, 'what it points to is not shown beside it');
});

test('the own records of a colleague are foreign, also by filters on what they hold', async () => {
    const there = await scene('sales_agent');
    const { sales_agent: agent } = a;
    const { email, name: called } = there.foreign.leads;
    for (const query of [`filter[email]=${email}`, `filter[name]=${called}`, `filter[name][starts]=${called.slice(0, 6)}`,
        `filter[assigned_to_id]=${admin.userId}`, `filter[id]=${there.foreign.leads.id}`, `q=${called}`,
        `filter[location_id]=${west.id}&filter[assigned_to_id][ne]=${agent.userId}`]) {
        const answer = await agent.get(`/leads?${query}&count=exact`);
        assert.deepEqual([answer.json.data.filter((r) => r.id === there.foreign.leads.id), answer.status], [[], 200], query);
    }
    const byClient = await agent.get(`/contacts?filter[client_id]=${there.foreign.clients.id}&count=exact`);
    assert.deepEqual([byClient.json.data, byClient.json.total], [[], 0]);
});

test('bulk changes reach as far as single ones', async () => {
    const there = await scene('sales_agent');
    const { sales_agent: agent } = a;
    const [mine, foreign] = [there.mine.leads.id, there.foreign.leads.id];
    const some = (await agent.post('/leads/bulk', { ids: [mine, foreign, ABSENT], set: { city: 'Perth' } })).json;
    assert.equal(some.done, 1);
    assert.deepEqual(some.failed.map((f) => f.id).sort(), [foreign, ABSENT].sort());
    assert.deepEqual(some.failed[0].errors, some.failed[1].errors);
    const none = (await agent.post('/leads/bulk', { filter: { id: [foreign] }, delete: true })).json;
    assert.deepEqual([none.done, none.failed], [0, []]);
    assert.equal((await admin.get(`/leads/${foreign}`)).json.city, null);
    const acted = (await agent.post('/leads/bulk', { ids: [foreign], action: 'convert' })).json;
    assert.equal(acted.done, 0);
    assert.equal((await a.read_only.post('/leads/bulk', { ids: [mine], set: { city: 'X' } })).status, 403);
});

test('actions and undo of others\' work answer like absent ones', async () => {
    const there = await scene('sales_agent');
    const { sales_agent: agent } = a;
    const foreign = there.foreign.leads.id;
    const converted = await agent.post(`/leads/${foreign}/convert`, {});
    assert.equal(bare(converted, foreign), bare(await agent.post(`/leads/${ABSENT}/convert`, {}), ABSENT));
    const set = (await admin.delete(`/leads/${foreign}`)).headers.get('change-set-id');
    const undone = await agent.post(`/change_sets/${set}/undo`, {});
    assert.equal(undone.status, 404);
    assert.equal(bare(undone, set), bare(await agent.post(`/change_sets/${ABSENT}/undo`, {}), ABSENT));
    const restored = await agent.post(`/leads/${foreign}/restore`, {});
    assert.equal(bare(restored, foreign), bare(await agent.post(`/leads/${ABSENT}/restore`, {}), ABSENT));
    assert.deepEqual((await agent.get(`/leads?trash=true&filter[id]=${foreign}`)).json.data, []);
});

test('the stream of events tells of what one may read', async () => {
    const there = await scene('sales_agent');
    const { sales_agent: agent } = a;
    const stop = new AbortController();
    const response = await fetch(`${tenon.url}/api/v1/events`, {
        headers: { authorization: `Bearer ${agent.key}`, accept: 'text/event-stream' }, signal: stop.signal,
    });
    const reader = response.body.getReader();
    let heard = '';
    const until = async (text) => {
        const late = setTimeout(() => stop.abort(), 60_000);
        while (!heard.includes(text)) {
            const { done, value } = await reader.read();
            if (done) break;
            heard += new TextDecoder().decode(value);
        }
        clearTimeout(late);
    };
    await until('retry');
    await admin.patch(`/leads/${there.foreign.leads.id}`, { city: 'Perth' });
    await admin.patch(`/clients/${there.foreign.clients.id}`, { industry: 'Steel' });
    await admin.patch(`/leads/${there.mine.leads.id}`, { city: 'Perth' });
    await until(String(there.mine.leads.id));
    stop.abort();
    assert.ok(heard.includes(String(there.mine.leads.id)));
    for (const entity of ENTITIES) assert.ok(!heard.includes(String(there.foreign[entity].id)), entity);
});

/* ---- at once ----------------------------------------------------------------------------------------------------------------
 * */

test('what a role is given or loses counts from the next request on', async () => {
    const there = await scene('crew');
    const { crew } = a;
    const lead = `/leads/${there.foreign.leads.id}`;
    assert.equal((await crew.get(lead)).status, 403);
    const role = (await admin.get('/roles?filter[name]=crew')).json.data[0];
    const grant = await made(admin, '/role_permissions', { role_id: role.id, resource: 'leads', action: 'read', scope: 'all' });
    assert.equal((await crew.get(lead)).status, 200);
    const narrowed = await admin.patch(`/role_permissions/${grant.id}`, { scope: 'own' });
    assert.equal(narrowed.status, 200, narrowed.text);
    assert.equal((await crew.get(lead)).status, 404);
    assert.equal((await admin.delete(`/role_permissions/${grant.id}`)).status, 204);
    assert.equal((await crew.get(lead)).status, 403);
});

test('a denial to one person beats their roles at once, and a further role widens them', async () => {
    const there = await scene('support_agent');
    const { support_agent: agent } = a;
    const client = `/clients/${there.foreign.clients.id}`;
    assert.equal((await agent.get(client)).status, 200);
    const denial = await made(admin, '/user_permissions', { user_id: agent.userId, resource: 'clients', action: 'read',
        granted: false });
    assert.equal((await agent.get(client)).status, 403);
    assert.equal((await agent.get(`/contacts/${there.foreign.contacts.id}`)).status, 404, 'nor what hangs on it');
    const role = (await admin.get('/roles?filter[name]=supervisor')).json.data[0];
    const wider = await made(admin, '/role_users', { user_id: agent.userId, role_id: role.id });
    assert.equal((await agent.get(client)).status, 403, 'the denial still beats');
    assert.equal((await agent.get(`/leads/${there.foreign.leads.id}`)).status, 200);
    assert.equal((await admin.delete(`/user_permissions/${denial.id}`)).status, 204);
    assert.equal((await agent.get(client)).status, 200);
    assert.equal((await admin.delete(`/role_users/${wider.id}`)).status, 204);
    assert.equal((await agent.get(`/leads/${there.foreign.leads.id}`)).status, 403);
});

test('the branch that somebody works at decides at once', async () => {
    const there = await scene('dispatcher');
    const { dispatcher } = a;
    const client = `/clients/${there.branch.clients.id}`;
    assert.equal((await dispatcher.get(client)).status, 200);
    await admin.patch(`/users/${dispatcher.userId}`, { location_id: west.id });
    assert.equal((await dispatcher.get(client)).status, 404);
    const also = await made(admin, '/user_locations', { user_id: dispatcher.userId, location_id: east.id });
    assert.equal((await dispatcher.get(client)).status, 200);
    assert.equal((await admin.delete(`/user_locations/${also.id}`)).status, 204);
    assert.equal((await dispatcher.get(client)).status, 404);
});

test('whoever is disabled is out at once, with session and key', async () => {
    const { technician } = a;
    const login = await tenon.nobody.post('/auth/login', { email: technician.email, password: technician.password });
    assert.equal(login.status, 200, login.text);
    const session = { headers: { authorization: `Bearer ${login.json.token}` } };
    assert.equal((await tenon.nobody.get('/me', session)).status, 200);
    assert.equal((await technician.get('/me')).status, 200);
    assert.equal((await admin.patch(`/users/${technician.userId}`, { is_active: false })).status, 200);
    assert.equal((await technician.get('/me')).status, 401);
    assert.equal((await tenon.nobody.get('/me', session)).status, 401);
    const again = await tenon.nobody.post('/auth/login', { email: technician.email, password: technician.password });
    assert.equal(again.status, 401);
    assert.equal((await admin.patch(`/users/${technician.userId}`, { is_active: true })).status, 200);
    assert.equal((await tenon.nobody.get('/me', session)).status, 401, 'the session does not come back');
    assert.equal((await technician.get('/me')).status, 200);
});

test('nobody below an administrator gives themselves more', async () => {
    for (const role of ROLES) {
        const client = a[role];
        const named = (await admin.get('/roles?filter[name]=tenant_admin')).json.data[0];
        for (const [path, body] of [
            ['/role_users', { user_id: client.userId, role_id: named.id }],
            ['/role_permissions', { role_id: named.id, resource: 'leads', action: 'read', scope: 'all' }],
            ['/user_permissions', { user_id: client.userId, resource: '*', action: '*', scope: 'all' }],
            ['/users', { name: 'X', email: 'x@x.example' }], ['/roles', { name: 'x', label: 'X' }],
            ['/user_locations', { user_id: client.userId, location_id: east.id }],
        ]) assert.equal((await client.post(path, body)).status, 403, `${role} ${path}`);
        for (const path of [`/users/${client.userId}`, `/users/${admin.userId}`, `/tenants/${a.id}`, `/roles/${named.id}`]) {
            assert.equal((await client.patch(path, { name: 'X' })).status, 403, `${role} ${path}`);
        }
    }
});
