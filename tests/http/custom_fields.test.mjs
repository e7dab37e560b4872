// custom_fields.test.mjs - fields that a company adds: each kind is kept, refused, filtered, sorted, paged, described, exported,
// imported and found like a declared one; nobody else's company knows it; and what is removed comes back with its values.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { errorsOf, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['supervisor', 'sales_agent'] });
after(() => tenon.stop());
const { admin, supervisor, sales_agent: agent } = tenon.a;
const other = tenon.b.admin;

const define = async (body, who = admin) => {
    const answer = await who.post('/custom_fields', { entity: 'leads', is_filterable: true, ...body });
    assert.equal(answer.status, 201, answer.text);
    return recordOf(answer);
};
const lead = async (custom, more = {}, who = admin) => {
    const answer = await who.post('/leads', { name: `Lead ${Math.random()}`, ...more, custom_fields: custom });
    assert.equal(answer.status, 201, answer.text);
    return recordOf(answer);
};
const ids = (rows) => rows.map((row) => row.id);
const read = async (id) => recordOf(await admin.get(`/leads/${id}`));

const contacts = [];
for (const first of ['Ada', 'Bob', 'Cyd']) contacts.push(recordOf(await admin.post('/contacts', { first_name: first })));

// Three values of each kind in rising order, what a filter by the middle one says, and what is refused.
const kinds = [
    { kind: 'text', label: 'Roof type', values: ['flat', 'hip "old" \\u0041 <é🏠>', 'tin'], wrong: [5, 'x'.repeat(1001), 'a\nb'] },
    { kind: 'number', label: 'Panels', values: [-4, 0, 9007199254740991], wrong: ['many', 1.5, true] },
    { kind: 'number', label: 'Power', digits: 2, values: ['-1.50', '0.25', '12.75'], wrong: ['1.234', 'x'] },
    { kind: 'money', label: 'Rebate', values: ['-5.00', '10.50', '99999.99'], wrong: ['1.234', 'x'] },
    { kind: 'date', label: 'Built on', values: ['1999-12-31', '2024-02-29', '2031-01-01'], wrong: ['2023-02-29', 'soon'] },
    { kind: 'choice', label: 'Colour', choices: ['black', 'deep red', 'white'], values: ['black', 'deep red', 'white'],
        wrong: ['green', 1] },
    { kind: 'boolean', label: 'Heritage', values: [false, true], wrong: ['perhaps', 7] },
    { kind: 'reference', label: 'Architect', target: 'contacts', values: ids(contacts), wrong: [1, 'Nobody'] },
    { kind: 'url', label: 'Plan', values: ['https://a.example/', 'https://b.example/x?y=1', 'https://c.example/'],
        wrong: ['no address', 3] },
];

