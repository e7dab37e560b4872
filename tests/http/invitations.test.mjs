// invitations.test.mjs - people are asked to join by a link: who may ask, what it is worth and for how long, by page and API.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, cookieOf, signIn, tokenOf } from './browser.mjs';
import { errorsOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['supervisor', 'read_only'] });
after(() => tenon.stop());
const { a, b } = tenon;
const WEEK = 7 * 24 * 3600_000;
const chosen = 'a sentence of my own';
const roles = Object.fromEntries((await a.admin.all('/roles')).map((role) => [role.name, role.id]));

let people = 0;
const address = () => `guest-${++people}@example.com`;
async function invite(more = {}, as = a.admin) {
    const made = await as.post('/invitations', { email: address(), role_id: roles.sales_agent, ...more });
    assert.equal(made.status, 201, made.text);
    return made.json;
}
const join = (token, more = {}) => tenon.nobody.post('/join', { token, name: 'Gwen Ashby', password: chosen, ...more });
const opened = async (token) => ask(tenon, 'GET', `/join?token=${token}`);

// Somebody of a role of their own, which may do just this.
async function custom(name, grants) {
    const role = (await a.admin.post('/roles', { name, label: name })).json;
    for (const [resource, action] of grants) {
        const given = await a.admin.post('/role_permissions', { role_id: role.id, resource, action, scope: 'all' });
        assert.equal(given.status, 201, given.text);
    }
    const email = `${name}@example.com`;
    await tenon.cli('user', 'create', email, '--tenant', String(a.id), '--role', name, '--password-file', tenon.secret(),
        '--name', name);
    return tenon.client(email, { tenantId: a.id, role: name });
}
const OFFICE = [['users', 'read'], ['users', 'create'], ['role_users', 'create'], ['invitations', 'read'], ['roles', 'read']];

test('an invitation answers its link once, and is kept without it', async () => {
    const made = await invite({ name: 'Gwen Ashby' });
    assert.match(made.token, /^tni_[\w-]{43}_\d+$/);
    assert.equal(made.link, `${tenon.url}/join?token=${made.token}`);
    assert.equal(made.created_by_id, a.admin.userId);
    const kept = (await a.admin.get(`/invitations/${made.id}`)).json;
    assert.equal(Math.abs(Date.parse(kept.expires_at) - Date.parse(kept.created_at) - WEEK) < 2000, true, kept.expires_at);
    for (const gone of ['token', 'link', 'token_hash']) assert.equal(kept[gone], undefined, gone);
    assert.ok(!tenon.stored().includes(made.token), 'the database does not hold the token');
});

test('whoever has the link joins with the role and branch of the invitation, and is signed in', async () => {
    const made = await a.admin.post('/locations', { name: 'Ballarat' });
    assert.equal(made.status, 201, made.text);
    const branch = made.json;
    const { email, token, id } = await invite({ location_id: branch.id });
    const joined = await join(token);
    assert.equal(joined.status, 200, joined.text);
    const me = await tenon.nobody.get('/me', { headers: { authorization: `Bearer ${joined.json.token}` } });
    assert.equal(me.json.user.email, email);
    assert.equal(me.json.tenant.id, a.id);
    assert.deepEqual(me.json.roles, ['sales_agent']);
    const user = (await a.admin.get(`/users/${me.json.user.id}`)).json;
    assert.equal(user.name, 'Gwen Ashby');
    assert.equal(user.location_id, branch.id);
    const after = (await a.admin.get(`/invitations/${id}`)).json;
    assert.equal(after.user_id, user.id);
    assert.ok(after.accepted_at);
    assert.ok(await signIn(tenon, { email, password: chosen }), 'and later with the password');
});

