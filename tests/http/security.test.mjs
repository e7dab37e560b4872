// security.test.mjs - what docs/security.md promises of sessions, tokens, forms, headers and pages; each with a check that can
// fail. Who may see which record: isolation.test.mjs and routes.test.mjs.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Tenon, errorsOf, recordOf, startTenon } from './support.mjs';
import { ask, cookieOf, setCookies, signIn, tokenOf } from './browser.mjs';
import { Maker, longest, writable } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon({ roles: ['sales_agent', 'read_only', 'support_agent'] });
after(() => tenon.stop());
const { a, b } = tenon;
const { routes } = await tenon.cli('routes');
const ABSENT = 2 ** 52 + 1;
const cookie = await signIn(tenon, a.admin);
const token = await tokenOf(tenon, cookie);
const make = new Maker(tenon.schema, a.admin, shape);
const open = tenon.schema.filter((e) => !e.internal);

// ---- forged requests --------------------------------------------------------------------------------------

const unsafe = routes.filter((r) => !['GET', 'HEAD'].includes(r.method));
const isApi = (r) => r.flags.includes('api');
const forge = (route, headers) => ask(tenon, route.method, route.path.replace('{id}', ABSENT).replace(/\{\w+\}/, 'x'), {
    headers: { cookie, ...headers }, ...(isApi(route) ? { json: {} } : { form: {} }),
});

const otherCookie = await signIn(tenon, a.sales_agent);
const otherToken = await tokenOf(tenon, otherCookie);
const forgeries = {
    'no token': {},
    'a made-up token': { 'x-csrf-token': 'A'.repeat(43) },
    'a token cut short': { 'x-csrf-token': token.slice(0, -2) },
    'another session\'s token': { 'x-csrf-token': otherToken },
    'a foreign origin': { 'x-csrf-token': token, origin: 'https://evil.example' },
    'an origin that begins like ours': { 'x-csrf-token': token, origin: `${tenon.url}.evil.example` },
    'no origin at all': { 'x-csrf-token': token, origin: 'null' },
    'a cross-site request': { 'x-csrf-token': token, 'sec-fetch-site': 'cross-site' },
    'a same-site request of another host': { 'x-csrf-token': token, 'sec-fetch-site': 'same-site' },
};
// The gate does not ask which entity a path is of: the plainest forgery is tried on every path, the others on those of one entity
// and on all that are of none.
const guarded = unsafe.filter((r) => !r.flags.includes('public'));
const ofAnother = new RegExp(`^(/api/v1)?/(${open.map((e) => e.name).filter((name) => name !== 'leads').join('|')})(/|$)`);
for (const [what, headers] of Object.entries(forgeries)) {
    test(`no form and no path that changes something is taken with ${what}`, async () => {
        const about = what === 'no token' ? guarded : guarded.filter((r) => !ofAnother.test(r.path));
        const faults = [];
        for (const route of about) {
            const answer = await forge(route, headers);
            if (answer.status !== 403) faults.push(`${route.method} ${route.path}: ${answer.status}`);
        }
        assert.deepEqual(faults, []);
        assert.ok(about.length > 40, `${about.length} routes`);
    });
}

test('nobody is signed in, or set up, by another site', async () => {
    for (const path of ['/login', '/setup', '/api/v1/auth/login']) {
        const form = { email: a.admin.email, password: a.admin.password };
        const body = path.startsWith('/api') ? { json: form } : { form };
        for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
            const answer = await ask(tenon, 'POST', path, { headers, ...body });
            assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
            assert.deepEqual(setCookies(answer), []);
        }
    }
});

test('the forgeries can fail: our own page\'s request is taken', async () => {
    for (const headers of [{}, { origin: tenon.url }, { 'sec-fetch-site': 'same-origin', origin: tenon.url }]) {
        const answer = await ask(tenon, 'POST', '/leads', { headers: { cookie, 'x-csrf-token': token, ...headers },
            form: { name: 'Own' } });
        assert.equal(answer.status, 303, answer.text.slice(0, 300));
    }
    const byField = await ask(tenon, 'POST', '/leads', { headers: { cookie }, form: { name: 'Own', _csrf: token } });
    assert.equal(byField.status, 303);
});

// ---- sessions ---------------------------------------------------------------------------------------------