for (const about of kinds) {
    const { kind, label, values, wrong } = about;
    const what = about.digits ? 'a decimal' : kind;
    const { values: _, wrong: __, ...body } = about;
    const state = {};

    test(`${what}: what is added is there at once, kept as given, and changed`, async () => {
        state.field = await define(body);
        const { name } = state.field;
        assert.match(name, /^[a-z][a-z0-9_]*$/, 'made from the label');
        state.leads = [];
        for (const value of values) state.leads.push(await lead({ [name]: value }));
        state.leads.push(await lead({}));
        for (const [i, value] of values.entries()) {
            assert.deepEqual(state.leads[i].custom_fields[name], value);
            assert.deepEqual((await read(state.leads[i].id)).custom_fields[name], value);
        }
        assert.equal(state.leads.at(-1).custom_fields[name], null);
        const [one] = state.leads;
        const changed = await admin.patch(`/leads/${one.id}`, { [`cf_${name}`]: values[1] });
        assert.deepEqual(recordOf(changed).custom_fields[name], values[1], 'by its own name too');
        await admin.patch(`/leads/${one.id}`, { custom_fields: { [name]: values[0] } });
        const only = await admin.get(`/leads/${one.id}?fields=id,cf_${name}`);
        assert.deepEqual(recordOf(only), { id: one.id, custom_fields: { [name]: values[0] } });
        const all = recordOf(await admin.get(`/leads/${one.id}?fields=custom_fields`));
        assert.deepEqual(all, { custom_fields: (await read(one.id)).custom_fields });
    });

    test(`${what}: what its kind refuses is refused and named`, async () => {
        const key = `cf_${state.field.name}`;
        for (const value of wrong) {
            const answer = await admin.post('/leads', { name: 'Wrong', custom_fields: { [state.field.name]: value } });
            assert.ok([400, 422].includes(answer.status), `${JSON.stringify(value)}: ${answer.status} ${answer.text}`);
            assert.ok(errorsOf(answer).some((e) => e.field === key), answer.text);
        }
        assert.deepEqual((await admin.get(`/leads?q=Wrong&filter[name]=Wrong`)).json.data, []);
    });

    test(`${what}: lists filter and sort by it, page by page`, async () => {
        const key = `cf_${state.field.name}`;
        const of = async (query) => ids(await admin.all(`/leads?${query}`, 2));
        const rising = ids(state.leads).slice(0, values.length);
        const [first] = state.leads, last = state.leads[values.length - 1], none = state.leads[values.length];
        const among = `filter[id]=${ids(state.leads).join(',')}`;
        for (const [i, value] of values.entries()) {
            const said = encodeURIComponent(value);
            assert.deepEqual(await of(`filter[${key}][eq]=${said}`), [rising[i]], `equals ${value}`);
        }
        assert.deepEqual(await of(`${among}&filter[${key}][null]=true`), [none.id]);
        assert.deepEqual((await of(`${among}&filter[${key}][null]=false&sort=id`)), [...rising].sort((a, b) => a - b));
        if (kind === 'reference') { // as no reference is
            assert.equal((await admin.get(`/leads?sort=${key}`)).status, 400);
        } else {
            assert.deepEqual(await of(`${among}&sort=${key}`), [none.id, ...rising]);
            assert.deepEqual(await of(`${among}&sort=-${key}`), [...rising].reverse().concat(none.id));
            assert.deepEqual(await of(`${among}&sort=${key},-created_at`), [none.id, ...rising]);
        }
        if (['number', 'money', 'date'].includes(kind)) {
            const middle = encodeURIComponent(values[1]);
            assert.deepEqual(await of(`filter[${key}][gt]=${middle}`), [last.id]);
            assert.deepEqual(await of(`filter[${key}][lte]=${middle}&sort=${key}`), [first.id, rising[1]]);
        }
        if (kind === 'text') {
            assert.deepEqual(await of(`filter[${key}][contains]=OLD`), [rising[1]]);
            assert.deepEqual(await of(`filter[${key}][starts]=ti`), [rising[2]]);
        }
        const bad = await admin.get(`/leads?filter[${key}][within_reach]=1`);
        assert.equal(bad.status, 400);
    });

    test(`${what}: another company knows nothing of it`, async () => {
        const key = `cf_${state.field.name}`;
        for (const path of [`/leads?filter[${key}]=1`, `/leads?sort=${key}`, `/leads?fields=${key}`]) {
            const answer = await other.get(path);
            assert.equal(answer.status, 400, `${path}: ${answer.text}`);
        }
        for (const body of [{ [key]: values[0] }, { custom_fields: { [state.field.name]: values[0] } }]) {
            const answer = await other.post('/leads', { name: 'Foreign', ...body });
            assert.equal(answer.status, 422);
            assert.deepEqual(errorsOf(answer).map((e) => [e.field, e.code]), [[key, 'unknown_field']]);
        }
        assert.equal((await other.get(`/custom_fields/${state.field.id}`)).status, 404);
        const own = recordOf(await other.post('/leads', { name: 'Own' }));
        assert.equal(own.custom_fields, null);
    });

    test(`${what}: what is exported is imported again`, async () => {
        const key = `cf_${state.field.name}`;
        const among = ids(state.leads).join(',');
        const csv = await admin.get(`/leads/export?filter[id]=${among}&fields=id,name,${key}`);
        assert.equal(csv.status, 200, csv.text);
        assert.ok(csv.text.split('\r\n', 1)[0].split(',').includes(key), csv.text);
        const json = (await admin.get(`/leads/export?format=json&filter[id]=${among}&sort=id`)).json;
        assert.deepEqual(json.map((row) => row.custom_fields[state.field.name]),
            [...state.leads].sort((a, b) => a.id - b.id).map((row) => row.custom_fields[state.field.name]));
        const xlsx = await admin.get(`/leads/export?format=xlsx&filter[id]=${among}`);
        assert.equal(xlsx.status, 200);
        const copy = csv.text.replace(/^\d+,/gm, '').replace(/^id,/, '').replace(/Lead 0/g, `Copy of ${kind} 0`);
        const run = await admin.request('POST', '/leads/import', { body: copy, headers: { 'content-type': 'text/csv' } });
        assert.equal(run.json?.new, values.length + 1, run.text);
        const copies = await admin.all(`/leads?filter[name][starts]=Copy of ${kind} 0`);
        const said = (rows) => rows.map((row) => `${row.custom_fields[state.field.name]}`).sort();
        assert.deepEqual(said(copies), said(state.leads));
        const bad = `name,${key}\nBad one,"${wrong.at(-1)}"\n`;
        if (!['text', 'boolean', 'url'].includes(kind)) {
            const headers = { 'content-type': 'text/csv' };
            const refused = await admin.request('POST', '/leads/import?dry_run=true', { body: bad, headers });
            assert.deepEqual([refused.json?.new, refused.json?.bad], [0, 1], refused.text);
        }
        for (const row of copies) assert.equal((await admin.delete(`/leads/${row.id}`)).status, 204);
    });

    test(`${what}: the description of the API names it to its company only`, async () => {
        const { name } = state.field;
        const custom = async (who) => {
            const { components, paths } = (await who.get('/openapi.json')).json;
            const filters = paths['/leads'].get.parameters.map((p) => p.name);
            assert.equal(filters.includes(`filter[cf_${name}]`), who === admin);
            return ['leads', 'leads_input', 'leads_change'].map((s) => components.schemas[s].properties.custom_fields
                .anyOf[0].properties[name]?.description?.startsWith(label));
        };
        assert.deepEqual(await custom(admin), [true, true, true]);
        assert.deepEqual(await custom(other), [undefined, undefined, undefined]);
        assert.deepEqual(await custom(tenon.nobody), [undefined, undefined, undefined]);
    });

    test(`${what}: removed it is unknown, restored it has its values again`, async () => {
        const { id, name } = state.field, [one] = state.leads;
        assert.equal((await admin.delete(`/custom_fields/${id}`)).status, 204);
        const without = await read(one.id);
        assert.ok(!(name in (without.custom_fields ?? {})));
        assert.equal((await admin.get(`/leads?filter[cf_${name}]=1`)).status, 400);
        await admin.patch(`/leads/${one.id}`, { city: 'Perth' });
        // One of the same name begins empty and hides nothing of the first.
        const { values: _v, wrong: _w, ...again } = about;
        const second = await define({ ...again, name });
        assert.equal((await read(one.id)).custom_fields[name], null);
        assert.equal((await admin.post(`/custom_fields/${id}/restore`, {})).status, 409, 'its name is taken');
        await admin.patch(`/leads/${one.id}`, { custom_fields: { [name]: values[1] } });
        await admin.delete(`/custom_fields/${second.id}`);
        const back = await admin.post(`/custom_fields/${id}/restore`, {});
        assert.equal(back.status, 200, back.text);
        assert.deepEqual((await read(one.id)).custom_fields[name], values[0]);
        const found = await admin.get(`/leads?filter[cf_${name}][eq]=${encodeURIComponent(values[0])}`);
        assert.deepEqual(ids(found.json.data), [one.id]);
    });
}

