// sweep.test.mjs - every entity of the schema, every field: what its kinds allow is kept, what they refuse is refused and named,
// lists filter, sort and page, changes are guarded by versions, and what is deleted comes back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { errorsOf, recordOf, startTenon } from './support.mjs';
import { Maker, filterText, invalid, same, stored, writable } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const make = new Maker(tenon.schema, admin, shape);
const foreign = new Maker(tenon.schema, tenon.b.admin, shape);
const ABSENT = 2 ** 52 + 1;

// What the API lets a tenant make and change. Tenants are made by the command line only.
const open = tenon.schema.filter((e) => !e.internal);
const creatable = open.filter((e) => !e.read_only && e.name !== 'tenants');
const posted = creatable.filter((e) => !e.upload); // as JSON; files have a test of their own
const changeable = creatable.filter((e) => !e.append_only);

const versioned = (entity) => entity.fields.some((f) => f.name === 'version');
const only = process.env.SWEEP?.split(',');
const each = (entities, what, fn) => {
    for (const entity of entities) if (!only || only.includes(entity.name)) test(`${entity.name} ${what}`, () => fn(entity));
};
const count = async (name) => (await admin.get(`/${name}?limit=1&count=exact`)).json?.total;

each(creatable, 'keeps what it is given', async (entity) => {
    for (const size of ['min', 'max']) {
        const { record, sent, answer } = await make.create(entity.name, size);
        if (versioned(entity)) assert.ok(answer.headers.get('etag'), 'a new record has an ETag');
        const read = recordOf(await admin.get(`/${entity.name}/${record.id}`));
        for (const f of entity.fields.filter((x) => sent[x.name] !== undefined && stored(x))) {
            assert.ok(same(f, sent[f.name], read[f.name]),
                `${f.name}: sent ${JSON.stringify(sent[f.name])}, got ${JSON.stringify(read[f.name])}`);
        }
        for (const f of entity.fields.filter((x) => x.hidden || x.secret || x.transient)) {
            assert.ok(!(f.name in read) || read[f.name] === null || typeof read[f.name] === 'boolean', `${f.name} stays inside`);
        }
    }
});