const works = async (value) => (await ask(tenon, 'GET', '/', { headers: { cookie: value } })).status === 200;
const bearer = (value) => tenon.nobody.get('/me', { headers: { authorization: `Bearer ${value}` } });

test('the session cookie is out of reach of scripts and of other sites', async () => {
    const answer = await ask(tenon, 'POST', '/login', { form: { email: a.admin.email, password: a.admin.password } });
    const [text, ...more] = setCookies(answer);
    assert.deepEqual(more, []);
    const attributes = text.split('; ').slice(1).map((s) => s.toLowerCase());
    for (const wanted of ['httponly', 'samesite=lax', 'path=/']) assert.ok(attributes.includes(wanted), `${wanted}: ${text}`);
    assert.ok(!attributes.some((s) => s.startsWith('domain')), text);
    const out = await ask(tenon, 'POST', '/logout', { headers: { cookie: cookieOf(answer), 'x-csrf-token': await tokenOf(tenon,
        cookieOf(answer)) } , form: {} });
    assert.match(setCookies(out)[0], /Max-Age=0.*|.*Max-Age=0/);
});

const freePort = () => new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => done(port));
    });
});

test('behind TLS the cookie is bound to host and TLS, and browsers are told to stay there', async () => {
    const tls = Object.assign(new Tenon(), { dir: tenon.dir, database: tenon.database });
    const port = await freePort();
    await tls.start(['--secure-cookies', '--public-url', 'https://crm.example', '--listen', `127.0.0.1:${port}`]);
    tls.url = `http://127.0.0.1:${port}`;
    try {
        const form = { email: a.read_only.email, password: a.read_only.password };
        const answer = await ask(tls, 'POST', '/login', { form, headers: { origin: 'https://crm.example' } });
        assert.equal(answer.status, 303);
        assert.match(setCookies(answer)[0], /^__Host-tenon=[^;]+;.*; Secure/);
        assert.match(answer.headers['strict-transport-security'], /^max-age=31536000/);
        const direct = await ask(tls, 'POST', '/login', { form, headers: { origin: tls.url } });
        assert.equal(direct.status, 403, 'only the public address is ours');
    } finally {
        await tls.halt();
    }
});

test('signing in makes a new session each time, and ends the one that the browser came with', async () => {
    const planted = await signIn(tenon, a.support_agent);
    const fresh = await signIn(tenon, a.support_agent, { headers: { cookie: planted } });
    assert.notEqual(fresh, planted);
    assert.ok(await works(fresh));
    assert.ok(!await works(planted), 'the one that may have been planted is over');
    const chosen = `${planted.split('=')[0]}=tns_${'A'.repeat(43)}`;
    const own = await signIn(tenon, a.support_agent, { headers: { cookie: chosen } });
    assert.notEqual(own, chosen);
    assert.ok(!await works(chosen));
    assert.ok(await works(fresh), 'another browser\'s session goes on');
});

test('signing out ends the session, on pages and for programs', async () => {
    const mine = await signIn(tenon, a.support_agent);
    assert.ok(await works(mine));
    const answer = await ask(tenon, 'POST', '/logout', { headers: { cookie: mine, 'x-csrf-token': await tokenOf(tenon, mine) },
        form: {} });
    assert.equal(answer.status, 303);
    assert.ok(!await works(mine));
    const { token: access } = (await tenon.nobody.post('/auth/login', { email: a.support_agent.email,
        password: a.support_agent.password })).json;
    assert.equal((await bearer(access)).status, 200);
    const renewed = (await tenon.nobody.post('/auth/refresh', {}, { headers: { authorization: `Bearer ${access}` } })).json.token;
    assert.equal((await bearer(access)).status, 401, 'a token that was exchanged is worth nothing');
    assert.equal((await tenon.nobody.post('/auth/logout', {}, { headers: { authorization: `Bearer ${renewed}` } })).status, 204);
    assert.equal((await bearer(renewed)).status, 401);
});

