// rights.test.mjs - nobody widens their own rights or gives others more than they have: by roles, grants, branches or the sign-in
// of somebody who may do more, on whichever way a record is written.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, signIn, tokenOf } from './browser.mjs';
import { errorsOf, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['sales_agent', 'read_only'] });
after(() => tenon.stop());
const { a } = tenon;
const { admin } = a;
const roles = Object.fromEntries((await admin.all('/roles')).map((role) => [role.name, role.id]));
const EVERY = ['read', 'create', 'update', 'delete'];
const ACCESS = ['roles', 'role_users', 'role_permissions', 'user_permissions', 'user_locations', 'users'];

let serial = 0;
const made = async (client, path, body) => {
    const answer = await client.post(path, body);
    assert.equal(answer.status, 201, `POST ${path}: ${answer.text.slice(0, 300)}`);
    return recordOf(answer);
};
// A role of its own with these grants ([entity, action, scope]), and somebody who has it.
async function newRole(grants) {
    const name = `own_${++serial}`;
    const role = await made(admin, '/roles', { name, label: name });
    for (const [resource, action, scope] of grants) {
        await made(admin, '/role_permissions', { role_id: role.id, resource, action, scope });
    }
    return role;
}
async function somebody(role, more = {}) {
    const email = `${role.name}-${++serial}@example.com`;
    await tenon.cli('user', 'create', email, '--tenant', String(a.id), '--role', role.name, '--password-file', tenon.secret(),
        '--name', email);
    const client = await tenon.client(email, { tenantId: a.id });
    if (Object.keys(more).length) assert.equal((await admin.patch(`/users/${client.userId}`, more)).status, 200);
    return client;
}
const refused = (answer, field) => {
    assert.equal(answer.status, 403, answer.text);
    assert.deepEqual(errorsOf(answer).map((e) => e.field), [field], answer.text);
};

// A manager: all that decides over access, their own leads, all tasks.
let office, manager, other;
before(async () => {
    const keys = ACCESS.flatMap((entity) => EVERY.map((action) => [entity, action, 'all']));
    office = await newRole([...keys, ['leads', 'read', 'own'], ['leads', 'update', 'own'], ['tasks', '*', 'all'],
        ['locations', 'read', 'all'], ['saved_views', 'read', 'location']]);
    manager = await somebody(office);
    other = await newRole([['leads', 'read', 'own']]);
});

test('a manager widens no role: not their own, not another\'s, by what they lack or have with less reach', async () => {
    for (const role of [office, other]) {
        const permit = (resource, action, scope) => manager.post('/role_permissions',
            { role_id: role.id, resource, action, scope });
        refused(await permit('clients', 'read', 'own'), 'action');
        refused(await permit('leads', 'delete', 'own'), 'action');
        refused(await permit('leads', '*', 'own'), 'action');
        refused(await permit('leads', 'convert', 'all'), 'scope');
        refused(await permit('*', 'read', 'own'), 'resource');
        refused(await permit('*', '*', 'all'), 'resource');
    }
    const given = await made(manager, '/role_permissions', { role_id: other.id, resource: 'tasks', action: 'read',
        scope: 'own' });
    const change = (body) => manager.patch(`/role_permissions/${given.id}`, body);
    assert.equal((await change({ scope: 'all' })).status, 200, 'as far as they reach themselves');
    refused(await change({ resource: 'leads' }), 'scope');
    refused(await change({ resource: 'clients' }), 'action');
    assert.equal((await change({ scope: 'own', conditions: {} })).status, 200);
    assert.equal((await manager.delete(`/role_permissions/${given.id}`)).status, 204, 'less is always possible');
});