test('what a definition must say is asked for, and the field is named', async () => {
    const refused = async (body, field, status = 422) => {
        const answer = await admin.post('/custom_fields', { entity: 'deals', label: 'X', ...body });
        assert.equal(answer.status, status, answer.text);
        assert.deepEqual(errorsOf(answer).map((e) => e.field), [field], answer.text);
    };
    await refused({ entity: 'nothings' }, 'entity');
    await refused({ entity: 'audit_logs' }, 'entity');
    await refused({ entity: 'custom_fields' }, 'entity');
    await refused({ name: 'Roof' }, 'name');
    await refused({ name: 'probability' }, 'name', 409);
    await refused({ kind: 'choice' }, 'choices');
    await refused({ kind: 'choice', choices: ['a,b'] }, 'choices');
    await refused({ kind: 'text', choices: ['a'] }, 'choices');
    await refused({ kind: 'reference' }, 'target');
    await refused({ kind: 'reference', target: 'nothings' }, 'target');
    await refused({ kind: 'reference', target: 'encrypted_values' }, 'target');
    await refused({ kind: 'date', target: 'contacts' }, 'target');
    await refused({ kind: 'money', digits: 2 }, 'digits');
    for (const [field, value] of [['digits', 9], ['kind', 'colour'], ['position', -1]]) {
        const answer = await admin.post('/custom_fields', { entity: 'deals', label: 'X', name: 'x', [field]: value });
        assert.deepEqual([answer.status, ...errorsOf(answer).map((e) => e.field)], [422, field], answer.text);
    }
    assert.deepEqual((await admin.all('/custom_fields?filter[entity]=deals')), [], 'nothing was made');
    assert.equal((await admin.get('/custom_fields')).status, 200);
});