each(posted, 'refuses what its kinds refuse, and names the field', async (entity) => {
    const good = await make.body(entity.name, 'min');
    const before = await count(entity.name);
    const faults = [];
    for (const f of entity.fields.filter(writable)) {
        for (const [what, value] of invalid(f)) {
            const answer = await admin.post(`/${entity.name}`, { ...good, [f.name]: value });
            const named = errorsOf(answer).some((e) => e.field === f.name);
            if ([400, 422].includes(answer.status) && named) continue;
            faults.push(`${f.name}, ${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
        }
    }
    assert.deepEqual(faults, []);
    assert.equal(await count(entity.name), before, 'nothing was written');
});

each(posted, 'refuses fields it does not have or that are not to be set', async (entity) => {
    const good = await make.body(entity.name, 'min');
    const before = await count(entity.name);
    const closed = entity.fields.filter((f) => f.read_only || f.hidden).map((f) => f.name);
    for (const name of ['no_such_field', 'constructor', ...closed]) {
        const answer = await admin.post(`/${entity.name}`, { ...good, [name]: 1 });
        assert.ok([400, 422].includes(answer.status), `${name}: ${answer.status}`);
        assert.ok(errorsOf(answer).some((e) => e.field === name), `${name} is named: ${answer.text.slice(0, 300)}`);
    }
    assert.equal(await count(entity.name), before, 'nothing was written');
});

each(posted, 'requires what is required', async (entity) => {
    const good = await make.body(entity.name, 'min');
    for (const f of entity.fields.filter((x) => writable(x) && x.required && x.kind !== 'subject_id')) {
        const answer = await admin.post(`/${entity.name}`, { ...good, [f.name]: null });
        const filled = answer.status === 201 && recordOf(answer)[f.name] !== null;
        assert.ok(filled || errorsOf(answer).some((e) => e.field === f.name),
            `${f.name}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
});

each(posted, 'answers a foreign reference like an absent one', async (entity) => {
    const good = await make.body(entity.name, 'min');
    for (const f of entity.fields.filter((x) => writable(x) && x.kind === 'ref' && x.to !== 'plans')) {
        const other = f.to === 'users' ? tenon.b.admin.userId : await foreign.some(f.to);
        if (other === undefined) continue;
        const absent = await admin.post(`/${entity.name}`, { ...good, [f.name]: ABSENT });
        const theirs = await admin.post(`/${entity.name}`, { ...good, [f.name]: other });
        assert.ok([404, 409, 422].includes(absent.status), `${f.name}: absent ${absent.status} ${absent.text.slice(0, 200)}`);
        assert.equal(theirs.status, absent.status, `${f.name}: foreign ${theirs.text.slice(0, 200)}`);
        assert.deepEqual(errorsOf(theirs), errorsOf(absent), f.name);
        assert.ok(errorsOf(absent).some((e) => e.field === f.name), `${f.name} is named: ${absent.text.slice(0, 200)}`);
    }
});

each(open, 'filters by every field and operator', async (entity) => {
    const row = (await admin.get(`/${entity.name}?limit=1`)).json?.data?.[0] ?? {};
    const faults = [];
    for (const f of entity.fields.filter((x) => x.filters)) {
        const value = Array.isArray(row[f.name]) && row[f.name].length === 0 ? undefined : row[f.name];
        for (const op of f.filters) {
            if (op !== 'null' && (value === undefined || value === null || typeof value === 'object'
                && !Array.isArray(value))) continue;
            const text = op === 'null' ? 'false' : op === 'within' ? 'this_year' : filterText(value);
            const answer = await admin.get(`/${entity.name}?limit=200&filter[${f.name}][${op}]=${text}`);
            if (answer.status !== 200) {
                faults.push(`${f.name} ${op}: ${answer.status} ${answer.text.slice(0, 200)}`);
                continue;
            }
            const finds = ['eq', 'lte', 'gte', 'in', 'has', 'contains', 'starts'].includes(op) && !String(value).includes(',');
            const there = answer.json.data.some((r) => r.id === row.id);
            if (finds && !there && answer.json.data.length < 200) faults.push(`${f.name} ${op}: does not find ${text}`);
            if (op === 'ne' && there) faults.push(`${f.name} ne: finds ${text}`);
        }
        const wrong = await admin.get(`/${entity.name}?filter[${f.name}][no_such_op]=1`);
        if (wrong.status !== 400) faults.push(`${f.name} no_such_op: ${wrong.status}`);
    }
    for (const name of ['no_such_field', ...entity.fields.filter((f) => f.hidden).map((f) => f.name)]) {
        const wrong = await admin.get(`/${entity.name}?filter[${name}]=1`);
        if (wrong.status !== 400) faults.push(`filter by ${name}: ${wrong.status}`);
        const order = await admin.get(`/${entity.name}?sort=${name}`);
        if (order.status !== 400) faults.push(`sort by ${name}: ${order.status}`);
    }
    assert.deepEqual(faults, []);
});

each(creatable, 'pages by cursor through the same rows, in every order', async (entity) => {
    for (let i = 0; i < 4; i++) await make.create(entity.name, i % 2 ? 'min' : 'max').catch(() => null);
    const whole = (await admin.all(`/${entity.name}`)).map((r) => r.id);
    assert.equal(new Set(whole).size, whole.length);
    for (const f of entity.fields.filter((x) => x.sortable)) {
        for (const sort of [f.name, `-${f.name}`]) {
            const once = await admin.get(`/${entity.name}?limit=200&sort=${sort}`);
            assert.equal(once.status, 200, `${sort}: ${once.text.slice(0, 200)}`);
            const paged = (await admin.all(`/${entity.name}?sort=${sort}`, whole.length > 40 ? 20 : 3)).map((r) => r.id);
            assert.deepEqual([...paged].sort(), [...whole].sort(), `sort=${sort}: the pages hold each row once`);
            if (whole.length <= 200) assert.deepEqual(paged, once.json.data.map((r) => r.id),
                `sort=${sort}: the pages keep the order`);
        }
    }
});

each(changeable, 'changes only at the version that was read', async (entity) => {
    const { record } = await make.create(entity.name, 'min');
    const path = `/${entity.name}/${record.id}`;
    const read = await admin.get(path);
    const etag = read.headers.get('etag');
    const other = await make.body(entity.name, 'max');
    const f = entity.fields.find((x) => writable(x) && !x.immutable && stored(x) && ['text', 'markdown'].includes(x.kind)
        && x.name in record && other[x.name] !== undefined && other[x.name] !== record[x.name]);
    if (!f) return;
    const value = other[f.name];
    const change = await admin.patch(path, { [f.name]: value }, { headers: { 'if-match': etag } });
    assert.equal(change.status, 200, change.text.slice(0, 300));
    assert.ok(same(f, value, recordOf(change)[f.name]));
    assert.notEqual(change.headers.get('etag'), etag);
    const stale = await admin.patch(path, { [f.name]: record[f.name] }, { headers: { 'if-match': etag } });
    assert.equal(stale.status, 412);
    const now = recordOf(await admin.get(path));
    assert.ok(same(f, value, now[f.name]), 'the stale change left nothing');
    assert.equal((await admin.delete(path, { headers: { 'if-match': etag } })).status, 412);
});

each(changeable, 'comes back as it was after a delete', async (entity) => {
    const { record } = await make.create(entity.name, 'max');
    const path = `/${entity.name}/${record.id}`;
    const before = recordOf(await admin.get(path));
    const gone = await admin.delete(path);
    if (gone.status === 409) return; // a rule keeps it: the rule's own test shows when
    assert.ok([200, 204].includes(gone.status), `${gone.status} ${gone.text.slice(0, 200)}`);
    assert.equal((await admin.get(path)).status, 404);
    assert.ok(!(await admin.all(`/${entity.name}`)).some((r) => r.id === record.id), 'the list does not show it');
    const back = await admin.post(`${path}/restore`, {});
    if (!entity.fields.some((f) => f.name === 'deleted_at')) return assert.equal(back.status, 404, 'it is gone for good');
    assert.equal(back.status, 200, back.text.slice(0, 300));
    const now = recordOf(await admin.get(path));
    for (const f of entity.fields.filter((x) => writable(x) && stored(x) && x.name in before)) {
        assert.deepEqual(now[f.name], before[f.name], `${f.name} is as it was`);
    }
});

test('the sweep can fail: a comparison of different values does', () => {
    assert.ok(!same({ kind: 'text' }, 'a', 'a '));
    assert.ok(!same({ kind: 'money' }, '1.00', '1.01'));
    assert.ok(!same({ kind: 'tags' }, ['a'], ['a', 'b']));
    assert.ok(creatable.length >= 10 && changeable.length >= 10, 'there is something to sweep');
});