test('each kind of token works in its own place only', async () => {
    const name = cookie.split('=')[0];
    const value = cookie.slice(name.length + 1);
    const { token: access } = (await tenon.nobody.post('/auth/login', { email: a.support_agent.email,
        password: a.support_agent.password })).json;
    assert.equal((await bearer(value)).status, 401, 'a cookie is no bearer token');
    assert.ok(!await works(`${name}=${a.admin.key}`), 'a key is no cookie');
    assert.ok(!await works(`${name}=${access}`), 'an access token is no cookie');
    for (const spoilt of [value.slice(0, -1), `${value}A`, value.toUpperCase(), '',
        'x'.repeat(5000)]) assert.ok(!await works(`${name}=${spoilt}`));
    assert.equal((await bearer(a.admin.key)).status, 200, 'the check can fail');
    assert.equal((await bearer(access)).status, 200);
});

test('whoever is disabled, or gets a new password, is out at once', async () => {
    const { record: user } = await make.create('users', 'min', { email: 'leaver@example.com',
        password: 'correct horse battery 9', name: 'Leaver' });
    const role = (await a.admin.get('/roles?filter[name]=sales_agent')).json.data[0].id;
    assert.equal((await a.admin.post('/role_users', { role_id: role, user_id: user.id })).status, 201);
    const who = { email: 'leaver@example.com', password: 'correct horse battery 9' };
    const enter = async (password) => ({
        cookie: await signIn(tenon, { ...who, password }), key: (await tenon.cli('key', 'create', '--user', who.email)).key,
        access: (await tenon.nobody.post('/auth/login', { ...who, password })).json.token,
    });
    const alive = async (s) => [await works(s.cookie), (await bearer(s.key)).status === 200,
        (await bearer(s.access)).status === 200];
    const first = await enter(who.password);
    assert.deepEqual(await alive(first), [true, true, true]);
    const changed = await a.admin.patch(`/users/${user.id}`, { password: 'another horse battery 9' });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual(await alive(first), [false, true, false], 'sessions end with the password they were made with');
    const second = await enter('another horse battery 9');
    assert.deepEqual(await alive(second), [true, true, true]);
    assert.equal((await a.admin.patch(`/users/${user.id}`, { is_active: false })).status, 200);
    assert.deepEqual(await alive(second), [false, false, false]);
    assert.equal((await tenon.nobody.post('/auth/login', { ...who, password: 'another horse battery 9' })).status, 401);
    assert.equal((await a.admin.patch(`/users/${user.id}`, { is_active: true })).status, 200);
    assert.deepEqual((await alive(second)).filter((_, i) => i !== 1), [false, false], 'sessions stay ended');
    assert.equal((await a.admin.delete(`/users/${user.id}`)).status, 204);
    assert.deepEqual(await alive(second), [false, false, false]);
});

test('passwords that are short, common or one\'s own name are refused', async () => {
    const good = await make.body('users', 'min');
    const before = (await a.admin.all('/users')).length;
    for (const password of ['', 'short 7', 'password', 'PASSWORD', '12345678', 'qwertyuiop', 'letmein1', 'who@example.com',
        'x'.repeat(201)]) {
        const answer = await a.admin.post('/users', { ...good, email: 'who@example.com', password });
        if (password === '' && answer.status === 201) continue; // invited, without a password yet
        assert.equal(answer.status, 422, `${password.slice(0, 20)}: ${answer.text}`);
        assert.ok(errorsOf(answer).some((e) => e.field === 'password'), answer.text);
        if (password.length > 8 && password !== 'who@example.com') assert.ok(!answer.text.includes(password),
            'it is not repeated');
    }
    assert.ok((await a.admin.all('/users')).length <= before + 1);
    const taken = await a.admin.post('/users', { ...good, email: 'fine@example.com', password: 'seven green lamps' });
    assert.equal(taken.status, 201, taken.text);
});

// ---- headers ----------------------------------------------------------------------------------------------