test('a link that was used, revoked or renewed, is past its time or never was, is answered alike', async () => {
    const used = await invite(), revoked = await invite(), renewed = await invite();
    assert.equal((await join(used.token)).status, 200);
    assert.equal((await a.admin.post(`/invitations/${revoked.id}/revoke`)).status, 200);
    const again = (await a.admin.post(`/invitations/${renewed.id}/renew`)).json;
    assert.notEqual(again.token, renewed.token);
    const never = `tni_${'A'.repeat(43)}_${a.id}`, elsewhere = renewed.token.replace(/_\d+$/, `_${b.id}`);
    const pages = new Set(), answers = new Set();
    for (const dead of [used.token, revoked.token, renewed.token, never, elsewhere, 'nonsense', '']) {
        const page = await opened(dead);
        assert.equal(page.status, 404);
        pages.add(page.text.replace(/nonce="[^"]*"/g, ''));
        const api = await join(dead);
        assert.equal(api.status, 404, dead);
        answers.add(JSON.stringify([api.json.detail, api.json.errors]));
    }
    assert.equal(pages.size, 1, [...pages].join('\n---\n'));
    assert.equal(answers.size, 1, [...answers].join('\n'));
    assert.match([...pages][0], /not valid any more/);
    assert.equal((await join(again.token)).status, 200, 'the new link is the good one');
    assert.equal((await a.admin.post(`/invitations/${used.id}/renew`)).status, 409);
    assert.equal((await a.admin.post(`/invitations/${revoked.id}/revoke`)).status, 409);
});

test('a link lets nobody in once who sent it is disabled or deleted, until they are back or somebody renews it', async () => {
    const grants = [...OFFICE, ['tags', 'read']];
    const office = await custom('leaver', grants);
    const small = (await a.admin.post('/roles', { name: 'smallest', label: 'Smallest' })).json;
    await a.admin.post('/role_permissions', { role_id: small.id, resource: 'tags', action: 'read', scope: 'all' });
    const [one, two, past] = [await invite({ role_id: small.id }, office), await invite({ role_id: small.id }, office),
        await invite({ role_id: small.id }, office)];
    const cookie = await signIn(tenon, a.admin);
    const held = async () => ((await ask(tenon, 'GET', '/settings/invitations', { headers: { cookie } })).text
        .match(/lets nobody in while/g) ?? []).length;
    assert.equal(await held(), 0);
    assert.equal((await a.admin.post(`/users/${office.userId}/disable`, {})).status, 200);
    const dead = await join(one.token), revoked = await join('nonsense');
    assert.equal(dead.status, 404);
    assert.deepEqual(dead.json.errors, revoked.json.errors);
    assert.equal((await opened(one.token)).status, 404);
    assert.equal(await held(), 3);
    const again = await a.admin.post('/invitations', { email: one.email, role_id: small.id });
    assert.match(errorsOf(again)[0].message, /Renew that invitation/);

    assert.equal((await a.admin.post(`/users/${office.userId}/enable`, {})).status, 200);
    assert.equal(await held(), 0);
    assert.equal((await join(one.token)).status, 200, 'who is back stands for it again');
    assert.equal((await a.admin.delete(`/users/${office.userId}`)).status, 204);
    assert.equal((await join(two.token)).status, 404);
    const renewed = (await a.admin.post(`/invitations/${two.id}/renew`)).json;
    assert.equal(renewed.created_by_id, a.admin.userId, 'whoever renews invites');
    assert.equal(await held(), 1);
    assert.equal((await join(renewed.token)).status, 200);
    assert.equal((await a.admin.post(`/invitations/${past.id}/revoke`)).status, 200);
    assert.equal(await held(), 0);
});

test('of many who come with one link at once one comes in', async () => {
    const { email, token } = await invite();
    const all = await Promise.all(Array.from({ length: 6 }, (_, i) => join(token, { name: `Guest ${i}` })));
    assert.deepEqual(all.map((answer) => answer.status).sort(), [200, 404, 404, 404, 404, 404]);
    assert.equal((await a.admin.all(`/users?filter[email]=${encodeURIComponent(email)}`)).length, 1);
});

test('one open invitation for an address, and none for somebody who is here', async () => {
    const { email } = await invite();
    for (const same of [email, email.toUpperCase()]) {
        const twice = await a.admin.post('/invitations', { email: same, role_id: roles.sales_agent });
        assert.equal(twice.status, 409, twice.text);
        assert.equal(errorsOf(twice)[0].field, 'email');
        assert.match(errorsOf(twice)[0].message, /invited already/);
    }
    const here = await a.admin.post('/invitations', { email: a.supervisor.email });
    assert.equal(here.status, 409);
    assert.equal(errorsOf(here)[0].field, 'email');
    assert.match(errorsOf(here)[0].message, /user here already/);
    assert.equal((await b.admin.post('/invitations', { email })).status, 201, 'another company knows nothing of it');
});

test('what is wrong with an invitation is told by its field, and what it does not take is refused', async () => {
    const bad = await a.admin.post('/invitations', { email: 'nobody', role_id: 12345 });
    assert.deepEqual(errorsOf(bad).map((e) => e.field).sort(), ['email', 'role_id'], bad.text);
    for (const more of [{ token_hash: 'x' }, { expires_at: '2030-01-01T00:00:00Z' }, { accepted_at: null }, { user_id: 1 }]) {
        const refused = await a.admin.post('/invitations', { email: address(), ...more });
        assert.equal(refused.status, 422, refused.text);
        assert.deepEqual(errorsOf(refused).map((e) => [e.code, e.field]), [['unknown_field', Object.keys(more)[0]]]);
    }
    const foreign = (await b.admin.all('/roles'))[0];
    const theirs = await a.admin.post('/invitations', { email: address(), role_id: foreign.id });
    assert.equal(errorsOf(theirs)[0].field, 'role_id');
    assert.equal((await invite({ role_id: undefined })).role_id, roles.read_only, 'without a role the one that changes nothing');
});

test('a password that may not be chosen leaves the link good', async () => {
    const { email, token } = await invite();
    for (const password of ['short', 'password', email]) {
        const refused = await join(token, { password });
        assert.equal(refused.status, 422, password);
        assert.equal(errorsOf(refused)[0].field, 'password');
    }
    const nameless = await join(token, { name: ' ' });
    assert.deepEqual(errorsOf(nameless).map((e) => e.field), ['name']);
    assert.equal((await join(token)).status, 200);
});

test('only who may make users and give roles may invite', async () => {
    for (const who of [a.supervisor, a.read_only, await custom('half', OFFICE.filter(([what]) => what !== 'role_users'))]) {
        const refused = await who.post('/invitations', { email: address() });
        assert.equal(refused.status, 403, `${who.role}: ${refused.text}`);
        const cookie = await signIn(tenon, who);
        assert.equal((await ask(tenon, 'GET', '/settings/invitations/new', { headers: { cookie } })).status, 403);
        const users = await ask(tenon, 'GET', '/users', { headers: { cookie } });
        assert.doesNotMatch(users.text, /\/settings\/invitations\/new/, who.role);
    }
    assert.equal((await tenon.nobody.post('/invitations', { email: address() })).status, 401);
});

test('nobody gives a role that may do more than they may, by invitation, by renewing one, or by hand', async () => {
    const office = await custom('office', [...OFFICE, ['locations', 'read']]);
    const small = (await a.admin.post('/roles', { name: 'small', label: 'Small' })).json;
    await a.admin.post('/role_permissions', { role_id: small.id, resource: 'users', action: 'read', scope: 'own' });
    assert.equal((await office.post('/invitations', { email: address(), role_id: small.id })).status, 201);
    for (const name of ['tenant_admin', 'supervisor', 'sales_agent']) {
        const refused = await office.post('/invitations', { email: address(), role_id: roles[name] });
        assert.equal(refused.status, 403, `${name}: ${refused.text}`);
        assert.equal(errorsOf(refused)[0].field, 'role_id');
        const byHand = await office.post('/role_users', { user_id: office.userId, role_id: roles[name] });
        assert.equal(byHand.status, 403, `${name}: ${byHand.text}`);
    }
    const high = await invite({ role_id: roles.tenant_admin });
    assert.equal((await office.post(`/invitations/${high.id}/renew`)).status, 403);
    assert.equal((await join(high.token)).status, 200, 'the refused renewal changed nothing');
    const cookie = await signIn(tenon, office);
    const form = await ask(tenon, 'GET', '/settings/invitations/new', { headers: { cookie } });
    assert.match(form.text, />Small</);
    assert.doesNotMatch(form.text, />Administrator</);
});

test('another company\'s invitation is not there', async () => {
    const { id, token } = await invite();
    for (const verb of ['renew', 'revoke']) {
        const theirs = await b.admin.post(`/invitations/${id}/${verb}`), absent = await b.admin.post(`/invitations/1/${verb}`);
        assert.equal(theirs.status, 404);
        assert.deepEqual(theirs.json.errors, absent.json.errors);
    }
    assert.equal((await join(token)).status, 200);
});

test('a repeated request is answered without the link, which is kept nowhere', async () => {
    const headers = { 'idempotency-key': 'one invitation' };
    const body = { email: address(), role_id: roles.sales_agent };
    const first = await a.admin.post('/invitations', body, { headers });
    const second = await a.admin.post('/invitations', body, { headers });
    assert.equal(first.status, 201, first.text);
    assert.equal(second.status, 201, second.text);
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.deepEqual(second.json, { ...first.json, token: null, link: null });
    assert.ok(!tenon.stored().includes(first.json.token));
});

test('a role that is deleted takes its open invitations along', async () => {
    const role = (await a.admin.post('/roles', { name: 'passing', label: 'Passing' })).json;
    const { id, token } = await invite({ role_id: role.id });
    assert.equal((await opened(token)).status, 200);
    assert.equal((await a.admin.delete(`/roles/${role.id}`)).status, 204);
    assert.equal((await a.admin.get(`/invitations/${id}`)).status, 404);
    assert.equal((await opened(token)).status, 404);
});

test('an invitation token signs nobody in, and says nothing to a bearer\'s way', async () => {
    const { token } = await invite();
    const me = await tenon.nobody.get('/me', { headers: { authorization: `Bearer ${token}` } });
    assert.equal(me.status, 401);
    const cookie = await ask(tenon, 'GET', '/', { headers: { cookie: `tenon=${token}` } });
    assert.equal(cookie.headers.location, '/login');
});

test('every step stands in the audit log, without the token', async () => {
    const { id, token } = await invite();
    await a.admin.post(`/invitations/${id}/renew`);
    await a.admin.post(`/invitations/${id}/revoke`);
    const entries = await a.admin.all(`/audit_logs?filter[entity_type]=invitations&filter[entity_id]=${id}`);
    assert.equal(entries.length, 3);
    assert.ok(entries.every((entry) => entry.user_id === a.admin.userId), JSON.stringify(entries));
    assert.ok(!JSON.stringify(entries).includes(token.slice(4, 40)));
});

test('the pages: several are invited at once, the links shown, one joins by the form and is in', async () => {
    const cookie = await signIn(tenon, a.admin);
    const _csrf = await tokenOf(tenon, cookie);
    const send = (path, form) => ask(tenon, 'POST', path, { headers: { cookie }, form: { _csrf, ...form } });
    const one = address(), two = address();
    const typed = `Idris Bello <${one}>, ${two}\n${two.toUpperCase()};`;
    const mixed = `${one}\nno address\n${a.admin.email}`;
    const bad = await send('/settings/invitations', { email: mixed, role_id: roles.sales_agent });
    assert.equal(bad.status, 422);
    assert.match(bad.text, /&#39;no address&#39; is no e-mail address|'no address' is no e-mail address/);
    assert.match(bad.text, /user here already/);
    assert.match(bad.text, new RegExp(one.replace('.', '\\.')), 'what was typed is kept');
    assert.equal((await a.admin.all(`/invitations?filter[email]=${encodeURIComponent(one)}`)).length, 0, 'none is made');

    const made = await send('/settings/invitations', { email: typed, role_id: roles.sales_agent });
    assert.equal(made.status, 200, made.text);
    const links = [...made.text.matchAll(/value="([^"]*\/join\?token=([^"]+))"/g)];
    assert.equal(links.length, 2);
    assert.equal(made.headers['cache-control'], 'no-store');
    const list = await ask(tenon, 'GET', '/settings/invitations', { headers: { cookie } });
    assert.match(list.text, /Idris Bello/);
    assert.doesNotMatch(list.text, /tni_/);
    const users = await ask(tenon, 'GET', '/users', { headers: { cookie } });
    assert.match(users.text, /href="\/settings\/invitations"/);

    const token = links[0][2];
    const page = await opened(token);
    assert.equal(page.status, 200);
    assert.equal(page.headers['referrer-policy'], 'strict-origin');
    assert.match(page.text, /Join Tenant A/);
    assert.match(page.text, new RegExp(`value="${one}"`));
    assert.match(page.text, /value="Idris Bello"/);
    const again = await ask(tenon, 'POST', '/join', { form: { token, name: '', password: chosen } });
    assert.equal(again.status, 422);
    assert.doesNotMatch(again.text, new RegExp(chosen));
    const joined = await ask(tenon, 'POST', '/join', { form: { token, name: 'Idris Bello', password: chosen } });
    assert.equal(joined.status, 303, joined.text);
    assert.equal(joined.headers.location, '/');
    const home = await ask(tenon, 'GET', '/leads', { headers: { cookie: cookieOf(joined) } });
    assert.equal(home.status, 200);
    assert.match(home.text, /Idris Bello/);
    assert.ok(!tenon.log.join('\n').includes(token), 'the log does not hold the token');
});

test('the pages: an invitation is renewed and revoked', async () => {
    const { id, token } = await invite();
    const cookie = await signIn(tenon, a.admin);
    const _csrf = await tokenOf(tenon, cookie);
    const way = `/settings/invitations/${id}`;
    const send = (verb) => ask(tenon, 'POST', `${way}/${verb}`, { headers: { cookie }, form: { _csrf } });
    const renewed = /\/join\?token=([^"]+)"/.exec((await send('renew')).text)[1];
    assert.equal((await opened(token)).status, 404);
    assert.equal((await opened(renewed)).status, 200);
    assert.equal((await send('revoke')).status, 303);
    assert.equal((await opened(renewed)).status, 404);
    assert.equal((await send('renew')).status, 409);
});

// The last: this address is not let in for a while afterwards.
test('tokens cannot be tried at speed, by page or API', async () => {
    const { token } = await invite();
    let last;
    for (let i = 0; i < 60 && last?.status !== 429; i++) last = await join(`tni_${String(i).padEnd(43, 'x')}_${a.id}`);
    assert.equal(last.status, 429);
    assert.ok(Number(last.headers.get('retry-after')) > 0);
    assert.equal((await opened(token)).status, 429);
});