test('a wider permission may be narrowed, not brought back: by change, undo or restore', async () => {
    const role = await newRole([['clients', 'read', 'all'], ['leads', 'read', 'all']]);
    const [clients, leads] = ['clients', 'leads'].map((resource) => admin.all(
        `/role_permissions?filter[role_id]=${role.id}&filter[resource]=${resource}`).then((rows) => rows[0]));
    const wide = await leads, foreign = await clients;
    const bulk = (set) => manager.post('/role_permissions/bulk', { ids: [wide.id], set });
    const narrowed = await bulk({ scope: 'own' });
    assert.equal(narrowed.status, 200, narrowed.text);
    assert.equal((await manager.get(`/role_permissions/${wide.id}`)).json.scope, 'own');
    refused(await manager.patch(`/role_permissions/${wide.id}`, { scope: 'all' }), 'scope');
    const again = await bulk({ scope: 'all' });
    assert.equal((await manager.get(`/role_permissions/${wide.id}`)).json.scope, 'own', again.text);
    const undone = await manager.post(`/change_sets/${narrowed.json.change_set_id}/undo`, {});
    assert.equal((await manager.get(`/role_permissions/${wide.id}`)).json.scope, 'own', undone.text);

    const gone = await manager.delete(`/role_permissions/${foreign.id}`);
    assert.equal(gone.status, 204);
    refused(await manager.post(`/role_permissions/${foreign.id}/restore`, {}), 'action');
    const back = await manager.post(`/change_sets/${gone.headers.get('change-set-id')}/undo`, {});
    assert.equal((await manager.get(`/role_permissions/${foreign.id}`)).status, 404, back.text);
    const restored = await admin.post(`/role_permissions/${foreign.id}/restore`, {});
    assert.equal(restored.status, 200, 'an administrator brings it back');

    assert.equal((await manager.delete(`/roles/${role.id}`)).status, 204);
    const whole = await manager.post(`/roles/${role.id}/restore`, {});
    assert.equal(whole.status, 403, whole.text);
    assert.equal((await admin.post(`/roles/${role.id}/restore`, {})).status, 200);
});

test('a role that was taken from somebody, or went with them, is not given back beyond one\'s own', async () => {
    const agent = await somebody({ name: 'sales_agent' });
    const [held] = await admin.all(`/role_users?filter[user_id]=${agent.userId}`);
    assert.equal((await manager.delete(`/role_users/${held.id}`)).status, 204);
    refused(await manager.post(`/role_users/${held.id}/restore`, {}), 'role_id');
    refused(await manager.post('/role_users', { user_id: manager.userId, role_id: roles.sales_agent }), 'role_id');
    assert.equal((await admin.post(`/role_users/${held.id}/restore`, {})).status, 200);
    const left = await manager.delete(`/users/${agent.userId}`);
    assert.equal(left.status, 204, left.text);
    refused(await manager.post(`/users/${agent.userId}/restore`, {}), 'role_id');
    await manager.post(`/change_sets/${left.headers.get('change-set-id')}/undo`, {});
    assert.equal((await admin.get(`/users/${agent.userId}`)).status, 404);
    assert.equal((await admin.post(`/users/${agent.userId}/restore`, {})).status, 200);
});

test('a grant to one person is within what the giver has for good', async () => {
    const grant = (body) => manager.post('/user_permissions', { user_id: manager.userId, ...body });
    refused(await grant({ resource: 'clients', action: 'read', scope: 'own' }), 'action');
    refused(await grant({ resource: 'leads', action: 'read', scope: 'all' }), 'scope');
    refused(await grant({ resource: '*', action: '*', scope: 'all' }), 'resource');
    const harmless = await grant({ resource: 'tasks', action: 'read', scope: 'all' });
    assert.equal(harmless.status, 201, harmless.text);
    refused(await manager.patch(`/user_permissions/${harmless.json.id}`, { resource: 'deals' }), 'action');

    const soon = new Date(Date.now() + 3600_000).toISOString(), later = new Date(Date.now() + 7200_000).toISOString();
    const lent = await made(admin, '/user_permissions', { user_id: manager.userId, resource: 'clients', action: 'read',
        scope: 'all', expires_at: soon });
    assert.equal((await manager.get('/clients')).status, 200);
    for (const expires_at of [later, null]) {
        refused(await manager.patch(`/user_permissions/${lent.id}`, { expires_at }), 'action');
    }
    refused(await manager.post('/role_permissions', { role_id: office.id, resource: 'clients', action: 'read', scope: 'own' }),
        'action');
    assert.equal((await admin.delete(`/user_permissions/${lent.id}`)).status, 204);
    refused(await manager.post(`/user_permissions/${lent.id}/restore`, {}), 'action');
});

test('a denial is lifted by those only who may do what it denies', async () => {
    const deny = (who, resource) => made(admin, '/user_permissions',
        { user_id: who, resource, action: 'update', granted: false });
    const own = await deny(manager.userId, 'tasks'), agents = await deny(a.sales_agent.userId, 'tasks');
    const lift = async (denial, field) => {
        const path = `/user_permissions/${denial.id}`;
        for (const body of [{ granted: true }, { expires_at: '2020-01-01T00:00:00Z' }, { resource: 'roles' }]) {
            const answer = await manager.patch(path, body);
            assert.equal(answer.status, 403, `${JSON.stringify(body)}: ${answer.text}`);
        }
        refused(await manager.delete(path), field);
    };
    await lift(own, 'granted');
    await lift(agents, 'granted');
    assert.equal((await admin.delete(`/user_permissions/${own.id}`)).status, 204);
    assert.equal((await manager.delete(`/user_permissions/${agents.id}`)).status, 204, 'now that they may do it themselves');
    const gone = await made(admin, '/user_permissions', { user_id: manager.userId, resource: 'leads', action: 'read',
        granted: false, reason: 'For now' });
    assert.equal((await manager.patch(`/user_permissions/${gone.id}`, { reason: 'Still' })).status, 200);
    await admin.delete(`/user_permissions/${gone.id}`);
});

