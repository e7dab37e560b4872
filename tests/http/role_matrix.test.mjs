// role_matrix.test.mjs - what people with a role may do is changed on the role's page, in one form: only what was chosen anew,
// never over what another has changed, and never more than one may oneself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, signIn, tokenOf } from './browser.mjs';
import { recordOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['sales_agent'] });
after(() => tenon.stop());
const { a } = tenon;
const { admin } = a;

const made = async (path, body) => {
    const answer = await admin.post(path, body);
    assert.equal(answer.status, 201, answer.text);
    return recordOf(answer);
};
const permit = (role_id, resource, action, scope) => made('/role_permissions', { role_id, resource, action, scope });
const reaches = async (role) => Object.fromEntries((await admin.all(`/role_permissions?filter[role_id]=${role}`))
    .map((grant) => [`${grant.resource}.${grant.action}`, grant.scope]));

class Person {
    static async of(client) {
        const person = new Person();
        person.cookie = await signIn(tenon, client);
        person.token = await tokenOf(tenon, person.cookie);
        return person;
    }

    async page(role) { return ask(tenon, 'GET', `/roles/${role}`, { headers: { cookie: this.cookie } }); }

    async save(role, cells) {
        return this.post(`/roles/${role}/rights`, cells);
    }

    async post(path, form = {}) {
        return ask(tenon, 'POST', path, { headers: { cookie: this.cookie }, form: { _csrf: this.token, ...form } });
    }
}

let boss, role;
before(async () => {
    boss = await Person.of(admin);
    role = (await made('/roles', { name: 'night_shift', label: 'Night shift' })).id;
    await permit(role, 'leads', 'read', 'own');
    await permit(role, 'leads', 'update', 'own');
    await permit(role, 'leads', 'convert', 'own');
});

test('cells are given, widened and emptied at once, what was left alone stays, and Undo takes all of it back', async () => {
    const before = await reaches(role);
    const saved = await boss.save(role, { 'leads.read.own': 'all', 'leads.update.own': '', 'leads.delete.': '',
        'tasks.read.': 'own', 'tasks.create.': 'own' });
    assert.equal(saved.status, 303, saved.text);
    assert.deepEqual(await reaches(role),
        { 'leads.read': 'all', 'leads.convert': 'own', 'tasks.read': 'own', 'tasks.create': 'own' });
    const set = /undo=(\d+)/.exec(saved.headers.location)[1];
    const undone = await boss.post(`/change_sets/${set}/undo`);
    assert.equal(undone.status, 303, undone.text);
    assert.deepEqual(await reaches(role), before);
});

test('nothing is saved over what another has changed meanwhile, and of several cells none where one is refused', async () => {
    const before = await reaches(role);
    const late = await boss.save(role, { 'tasks.read.': 'own', 'leads.read.all': 'location' });
    assert.equal(late.status, 409, late.text);
    assert.match(late.text, /Somebody else has changed/);
    for (const cells of [{ 'leads.read.own': 'everything' }, { 'ghosts.read.': 'all' }, { 'leads.fly.': 'all' }])
        assert.equal((await boss.save(role, { 'tasks.read.': 'own', ...cells })).status, 422, JSON.stringify(cells));
    assert.deepEqual(await reaches(role), before);
    const none = await boss.save(role, { 'leads.read.own': 'own', other: 'x' });
    assert.equal(none.status, 303);
    assert.doesNotMatch(none.headers.location, /undo=/);
    assert.equal((await boss.save(role + 1, { 'leads.read.own': 'all' })).status, 404);
});

test('administrators stay as they are; other built-in roles are changed by what means something', async () => {
    const named = async (name) => (await admin.all(`/roles?filter[name]=${name}`))[0].id;
    const top = await named('tenant_admin'), agent = await named('sales_agent');
    assert.doesNotMatch((await boss.page(top)).text, /class="rights"/);
    assert.equal((await boss.save(top, { 'leads.read.': 'own' })).status, 409);
    const page = (await boss.page(agent)).text;
    assert.match(page, /<select[^>]*name="leads\.read\.own"/);
    assert.doesNotMatch(page, /name="audit_logs\.(create|update|delete)/);
    assert.equal((await boss.save(agent, { 'leads.export.own': 'all' })).status, 303);
    assert.equal((await reaches(agent))['leads.export'], 'all');
});

test('a permission of all records or of all that is done is shown and not taken apart', async () => {
    const wide = (await made('/roles', { name: 'wide', label: 'Wide' })).id;
    await permit(wide, 'tasks', '*', 'own');
    assert.doesNotMatch((await boss.page(wide)).text, /name="tasks\./);
    await permit(wide, '*', 'read', 'own');
    assert.doesNotMatch((await boss.page(wide)).text, /class="rights"/);
});

test('nobody is offered or given more for a role than they may themselves', async () => {
    const office = await made('/roles', { name: 'office', label: 'Office' });
    for (const entity of ['roles', 'role_permissions', 'users'])
        for (const action of ['read', 'create', 'update', 'delete']) await permit(office.id, entity, action, 'all');
    await permit(office.id, 'leads', 'read', 'own');
    const email = 'office@example.com';
    await tenon.cli('user', 'create', email, '--tenant', String(a.id), '--role', 'office', '--password-file', tenon.secret(),
        '--name', email);
    const manager = await Person.of(await tenon.client(email, { tenantId: a.id }));
    const page = (await manager.page(role)).text;
    const cell = /<select[^>]*name="leads\.read\.own".*?<\/select>/.exec(page)[0];
    assert.deepEqual([...cell.matchAll(/value="(\w*)"/g)].map((m) => m[1]), ['', 'own']);
    assert.doesNotMatch(page, /name="tasks\.|name="leads\.delete/);
    const before = await reaches(role);
    for (const cells of [{ 'leads.read.own': 'all' }, { 'tasks.read.': 'own' }, { 'leads.delete.': 'own' }]) {
        const answer = await manager.save(role, cells);
        assert.equal(answer.status, 403, answer.text);
        assert.match(answer.text, /somebody else has to allow it/);
    }
    assert.deepEqual(await reaches(role), before);
    assert.equal((await manager.save(role, { 'leads.read.own': '' })).status, 303, 'less is always possible');
    const agent = await Person.of(a.sales_agent);
    assert.doesNotMatch((await agent.page(role)).text, /class="rights"/);
    assert.equal((await agent.save(role, { 'leads.update.own': 'all' })).status, 403);
});