const asset = /"(\/assets\/[^"]+\.css)"/.exec((await ask(tenon, 'GET', '/login')).text)[1];
const kinds = [
    ['a page', 'GET', '/leads', { headers: { cookie } }, 200], ['the way to sign in', 'GET', '/leads', {}, 303],
    ['the sign-in', 'GET', '/login', {}, 200], ['a wrong password', 'POST', '/login', { form: { email: 'x@example.com',
        password: 'wrong guess' } }, 401],
    ['a list', 'GET', '/api/v1/leads', { headers: { authorization: `Bearer ${a.admin.key}` } }, 200],
    ['no key', 'GET', '/api/v1/leads', {}, 401], ['no such page', 'GET', '/no_such_page', {}, 404],
    ['no such page, signed in', 'GET', '/no_such_page', { headers: { cookie } }, 404],
    ['no such path', 'GET', '/api/v1/no_such_path', {}, 404], ['no such asset', 'GET', '/assets/none.js', {}, 404],
    ['no such method', 'PUT', '/leads', {}, 405], ['a bad escape', 'GET', '/leads?q=%zz', { headers: { cookie } }, 400],
    ['a forged form', 'POST', '/leads', { headers: { cookie }, form: {} }, 403],
    ['a form with faults', 'POST', '/leads', { headers: { cookie, 'x-csrf-token': token }, form: {} }, 422],
    ['a large body', 'POST', '/api/v1/leads', { headers: { authorization: `Bearer ${a.admin.key}` },
        json: 'x'.repeat(1_100_000) }, 413],
    ['an asset', 'GET', asset, {}, 200], ['an asset\'s head', 'HEAD', asset, {}, 200], ['health', 'GET', '/healthz', {}, 200],
    ['the description', 'GET', '/api/v1/openapi.json', {}, 200], ['the icon', 'GET', '/favicon.ico', {}, 200],
    ['figures', 'GET', '/metrics', {}, 200], ['malformed', 'GET', '/healthz', { headers: { 'transfer-encoding': 'nonsense' } },
        400],
];
for (const [what, method, path, options, status] of kinds) {
    test(`the answer has its security headers: ${what}`, async () => {
        const answer = await ask(tenon, method, path, options);
        assert.equal(answer.status, status, answer.text.slice(0, 300));
        const h = answer.headers;
        assert.equal(h['x-content-type-options'], 'nosniff');
        const policy = h['content-security-policy'] ?? '';
        assert.match(policy, /frame-ancestors 'none'/);
        assert.match(policy, /default-src 'none'/);
        assert.doesNotMatch(/script-src[^;]*/.exec(policy)?.[0] ?? '', /unsafe|\*|https?:/);
        assert.ok(['same-origin', 'no-referrer'].includes(h['referrer-policy']));
        assert.equal(h['cross-origin-opener-policy'], 'same-origin');
        assert.equal(h['access-control-allow-origin'], undefined);
        assert.equal(h.server, undefined);
        assert.equal(h['x-powered-by'], undefined);
        if (!/^\/(assets|favicon)/.test(path) || status >= 400) assert.equal(h['cache-control'], 'no-store');
        if (h['content-type'] && status !== 303) assert.match(h['content-type'], /charset=utf-8|json|image|css/);
    });
}