test('names are made of labels, each once; kind, name and target stay as they are', async () => {
    const made = [];
    for (const label of ['Größe (m²)', 'Grosse m', '屋根', 'Stage', '2nd floor']) {
        made.push((await define({ entity: 'deals', label })).name);
    }
    assert.equal(new Set(made).size, made.length);
    for (const name of made) assert.match(name, /^[a-z][a-z0-9_]*[a-z0-9]$/);
    const { id, name } = await define({ entity: 'deals', label: 'Fixed' });
    for (const change of [{ kind: 'date' }, { name: 'moved' }, { entity: 'leads' }, { digits: 2 }]) {
        const answer = await admin.patch(`/custom_fields/${id}`, change);
        assert.equal(answer.status, 422, answer.text);
        assert.ok(errorsOf(answer).some((e) => e.field === Object.keys(change)[0]), answer.text);
    }
    assert.equal((await admin.patch(`/custom_fields/${id}`, { label: 'Otherwise' })).status, 200);
    assert.equal((await admin.post('/custom_fields', { entity: 'deals', label: 'Fixed', name })).status, 409);
    for (const each of (await admin.all('/custom_fields?filter[entity]=deals'))) {
        assert.equal((await admin.delete(`/custom_fields/${each.id}`)).status, 204);
    }
});

test('a choice that records have is not taken away; others are', async () => {
    const { id, name } = await define({ label: 'Size', kind: 'choice', choices: ['small', 'middle', 'large'] });
    const one = await lead({ [name]: 'small' });
    assert.equal((await admin.patch(`/custom_fields/${id}`, { choices: ['small', 'large', 'huge'] })).status, 200);
    const answer = await admin.patch(`/custom_fields/${id}`, { choices: ['large'] });
    assert.equal(answer.status, 409, answer.text);
    assert.deepEqual(errorsOf(answer).map((e) => e.field), ['choices']);
    assert.equal((await admin.patch(`/leads/${one.id}`, { custom_fields: { [name]: 'huge' } })).status, 200);
    assert.equal((await admin.patch(`/custom_fields/${id}`, { choices: ['large', 'huge'] })).status, 200);
});

test('what is required is asked for where a record is added or the field emptied, not of older records', async () => {
    const { id, name } = await define({ entity: 'contacts', label: 'Badge', is_required: true });
    const missing = await admin.post('/contacts', { first_name: 'Dan' });
    assert.deepEqual(errorsOf(missing).map((e) => [e.field, e.code]), [[`cf_${name}`, 'required']], missing.text);
    const older = await admin.patch(`/contacts/${contacts[0].id}`, { last_name: 'Love' });
    assert.equal(older.status, 200, older.text);
    const made = recordOf(await admin.post('/contacts', { first_name: 'Dan', custom_fields: { [name]: 'D1' } }));
    for (const body of [{ custom_fields: { [name]: null } }, { custom_fields: null }, { [`cf_${name}`]: '' }]) {
        assert.equal((await admin.patch(`/contacts/${made.id}`, body)).status, 422, JSON.stringify(body));
    }
    const sorted = await admin.all(`/contacts?sort=cf_${name}`, 1);
    assert.equal(sorted.at(-1).id, made.id, 'those without it come first');
    assert.equal(sorted.length, contacts.length + 1);
    assert.equal((await admin.delete(`/custom_fields/${id}`)).status, 204);
});