test('a pack that is off is no way around: what it would allow later is asked for now', async () => {
    const on = (await admin.get(`/tenants/${a.id}`)).json.packs;
    assert.equal((await admin.patch(`/tenants/${a.id}`, { packs: on.filter((pack) => pack !== 'support') })).status, 200);
    refused(await manager.post('/role_permissions', { role_id: office.id, resource: 'tickets', action: 'read', scope: 'own' }),
        'action');
    assert.equal((await admin.patch(`/tenants/${a.id}`, { packs: on })).status, 200);
});

test('nobody signs in as somebody who may do more, by a new password or address', async () => {
    const body = { password: 'a sentence of my own' };
    refused(await manager.patch(`/users/${admin.userId}`, body), 'password');
    refused(await manager.patch(`/users/${a.sales_agent.userId}`, { email: 'mine@example.com' }), 'email');
    assert.equal((await manager.patch(`/users/${a.sales_agent.userId}`, { job_title: 'Agent' })).status, 200);
    assert.equal((await manager.patch(`/users/${a.read_only.userId}`, { is_active: false })).status, 200);
    refused(await manager.post(`/users/${a.read_only.userId}/enable`, {}), 'is_active');
    assert.equal((await admin.post(`/users/${a.read_only.userId}/enable`, {})).status, 200);
    const peer = await somebody(other);
    assert.equal((await manager.patch(`/users/${peer.userId}`, body)).status, 200, 'of those who may do less they may');
    assert.equal((await manager.patch(`/users/${manager.userId}`, { password: manager.password })).status, 200, 'and their own');
});

test('a branch is given by those who work there, or whose rights stop at none', async () => {
    const east = await made(admin, '/locations', { name: 'East' }), west = await made(admin, '/locations', { name: 'West' });
    assert.equal((await admin.patch(`/users/${manager.userId}`, { location_id: east.id })).status, 200);
    const at = (user, location) => manager.post('/user_locations', { user_id: user.userId, location_id: location.id });
    refused(await at(manager, west), 'location_id');
    refused(await manager.patch(`/users/${manager.userId}`, { location_id: west.id }), 'location_id');
    refused(await manager.post('/users', { name: 'X', email: 'x@example.com', location_id: west.id }), 'location_id');
    const invited = { email: 'y@example.com', role_id: other.id, location_id: west.id };
    refused(await manager.post('/invitations', invited), 'location_id');
    assert.equal((await at(a.sales_agent, east)).status, 201);
    const free = await somebody(await newRole([['user_locations', 'create', 'all'], ['users', 'read', 'all'],
        ['locations', 'read', 'all']]));
    assert.equal((await free.post('/user_locations', { user_id: free.userId, location_id: west.id })).status, 201);
});

test('an import and a form are refused alike, and an administrator may give anything', async () => {
    const csv = `role_id,resource,action,scope\n${other.name},clients,read,all\n`;
    const imported = await manager.request('POST', '/role_permissions/import', { body: csv,
        headers: { 'content-type': 'text/csv' } });
    assert.match(imported.text, /somebody else has to allow it/);
    assert.equal((await admin.all(`/role_permissions?filter[role_id]=${other.id}&filter[resource]=clients`)).length, 0);
    const cookie = await signIn(tenon, manager);
    const form = { _csrf: await tokenOf(tenon, cookie), role_id: String(other.id), resource: 'clients', action: 'read',
        scope: 'all' };
    const page = await ask(tenon, 'POST', '/role_permissions', { headers: { cookie }, form });
    assert.equal(page.status, 403);
    assert.match(page.text, /somebody else has to allow it/);
    const users = await ask(tenon, 'GET', `/users/${a.sales_agent.userId}/edit`, { headers: { cookie } });
    assert.match(users.text, new RegExp(other.name), 'a role that they may give is offered');
    assert.match(users.text, /Sales agent/, 'what somebody has is shown');
    assert.doesNotMatch(users.text, /Administrator/);
    for (const [resource, action, scope] of [['clients', 'read', 'all'], ['*', '*', 'all'], ['leads', 'convert', 'all']]) {
        await made(admin, '/role_permissions', { role_id: other.id, resource, action, scope });
    }
    await made(admin, '/user_permissions', { user_id: a.sales_agent.userId, resource: '*', action: '*', scope: 'all' });
});
