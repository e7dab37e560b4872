// isolation.test.mjs - a tenant never sees, changes or even notices another's records; a role does what it is granted and no
// more.
//
// Every path of the API's own description is asked with another tenant's ids: the answer is that for an absent record, and the
// other tenant's rows have the same hash before and after. A path that this test does not know fails it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { startTenon } from './support.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const grants = readGrants();
const roles = [...grants.keys()].filter((r) => r !== 'tenant_admin');
const tenon = await startTenon({ roles });
after(() => tenon.stop());
const { a, b } = tenon;
const ABSENT = 2 ** 52 + 1;
const open = tenon.schema.filter((e) => !e.internal);
const mine = new Maker(tenon.schema, a.admin, shape);
const theirs = new Maker(tenon.schema, b.admin, shape);

// What a grant to each role says: role -> entity -> action -> scope, read from the declaration.
function readGrants() {
    const text = readFileSync('src/app/core/role_grants.c', 'utf8').replaceAll(/ *\\\n/g, ' ');
    const joined = (literals) => literals.match(/"([^"]*)"/g).map((s) => s.slice(1, -1)).join('');
    const macros = new Map([...text.matchAll(/^#define (\w+) +(".*")/gm)].map((m) => [m[1], joined(m[2])]));
    const words = (expression) => joined(expression.replace(/\b[A-Z_]+\b/g, (m) => `"${macros.get(m) ?? ''}"`))
        .split(/\s+/).filter(Boolean);
    const found = new Map();
    for (const [, role, entities, actions, scope] of text.matchAll(/\{"(\w+)",\s*([^,]+),\s*([^,]+),\s*SCOPE_(\w+)\}/g)) {
        if (!found.has(role)) found.set(role, []);
        found.get(role).push({ entities: words(entities), actions: words(actions), scope });
    }
    return found;
}

const ORDER = ['NONE', 'OWN', 'LOCATION', 'CLIENT', 'ALL'];
function scopeOf(role, entity, action) {
    let best = 'NONE';
    for (const g of grants.get(role)) {
        const fits = (g.entities.includes(entity) || g.entities.includes('*')) && (g.actions.includes(action)
            || g.actions.includes('*'));
        if (fits && ORDER.indexOf(g.scope) > ORDER.indexOf(best)) best = g.scope;
    }
    return best;
}

// All rows of a tenant, live and deleted, as its administrator sees them; when a key was last used changes by the asking itself.
async function fingerprint(tenant) {
    const hash = createHash('sha256');
    for (const entity of open) {
        for (const trash of ['', '?trash=true']) {
            const rows = await tenant.admin.all(`/${entity.name}${trash}`)
                .catch((error) => [{ error: error.message.slice(0, 60) }]);
            for (const row of rows) {
                for (const name of ['last_used_at', 'last_seen_at', 'accessed_at']) delete row[name];
                hash.update(JSON.stringify(row));
            }
        }
    }
    return hash.digest('hex');
}

for (const entity of open) {
    if (entity.name === 'tenants') theirs.made.set('tenants', b.id);
    await theirs.some(entity.name).catch(() => undefined);
}
const victim = theirs.made;
const before = await fingerprint(b);
const description = (await a.admin.get('/openapi.json')).json;
const PLAIN = /^\/api\/v1\/(auth|me|join|openapi\.json|events|search|change_sets\/\{id\}\/undo)\b|^\/(healthz|metrics)/;

// What names the record differs by its id only.
const plain = (answer, id) => answer.text.replaceAll(String(id), 'ID').replace(/"(instance|request_id)":"[^"]*",?/g, '');

test('every path of the API answers another tenant\'s id like an absent one', async () => {
    const faults = [];
    const unknown = [];
    let asked = 0;
    for (const [full, methods] of Object.entries(description.paths)) {
        const path = full.replace(/^\/api\/v1/, '');
        const name = /^\/(\w+)/.exec(path)?.[1];
        if (!tenon.schema.some((e) => e.name === name)) {
            if (!PLAIN.test(full) && !PLAIN.test(`/api/v1${full}`)) unknown.push(full);
            continue;
        }
        if (!path.includes('{id}') || victim.get(name) === undefined) continue;
        for (const method of Object.keys(methods).filter((m) => /^(get|post|patch|put|delete)$/.test(m))) {
            const options = method === 'get' || method === 'delete' ? {} : { json: {} };
            const id = victim.get(name);
            const foreign = await a.admin.request(method.toUpperCase(), path.replace('{id}', id), options);
            const absent = await a.admin.request(method.toUpperCase(), path.replace('{id}', ABSENT), options);
            asked++;
            if (foreign.status !== absent.status || plain(foreign, id) !== plain(absent, ABSENT) || foreign.status < 400) {
                const told = (x) => `${x.status} ${x.text.slice(0, 150)}`;
                faults.push(`${method} ${path}: foreign ${told(foreign)}, absent ${told(absent)}`);
            }
        }
    }
    assert.deepEqual(unknown, [], 'every path is known to this test');
    assert.deepEqual(faults, []);
    assert.ok(asked >= 50, `${asked} requests`);
});

for (const entity of open) {
    test(`${entity.name} of another tenant are not found by lists, filters and parents`, async () => {
        const id = victim.get(entity.name);
        if (id === undefined || entity.name === 'plans') return;
        for (const query of [`?filter[id]=${id}`, `?filter[id][in]=${id},1`, `?filter[id][gte]=1&limit=200`, '?trash=true', '']) {
            const rows = (await a.admin.get(`/${entity.name}${query}`)).json?.data ?? [];
            assert.ok(!rows.some((r) => r.id === id), query);
        }
        for (const f of entity.fields.filter((x) => x.kind === 'ref' && x.filters && victim.has(x.to) && x.to !== 'plans')) {
            const answer = await a.admin.get(`/${entity.name}?filter[${f.name}]=${victim.get(f.to)}`);
            assert.deepEqual(answer.json?.data ?? [], [], `filter[${f.name}]`);
        }
    });
}

test('bulk changes, searches and undo do not reach another tenant', async () => {
    const id = victim.get('leads');
    for (const what of [{ set: { name: 'Taken' } }, { delete: true }]) {
        const theirs = await a.admin.post('/leads/bulk', { ids: [id], ...what });
        const absent = await a.admin.post('/leads/bulk', { ids: [ABSENT], ...what });
        assert.equal(theirs.status, absent.status, theirs.text);
        assert.equal(plain(theirs, id), plain(absent, ABSENT));
    }
    const set = (await b.admin.all('/change_sets').catch(() => []))[0];
    if (set) assert.equal((await a.admin.post(`/change_sets/${set.id}/undo`, {})).status, 404);
    const name = (await b.admin.get(`/leads/${id}`)).json.name;
    assert.ok(!(await a.admin.get(`/search?q=${encodeURIComponent(name)}`)).text.includes(String(id)));
});

test('the other tenant\'s rows have the same hash as before', async () => {
    assert.equal(await fingerprint(b), before);
});

for (const role of roles) {
    test(`${role} does what it is granted and no more`, async () => {
        const client = a[role];
        const faults = [];
        for (const entity of open.filter((e) => e.name !== 'tenants')) {
            const scope = (action) => scopeOf(role, entity.name, action);
            const list = await client.get(`/${entity.name}?limit=1`);
            if ((list.status === 200) !== (scope('read') !== 'NONE')) {
                faults.push(`read ${entity.name}: ${scope('read')}, list ${list.status}`);
            }
            if (entity.read_only) continue;
            const id = await mine.some(entity.name);
            if (id === undefined) continue;
            const path = `/${entity.name}/${id}`;
            if (scope('read') === 'OWN' && entity.name !== 'users') {
                const read = await client.get(path);
                if (read.status !== 404) faults.push(`read ${path} of somebody else: ${read.status}`);
            }
            if (scope('create') === 'NONE') {
                const made = await client.make(entity, await mine.body(entity.name, 'min'));
                if (made.status !== 403) faults.push(`create ${entity.name}: ${made.status}`);
            }
            if (entity.append_only) continue;
            if (scope('update') === 'NONE' || scope('update') === 'OWN' && entity.name !== 'users') {
                const changed = await client.patch(path, {});
                if (![403, 404].includes(changed.status)) faults.push(`update ${path} (${scope('update')}): ${changed.status}`);
            }
            if (scope('delete') === 'NONE' || scope('delete') === 'OWN') {
                const gone = await client.delete(path);
                if (![403, 404].includes(gone.status)) faults.push(`delete ${path} (${scope('delete')}): ${gone.status}`);
            }
        }
        assert.deepEqual(faults, []);
    });
}

test('the checks can fail: a tenant reaches its own, and the hash sees a change', async () => {
    const id = victim.get('leads');
    assert.equal((await b.admin.get(`/leads/${id}`)).status, 200);
    assert.equal((await b.admin.patch(`/leads/${id}`, { name: 'Changed by its own' })).status, 200);
    assert.notEqual(await fingerprint(b), before);
    assert.equal(scopeOf('tenant_admin', 'leads', 'delete'), 'ALL');
    assert.ok(victim.size >= 8, `${victim.size} kinds of records to attack`);
});