test('they stand on records that never had such a field, and actions and changes of others leave them alone', async () => {
    const { name } = await define({ entity: 'tickets', label: 'Machine' });
    const ticket = async (who, more) => who.post('/tickets',
        { subject: 'It hums', client_id: recordOf(await who.post('/clients', { name: 'Mill' })).id, ...more });
    const answer = await ticket(admin, { custom_fields: { [name]: 'Press 4' } });
    assert.equal(answer.status, 201, answer.text);
    const made = recordOf(answer);
    assert.equal(made.custom_fields[name], 'Press 4');
    const moved = recordOf(await admin.patch(`/tickets/${made.id}`, { subject: 'It still hums' }));
    assert.equal(moved.custom_fields[name], 'Press 4');
    assert.ok(!('custom_fields' in recordOf(await ticket(other))), 'nobody else has the object');
});

test('what happened to a value stands in the audit log, and is undone', async () => {
    const { name } = await define({ label: 'Finish', kind: 'money' });
    const one = await lead({ [name]: '5.00' });
    const bulk = await admin.post('/leads/bulk', { ids: [one.id], set: { [`cf_${name}`]: '7.50' } });
    assert.equal(bulk.status, 200, bulk.text);
    assert.equal((await read(one.id)).custom_fields[name], '7.50');
    const [entry] = (await admin.get(`/audit_logs?filter[entity_id]=${one.id}&filter[action]=updated`)).json.data;
    assert.deepEqual(entry.changes, { [`cf_${name}`]: ['5.00', '7.50'] });
    const undone = await admin.post(`/change_sets/${bulk.json.change_set_id}/undo`, {});
    assert.equal(undone.status, 200, undone.text);
    assert.equal((await read(one.id)).custom_fields[name], '5.00');
});

test('only who administers the company adds, changes and removes them; everybody uses them', async () => {
    const { id, name } = await define({ label: 'Gate code' });
    for (const who of [supervisor, agent]) {
        assert.equal((await who.post('/custom_fields', { entity: 'leads', label: 'Mine' })).status, 403);
        assert.equal((await who.patch(`/custom_fields/${id}`, { label: 'Mine' })).status, 403);
        assert.equal((await who.delete(`/custom_fields/${id}`)).status, 403);
        const own = await lead({ [name]: '4711' }, {}, who);
        assert.equal(own.custom_fields[name], '4711');
        assert.equal((await who.get(`/leads?filter[cf_${name}]=4711&count=exact`)).json.total >= 1, true);
    }
});

test('a hundred fields fit on an entity, one more is refused', async () => {
    const before = (await admin.all('/custom_fields?filter[entity]=tasks')).length;
    const made = [];
    for (let i = before; i < 100; i++) {
        made.push(await define({ entity: 'tasks', label: `Field ${i}`, kind: i % 2 ? 'text' : 'number' }));
    }
    const more = await admin.post('/custom_fields', { entity: 'tasks', label: 'One more' });
    assert.deepEqual([more.status, errorsOf(more)[0]?.code], [409, 'too_many'], more.text);
    const custom = Object.fromEntries(made.map(({ name, kind }, i) => [name, kind === 'text' ? `v${i}` : i]));
    const task = recordOf(await admin.post('/tasks', { title: 'Full', custom_fields: custom }));
    assert.deepEqual(recordOf(await admin.get(`/tasks/${task.id}`)).custom_fields, custom);
    const long = Object.fromEntries(made.map(({ name, kind }) => [name, kind === 'text' ? '茶'.repeat(1000) : 1]));
    const refused = await admin.post('/tasks', { title: 'Too full', custom_fields: long });
    assert.deepEqual([refused.status, errorsOf(refused)[0]?.code], [422, 'too_long'], refused.text);
});