test('each page has a nonce of its own, and its scripts carry it', async () => {
    const pages = await Promise.all([1, 2].map(() => ask(tenon, 'GET', '/leads', { headers: { cookie } })));
    const nonces = pages.map((p) => /'nonce-([\w-]+)'/.exec(p.headers['content-security-policy'])[1]);
    assert.notEqual(nonces[0], nonces[1]);
    for (const [script, inside] of pages[0].text.matchAll(/<script\b([^>]*)>/g)) {
        assert.ok(inside.includes(`nonce="${nonces[0]}"`) || / src="\/assets\//.test(inside), script);
    }
    assert.deepEqual(live(pages[0].text), [], 'no handlers in attributes');
});

test('the Host header never comes back', async () => {
    for (const [what, method, path, options] of kinds) {
        if (method === 'POST' && options.headers?.cookie) continue; // its origin is judged by it
        const answer = await ask(tenon, method, path, { ...options, headers: { ...options.headers, host: 'evil.example' } });
        const all = JSON.stringify(answer.headers) + answer.text;
        assert.ok(!all.includes('evil.example'), `${what}: ${answer.text.slice(0, 300)}`);
    }
});

// ---- where it leads ---------------------------------------------------------------------------------------

test('after signing in one stays here', async () => {
    const form = { email: a.read_only.email, password: a.read_only.password };
    for (const next of ['//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example',
        'https:evil.example',
        'javascript:alert(1)', '/\t/evil.example', ' //evil.example', '/\n/evil.example', 'evil.example',
            '/leads\r\nSet-Cookie: a=b', '']) {
        const answer = await ask(tenon, 'POST', '/login', { form: { ...form, next } });
        assert.equal(answer.status, 303);
        assert.equal(answer.headers.location, '/', JSON.stringify(next));
        const shown = await ask(tenon, 'GET', `/login?next=${encodeURIComponent(next)}`, { headers: { cookie } });
        assert.ok(shown.status === 400 || shown.headers.location === '/', `${JSON.stringify(next)}: ${shown.headers.location}`);
        const page = await ask(tenon, 'GET', `/login?next=${encodeURIComponent(next)}`);
        assert.doesNotMatch(page.text, /evil\.example|javascript:/);
    }
    const good = await ask(tenon, 'POST', '/login', { form: { ...form, next: '/leads?q=a' } });
    assert.equal(good.headers.location, '/leads?q=a', 'the check can fail');
});

test('what is set up stays set up', async () => {
    assert.equal((await ask(tenon, 'GET', '/setup')).status, 404);
    for (const form of [{}, { code: '' }, { code: 'x'.repeat(20), business: 'Mine', name: 'Me', email: 'me@example.com',
        password: 'seven green lamps' }]) {
        const answer = await ask(tenon, 'POST', '/setup', { form });
        assert.ok([403, 404].includes(answer.status), `${answer.status}`);
        assert.deepEqual(setCookies(answer), []);
    }
    assert.equal((await tenon.cli('tenant', 'list')).tenants.length, 2);
});

test('figures are for this machine and for administrators', async () => {
    const from = (headers) => ask(tenon, 'GET', '/metrics', { headers });
    assert.equal((await from({})).status, 200);
    for (const headers of [{ 'x-forwarded-for': '192.0.2.1' }, { forwarded: 'for=192.0.2.1' }]) {
        assert.equal((await from(headers)).status, 403);
        assert.equal((await from({ ...headers, authorization: `Bearer ${a.sales_agent.key}` })).status, 403);
        assert.equal((await from({ ...headers, authorization: `Bearer ${a.admin.key}` })).status, 200);
    }
    const text = (await from({})).text;
    assert.ok(!text.includes(String(a.id)) && !text.includes(a.admin.email), 'they name routes, not records');
});

// ---- what pages show --------------------------------------------------------------------------------------

const own = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>",
    '</textarea><script>alert(1)</script>',
    '</title><script>alert(1)</script>', '" autofocus onfocus="alert(1)', '--><script>alert(1)</script>',
        '[x](javascript:alert(1))',
    '![x](" onerror="alert(1))', '<a href="javascript:alert(1)">x</a>', '</script><script>alert(1)</script>',
        '{{constructor}}<b>',
    '<iframe srcdoc="<script>alert(1)</script>">', '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>'];
const more = process.env.TENON_DATA && join(process.env.TENON_DATA, 'torture/blns.json');
const payloads = [...new Set([...own, ...(more && existsSync(more) ? JSON.parse(readFileSync(more, 'utf8'))
    : []).filter((s) => /[<>]/.test(s))])]
    .filter((s) => !/[\u0000-\u001f\u007f]/.test(s));

