// routes.test.mjs - from the server's own table of routes: nobody gets past the sign-in, no id of another company is known to any
// page or path, no form is taken without its token. A new route is covered the moment it exists.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { startTenon } from './support.mjs';
import { fetchedCookie } from './browser.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { a, b } = tenon;
const { routes } = await tenon.cli('routes');
const ABSENT = 2 ** 52 + 1;

// A new public route is a decision: it is added here by hand.
const PUBLIC = [
    'GET /api/v1/openapi.json', 'GET /assets/{name}', 'GET /docs/api', 'GET /docs/api/{name}', 'GET /favicon.ico',
    'GET /healthz', 'GET /join', 'GET /login', 'GET /login/forgot', 'GET /manifest.webmanifest', 'GET /metrics', 'GET /offline',
    'GET /openapi.json', 'GET /readyz', 'GET /robots.txt', 'GET /setup', 'GET /worker.js', 'POST /api/v1/auth/login',
    'POST /api/v1/join', 'POST /join', 'POST /login', 'POST /setup',
];

const victim = new Map();
const make = new Maker(tenon.schema, b.admin, shape);
for (const entity of tenon.schema.filter((e) => !e.internal)) {
    const id = entity.name === 'tenants' ? b.id : await make.some(entity.name).catch(() => undefined);
    if (id !== undefined) victim.set(entity.name, id);
}

// Signs in as a browser does; returns what asks with the cookie, and with the token of a page where `token` is not said to be
// false.
async function browser(client) {
    const signed = await fetch(`${tenon.url}/login`, {
        method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: client.email, password: client.password }),
    });
    assert.equal(signed.status, 303, await signed.text());
    const cookie = fetchedCookie(signed);
    const page = await (await fetch(`${tenon.url}/leads`, { headers: { cookie } })).text();
    const csrf = /name="csrf-token" content="([^"]+)"/.exec(page)[1];
    return async (method, path, { token = true } = {}) => {
        const headers = { cookie, ...(method === 'GET' || !token ? {} : { 'x-csrf-token': csrf }) };
        const body = method === 'GET' ? undefined : new URLSearchParams({});
        const answer = await fetch(tenon.url + path, { method, headers, body, redirect: 'manual' });
        return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
    };
}
const asA = await browser(a.admin);
const asB = await browser(b.admin);

const isApi = (route) => route.flags.includes('api');
const ask = (route, path) => isApi(route)
    ? a.admin.request(route.method, path, { raw: true, json: route.method === 'GET' || route.method === 'DELETE' ? undefined
        : {} })
    : asA(route.method, path);

// What differs from request to request in any answer.
const plain = (text, id) => text.replaceAll(String(id), 'ID').replace(/urn:tenon:request:\w+|nonce="[^"]*"/g, '')
    .replace(/(csrf-token" content|name="_csrf" value|value)="[\w-]{43}"/g, '').replace(/\b[0-9a-f]{16}\b/g, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '');

async function fingerprint() {
    const hash = createHash('sha256');
    for (const name of victim.keys()) {
        for (const row of await b.admin.all(`/${name}`)) {
            for (const late of ['last_used_at', 'last_seen_at', 'accessed_at']) delete row[late];
            hash.update(JSON.stringify(row));
        }
    }
    return hash.digest('hex');
}

test('only these routes answer without a sign-in', () => {
    assert.deepEqual(routes.filter((r) => r.flags.includes('public')).map((r) => `${r.method} ${r.path}`).sort(), PUBLIC);
});

test('nobody gets past the sign-in on any other route', async () => {
    const faults = [];
    for (const route of routes.filter((r) => !r.flags.includes('public'))) {
        const path = route.path.replace('{id}', victim.get(route.entity) ?? ABSENT).replace(/\{\w+\}/, 'x');
        const json = isApi(route) && route.method !== 'GET' && route.method !== 'DELETE' ? {} : undefined;
        const body = isApi(route) || route.method === 'GET' ? undefined : new URLSearchParams({});
        const answer = await tenon.nobody.request(route.method, path, { raw: true, json, body });
        const refused = answer.status === 401 || (!isApi(route) && answer.status === 303
            && /^\/login/.test(answer.headers.get('location')));
        if (!refused) faults.push(`${route.method} ${route.path}: ${answer.status} ${answer.text.slice(0, 100)}`);
    }
    assert.deepEqual(faults, []);
});

test('a form without its token changes nothing', async () => {
    const faults = [];
    for (const route of routes.filter((r) => !isApi(r) && r.method !== 'GET' && !r.flags.includes('public'))) {
        const path = route.path.replace('{id}', ABSENT);
        const answer = await asA(route.method, path, { token: false });
        if (answer.status !== 403) faults.push(`${route.method} ${route.path}: ${answer.status}`);
    }
    assert.deepEqual(faults, []);
});

test('no route tells another company\'s id from an absent one, and none changes its rows', async () => {
    const before = await fingerprint();
    const faults = [];
    let asked = 0;
    for (const route of routes.filter((r) => r.path.includes('{id}') && r.entity)) {
        const parent = /^(?:\/api\/v1)?\/(\w+)\/\{id\}/.exec(route.path)[1];
        const id = victim.get(parent);
        if (id === undefined) continue;
        const theirs = await ask(route, route.path.replace('{id}', id));
        const absent = await ask(route, route.path.replace('{id}', ABSENT));
        asked++;
        const same = theirs.status === absent.status && plain(theirs.text, id) === plain(absent.text, ABSENT)
            && plain(theirs.location ?? '', id) === plain(absent.location ?? '', ABSENT);
        if (!same || theirs.status < 400) {
            const told = `${theirs.status} ${theirs.text.slice(0, 120)}`;
            faults.push(`${route.method} ${route.path}: theirs ${told}, absent ${absent.status}`);
        }
    }
    assert.deepEqual(faults, []);
    assert.ok(asked > 150, `${asked} routes asked`);
    assert.equal(await fingerprint(), before);
});

test('the checks can fail: a company sees its own pages, and its own change changes the hash', async () => {
    const id = victim.get('leads');
    const before = await fingerprint();
    const page = await asB('GET', `/leads/${id}`);
    assert.equal(page.status, 200, page.text.slice(0, 300));
    assert.notEqual(plain(page.text, id), plain((await asB('GET', `/leads/${ABSENT}`)).text, ABSENT));
    const gone = await asB('POST', `/leads/${id}/delete`);
    assert.equal(gone.status, 303, gone.text.slice(0, 300));
    assert.notEqual(await fingerprint(), before);
});