test('words in texts and addresses are found, not while their field is removed', async () => {
    const { id, name } = await define({ label: 'Slogan' });
    const one = await lead({ [name]: 'Zanzibar forever' });
    const found = async (words) => ids((await admin.get(`/leads?q=${words}`)).json.data);
    assert.deepEqual(await found('zanzibar'), [one.id]);
    assert.deepEqual((await admin.get('/search?q=zanzibar')).json.data.map((hit) => hit.id), [one.id]);
    await admin.patch(`/leads/${one.id}`, { custom_fields: { [name]: 'Quixotic forever' } });
    assert.deepEqual(await found('zanzibar'), []);
    await admin.patch(`/custom_fields/${id}`, { is_active: false });
    assert.deepEqual(await found('quixotic'), []);
    await admin.patch(`/custom_fields/${id}`, { is_active: true });
    assert.deepEqual(await found('quixotic'), [one.id]);
    await admin.delete(`/custom_fields/${id}`);
    assert.deepEqual(await found('quixotic'), []);
    await admin.post(`/custom_fields/${id}/restore`, {});
    assert.deepEqual(await found('quixotic'), [one.id]);
    assert.deepEqual((await other.get('/search?q=quixotic')).json.data, []);
});

test('a field becomes one that is filtered fast, and ceases to be; the answers are the same', async () => {
    const { id, name } = await define({ entity: 'notes', label: 'Batch', kind: 'number', is_filterable: false });
    const text = await define({ entity: 'notes', label: 'Tag line', is_filterable: false });
    const long = 'same beginning '.repeat(20);
    const notes = [];
    for (let i = 0; i < 8; i++) {
        const answer = await admin.post('/notes', { content: `Note ${i}`, subject_type: 'contacts', subject_id: contacts[0].id,
            custom_fields: { [name]: i % 4, [text.name]: `${long}${i % 2}` } });
        assert.equal(answer.status, 201, answer.text);
        notes.push(recordOf(answer).id);
    }
    await admin.delete(`/notes/${notes[7]}`);
    const of = async (query) => ids(await admin.all(`/notes?${query}&sort=id`)).map((each) => notes.indexOf(each));
    const look = async () => {
        assert.deepEqual(await of(`filter[cf_${name}]=2`), [2, 6]);
        assert.deepEqual(await of(`filter[cf_${name}]=0,3`), [0, 3, 4]);
        assert.deepEqual(await of(`filter[cf_${name}][gte]=2`), [2, 3, 6]);
        assert.deepEqual(await of(`filter[cf_${name}]=2&filter[cf_${text.name}][eq]=${long}0`), [2, 6]);
        assert.deepEqual(await of(`filter[cf_${text.name}][eq]=${long}1`), [1, 3, 5]);
        assert.deepEqual(await of(`filter[cf_${text.name}][eq]=${long}`), []);
    };
    await look();
    for (const is_filterable of [true, false, true]) {
        for (const each of [id, text.id]) {
            assert.equal((await admin.patch(`/custom_fields/${each}`, { is_filterable })).status, 200);
        }
        await look();
    }
    await admin.patch(`/notes/${notes[2]}`, { custom_fields: { [name]: 7 } });
    assert.deepEqual(await of(`filter[cf_${name}]=7`), [2]);
    assert.deepEqual(await of(`filter[cf_${name}]=2`), [6]);
    await admin.post(`/notes/${notes[7]}/restore`, {});
    assert.deepEqual(await of(`filter[cf_${name}]=3`), [3, 7]);
    await admin.patch(`/notes/${notes[2]}`, { custom_fields: { [name]: 2 } });
});

const until = async (what, holds) => {
    for (const end = Date.now() + 90_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
        if (await holds()) return;
    }
    assert.fail(`${what} did not come`);
};