// Payloads that stand in the page as markup.
const live = (html) => payloads.filter((p) => /[<>"]/.test(p) && html.includes(p))
    .concat([...html.matchAll(/\b(?:href|src|action)="\s*javascript:[^"]*"/gi)].map((m) => m[0]),
        [...html.replace(/="[^"]*"/g, '=""').matchAll(/<[a-z][^>]*\son\w+\s*=[^>]*/gi)].map((m) => m[0]));

// Their rules ask for a form that free text does not have.
const FORMED = /^(password|country|country_code|currency|timezone|language|domain|slug|ip_address|resource|action|entity)$/;
const pagesOf = (name, id) => [`/${name}`, `/${name}/${id}`, `/${name}/${id}/edit`, `/${name}/board`, `/${name}?q=alert`];
for (const entity of open.filter((e) => !e.read_only && e.name !== 'tenants')) {
    test(`${entity.name} show what was written into them as text`, async () => {
        const texts = entity.fields.filter((f) => writable(f) && ['text', 'markdown', 'tags'].includes(f.kind)
            && !FORMED.test(f.name));
        const { record } = await make.create(entity.name, 'min');
        // The same templates write all of them: what others have thought of is tried on two.
        const tried = ['leads', 'notes'].includes(entity.name) ? payloads : payloads.filter((p) => own.includes(p));
        let written = 0;
        let escaped = 0;
        for (let at = 0; at < tried.length && texts.length > 0; at += Math.max(texts.length, 4)) {
            const body = {};
            texts.forEach((f, i) => {
                const p = tried[(at + i) % tried.length];
                if (f.kind === 'tags') body[f.name] = [p.slice(0, 40)];
                else if ([...p].length <= longest(f)) body[f.name] = p;
            });
            let answer = entity.append_only ? await make.client.post(`/${entity.name}`, { ...(await make.body(entity.name,
                'min')), ...body })
                : await a.admin.patch(`/${entity.name}/${record.id}`, body);
            for (const e of answer.status === 422 ? errorsOf(answer) : []) delete body[e.field];
            if (answer.status === 422 && !entity.append_only) answer = await a.admin.patch(`/${entity.name}/${record.id}`, body);
            if (answer.status >= 300) continue;
            written += Object.keys(body).length;
            for (const path of [...pagesOf(entity.name, recordOf(answer)?.id ?? record.id), '/', '/search?q=alert']) {
                const page = await ask(tenon, 'GET', path, { headers: { cookie } });
                assert.ok(page.status < 500, `${path}: ${page.status}`);
                assert.deepEqual(live(page.text), [], path);
                escaped += (page.text.match(/&lt;(?:script|img|svg|a |iframe|math|b)/g) ?? []).length;
            }
        }
        if (texts.some((f) => f.kind === 'text' && longest(f) >= 60) && written > 0) assert.ok(escaped > 0,
            `${written} fields were written and none is shown`);
    });
}

test('the check can fail: markup is found in a page', () => {
    assert.equal(live(`<p>${payloads[0]}</p>`).length, 1);
    assert.equal(live('<a href="javascript:alert(1)">').length, 1);
    assert.equal(live('<img src=x onerror=alert(1)>').length, 1);
    assert.equal(live('<input value="&quot; onfocus=">').length, 0);
    assert.equal(live('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>').length, 0);
});

test('an export begins no cell with a formula', { skip: routes.some((r) => r.path === '/api/v1/leads/export') ? false
    : 'there is no export' }, async () => {
    const formulas = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '=cmd|\'/c calc\'!A1', '=HYPERLINK("http://evil.example")'];
    for (const [i, name] of formulas.entries()) {
        const answer = await a.admin.post('/leads', { name, company_name: formulas[(i + 1) % formulas.length],
            source_detail: 'formula' });
        assert.equal(answer.status, 201, answer.text);
    }
    const csv = await a.admin.get('/leads/export?format=csv&filter[source_detail]=formula');
    assert.equal(csv.status, 200, csv.text);
    const cells = csv.text.split('\n').flatMap((line) => line.split(',')).map((cell) => cell.replace(/^"/, ''));
    assert.deepEqual(cells.filter((cell) => /^[=@]|^[+-]1/.test(cell)), []);
    assert.equal(cells.filter((cell) => /^.?=1\+1/.test(cell)).length, 2, 'they are there, marked');
    assert.match(csv.headers.get('content-disposition'), /^attachment/);
    const json = await a.admin.get('/leads/export?format=json&filter[source_detail]=formula');
    assert.ok(json.text.includes('"=1+1"'), 'the check can fail: JSON has them as they are');
});

// ---- what never leaves ------------------------------------------------------------------------------------

test('no answer holds a hash of a password or token', async () => {
    const inside = tenon.schema.flatMap((e) => e.fields.filter((f) => f.hidden).map((f) => f.name));
    const names = [...new Set([...inside, 'password_hash', 'token_hash',
        'key_hash'])].filter((n) => /hash|password|secret|token/.test(n));
    assert.ok(names.includes('password_hash'), 'the schema has what is to be hidden');
    const hash = /\$argon2id?\$|"[0-9a-f]{64}"/;
    const faults = [];
    const look = (what, text) => {
        if (/\$argon2/.test(text)) faults.push(`${what}: a password's hash`);
        for (const name of names) if (text.includes(`"${name}":`)) faults.push(`${what}: ${name}`);
    };
    for (const entity of open) {
        const refs = entity.fields.filter((f) => f.kind === 'ref').slice(0, 8).map((f) => f.name);
        for (const query of ['?limit=50', '?limit=50&trash=true',
            ...refs.map((r) => `?limit=20&include=${r.replace(/_id$/, '')}`)]) {
            const list = await a.admin.get(`/${entity.name}${query}`);
            look(`/${entity.name}${query}`, list.text);
            const id = list.json?.data?.[0]?.id;
            if (id && query === '?limit=50') look(`/${entity.name}/${id}`, (await a.admin.get(`/${entity.name}/${id}`)).text);
        }
        for (const name of names) {
            assert.equal((await a.admin.get(`/${entity.name}?fields=${name}`)).status, 400,
                `${entity.name}.${name} cannot be asked for`);
        }
        for (const page of [`/${entity.name}`]) look(page, (await ask(tenon, 'GET', page, { headers: { cookie } })).text);
    }
    for (const path of ['/me', '/openapi.json', '/search?q=admin', '/users/export?format=json',
        '/users/export?format=csv']) look(path, (await a.admin.get(path)).text);
    assert.deepEqual(faults, []);
    assert.match('"$argon2id$v=19$', hash);
});

// ---- guessing: last, because it uses up the tries of this machine's address -------------------------------

const forget = async () => { await tenon.halt(); await tenon.start(); };

test('those who know their passwords are not kept out, however many they are', async () => {
    for (let i = 0; i < 60; i++) await signIn(tenon, [a.sales_agent, a.read_only, a.support_agent][i % 3]);
});

test('an unknown address and a wrong password get the same answer in the same time', async () => {
    await forget();
    const times = { known: [], unknown: [] };
    const texts = new Set();
    for (let i = 0; i < 7; i++) {
        for (const [kind, email] of [['known', b.support_agent.email], ['unknown', `nobody${i}@example.com`]]) {
            const from = performance.now();
            const answer = await tenon.nobody.post('/auth/login', { email, password: `a wrong guess ${i}` });
            times[kind].push(performance.now() - from);
            assert.equal(answer.status, 401);
            texts.add(answer.text.replace(/"instance":"[^"]*",?/, ''));
        }
    }
    assert.equal(texts.size, 1);
    // The quickest of each: what others on the machine take comes on top of it.
    const ratio = Math.min(...times.unknown) / Math.min(...times.known);
    assert.ok(ratio > 0.5 && ratio < 2, `unknown takes ${ratio.toFixed(2)} times as long`);
    const from = performance.now();
    await tenon.nobody.post('/auth/login', { email: '', password: '' });
    const cheap = performance.now() - from;
    const told = [Math.min(...times.known), Math.min(...times.unknown), cheap].map((ms) => `${ms.toFixed(1)} ms`);
    console.log(`# known ${told[0]}, unknown ${told[1]}, without a hash ${told[2]}`);
});

test('an account is guessed at ten times, an address fifty times, and then told to wait', async () => {
    await forget();
    const guess = (email) => tenon.nobody.post('/auth/login', { email, password: 'a wrong guess' });
    const email = b.read_only.email;
    for (let i = 0; i < 10; i++) assert.equal((await guess(email)).status, 401, `guess ${i + 1}`);
    for (const asked of [email, email.toUpperCase(), ` ${email} `]) {
        const late = await guess(asked);
        assert.equal(late.status, 429, asked);
        assert.ok(Number(late.headers.get('retry-after')) > 0 && Number(late.headers.get('retry-after')) <= 900);
    }
    const right = await tenon.nobody.post('/auth/login', { email, password: b.read_only.password });
    assert.equal(right.status, 429, 'the right password does not help either');
    const page = await ask(tenon, 'POST', '/login', { form: { email, password: 'x' } });
    assert.equal(page.status, 429);
    assert.ok(Number(page.headers['retry-after']) > 0);
    let status = 401;
    let tries = 0;
    for (; tries < 60 && status === 401; tries++) status = (await guess(`other${tries}@example.com`)).status;
    assert.equal(status, 429, 'one address has had its tries');
    assert.equal((await tenon.nobody.post('/auth/login', { email: b.admin.email, password: b.admin.password })).status, 429);
    assert.equal((await b.admin.get('/me')).status, 200, 'who is signed in goes on');
});