test('over many records it is filtered fast later: it says so, answers are right, saves and a kill do no harm', async () => {
    const { id, name } = await define({ entity: 'tags', label: 'Shelf', kind: 'number', is_filterable: false });
    const count = 4000;
    const csv = `name,cf_${name}\n${Array.from({ length: count }, (_, i) => `Tag ${i},${i}\n`).join('')}`;
    const run = await admin.request('POST', '/tags/import', { body: csv, headers: { 'content-type': 'text/csv' } });
    assert.equal(run.json?.new, count, run.text);
    const field = async () => recordOf(await admin.get(`/custom_fields/${id}`));
    const named = async (value) => (await admin.get(`/tags?filter[cf_${name}]=${value}`)).json.data.map((tag) => tag.name);
    const switched = recordOf(await admin.patch(`/custom_fields/${id}`, { is_filterable: true }));
    assert.equal(switched.preparing, 'filters');
    assert.deepEqual(await named(count - 1), [`Tag ${count - 1}`]);
    const [last] = (await admin.get(`/tags?filter[name]=Tag ${count - 1}`)).json.data;
    assert.equal((await admin.patch(`/tags/${last.id}`, { custom_fields: { [name]: 777777 } })).status, 200);
    await tenon.halt('SIGKILL');
    const killed = await tenon.cli('verify');
    assert.equal(killed.count, 0, JSON.stringify(killed));
    await tenon.start();
    assert.deepEqual(await named(777777), [`Tag ${count - 1}`]);
    assert.equal((await admin.post('/tags', { name: 'Late', custom_fields: { [name]: 888888 } })).status, 201);
    await until('the end of it', async () => (await field()).preparing === null);
    for (const [value, want] of [[777777, `Tag ${count - 1}`], [888888, 'Late'], [0, 'Tag 0'], [2500, 'Tag 2500']])
        assert.deepEqual(await named(value), [want]);
    assert.deepEqual(await named(count - 1), []);
    const sound = await tenon.cli('verify');
    assert.equal(sound.count, 0, JSON.stringify(sound));
});

test('two records made one keep what either says, and what led to the other leads to the one', async () => {
    const said = await define({ entity: 'contacts', label: 'Nickname' });
    const leads = await define({ entity: 'deals', label: 'Referee', kind: 'reference', target: 'contacts' });
    const contact = async (more) => recordOf(await admin.post('/contacts', { first_name: 'Eve', ...more }));
    const kept = await contact(), gone = await contact({ custom_fields: { [said.name]: 'Evie' } });
    const deal = await admin.post('/deals', { title: 'Roof', custom_fields: { [leads.name]: gone.id } });
    assert.equal(deal.status, 201, deal.text);
    const merged = await admin.post(`/contacts/${kept.id}/merge`, { with: gone.id });
    assert.equal(merged.status, 200, merged.text);
    assert.equal(recordOf(await admin.get(`/contacts/${kept.id}`)).custom_fields[said.name], 'Evie');
    assert.equal(recordOf(await admin.get(`/deals/${recordOf(deal).id}`)).custom_fields[leads.name], kept.id);
});

for (const is_filterable of [false, true]) {
    test(`what led to a record that is deleted is empty, until undo${is_filterable ? '; by the index too' : ''}`,
        async () => {
            const field = await define({ kind: 'reference', label: 'Surveyor', target: 'contacts', is_filterable,
                is_required: true });
            const make = async (first_name) => recordOf(await admin.post('/contacts', { first_name }));
            const [gone, kept] = [await make('Gone'), await make('Kept')];
            const leads = [];
            for (const contact of [gone, kept, gone]) leads.push(await lead({ [field.name]: contact.id }));
            const told = async () => {
                const rows = [];
                for (const { id } of leads) rows.push((await read(id)).custom_fields[field.name]);
                return rows;
            };
            const found = async (id) => ids((await admin.get(`/leads?sort=id&filter[cf_${field.name}]=${id}`)).json.data);
            const deleted = await admin.post('/contacts/bulk', { delete: true, ids: [gone.id] });
            assert.equal(deleted.status, 200, deleted.text);
            assert.deepEqual(await told(), [null, kept.id, null]);
            assert.deepEqual(await found(gone.id), []);
            assert.deepEqual(await found(kept.id), [leads[1].id]);
            const undone = await admin.post(`/change_sets/${deleted.json.change_set_id}/undo`, {});
            assert.equal(undone.status, 200, undone.text);
            assert.deepEqual(await told(), [gone.id, kept.id, gone.id]);
            assert.deepEqual(await found(gone.id), [leads[0].id, leads[2].id]);
            assert.equal((await admin.delete(`/custom_fields/${field.id}`)).status, 204);
        });
}

test('all of it is sound', async () => {
    const sound = await tenon.cli('verify');
    assert.equal(sound.count, 0, JSON.stringify(sound));
});
