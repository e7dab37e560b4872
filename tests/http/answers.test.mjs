// answers.test.mjs - every route of the table is asked with a company's own records: what reads answers, and nothing, whatever it
// is sent, ends in an error of the server. The server's own counters say that none was left out.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTenon } from './support.mjs';
import { ask, signIn, tokenOf } from './browser.mjs';
import { Maker } from './values.mjs';
import { shape } from './shapes.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const { routes } = await tenon.cli('routes');
const make = new Maker(tenon.schema, admin, shape);
const cookie = await signIn(tenon, admin);
const token = await tokenOf(tenon, cookie);
const own = new Map();
for (const entity of tenon.schema.filter((e) => !e.internal)) {
    const id = entity.name === 'tenants' ? tenon.a.id : await make.some(entity.name).catch(() => undefined);
    if (id !== undefined) own.set(entity.name, id);
}

const isApi = (r) => r.flags.includes('api');
const parentOf = (r) => /^(?:\/api\/v1)?\/(\w+)\/\{id\}/.exec(r.path)?.[1];
const pathOf = (r) => r.path.replace('{id}', own.get(parentOf(r)) ?? 1).replace(/\{\w+\}/g, 'x');
const headersOf = (r) => (isApi(r) ? { authorization: `Bearer ${admin.key}` } : { cookie, 'x-csrf-token': token });
const text = (answer) => `${answer.status} ${answer.text.slice(0, 150)}`;
// Signing out would end what asks; a stream does not end.
const left = (r) => /logout$/.test(r.path) || r.flags.includes('stream');

test('whoever may read gets an answer on every route that reads', async () => {
    const faults = [];
    let asked = 0;
    for (const route of routes.filter((r) => r.method === 'GET' && !left(r))) {
        if (route.path.includes('{') && !own.has(parentOf(route))) continue;
        if (/\{(?!id\})/.test(route.path)) continue;
        const answer = await ask(tenon, 'GET', pathOf(route), { headers: headersOf(route) });
        asked++;
        // 404 and 409 are for records that lack what the page is about: a file without bytes, a state without that action.
        const operators = answer.status === 403 && ['tenants', 'plans'].includes(route.entity); // no company's to make or take
        const fine = operators || answer.status < 400 || (route.path.includes('{id}') && [404, 409].includes(answer.status))
            || ['/setup', '/join'].includes(route.path); // where there is nothing to set up, and nobody is expected
        if (!fine) faults.push(`${route.path}: ${text(answer)}`);
        if (answer.status === 200 && /html/.test(answer.headers['content-type'])) {
            const cut = /<html/.test(answer.text) && !/<\/html>\s*$/.test(answer.text);
            if (cut) faults.push(`${route.path}: the page is cut short`);
        }
    }
    assert.deepEqual(faults, []);
    assert.ok(asked > 100, `${asked} routes asked`);
});

const bodies = [
    ['nothing', {}], ['an empty object', { json: {} }], ['a list', { json: [] }], ['no JSON', { body: '{',
        headers: { 'content-type': 'application/json' } }],
    ['a form', { form: { name: 'x', id: '1', ids: '1', field: 'name', value: 'x' } }],
    ['bytes', { body: Buffer.from([0, 255, 254, 13, 10]), headers: { 'content-type': 'application/octet-stream' } }],
    ['half a multipart', { body: '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx',
        headers: { 'content-type': 'multipart/form-data; boundary=b' } }],
];
for (const [what, { headers = {}, ...body }] of bodies) {
    test(`nothing that changes something fails in the server when it is sent ${what}`, async () => {
        const faults = [];
        for (const route of routes.filter((r) => r.method !== 'GET' && !left(r))) {
            if (/auth\/login$|^\/login$/.test(route.path) && what !== 'nothing') continue; // tries are counted
            const answer = await ask(tenon, route.method, pathOf(route), { headers: { ...headersOf(route), ...headers },
                ...body });
            if (answer.status >= 500) faults.push(`${route.method} ${route.path}: ${text(answer)}`);
        }
        assert.deepEqual(faults, []);
    });
}

test('no parameter of a list, a board or a page fails in the server', async () => {
    const faults = [];
    const queries = ['?q=%22', '?sort=-id&sort=name', '?filter[id][in]=1,2,3', '?filter[id]=x', '?cursor=AAAA', '?limit=1',
        '?view=1', '?page=2',
        '?filter=1', '?filter[]=1', '?a=1&a=2', '?q=', '?format=csv', '?format=xlsx', '?format=nonsense', '?trash=true',
            '?%00=1', '?next=%2F'];
    for (const route of routes.filter((r) => r.method === 'GET' && !left(r) && !/\{(?!id\})/.test(r.path))) {
        for (const query of queries.slice(0, 8)) {
            const answer = await ask(tenon, 'GET', pathOf(route) + query, { headers: headersOf(route) });
            if (answer.status >= 500) faults.push(`${route.path}${query}: ${text(answer)}`);
        }
    }
    for (const query of queries) {
        for (const path of ['/leads', '/leads/board', '/api/v1/leads', '/api/v1/leads/export', '/search', '/']) {
            const headers = path.startsWith('/api') ? { authorization: `Bearer ${admin.key}` } : { cookie };
            const answer = await ask(tenon, 'GET', path + query, { headers });
            if (answer.status >= 500) faults.push(`${path}${query}: ${text(answer)}`);
        }
    }
    assert.deepEqual(faults, []);
});

test('no route was left out', async () => {
    const counted = (await ask(tenon, 'GET', '/metrics')).text;
    const line = /^tenon_requests_total\{method="(\w+)",route="([^"]+)"/gm;
    const called = new Set([...counted.matchAll(line)].map((m) => `${m[1]} ${m[2]}`));
    const missing = routes.filter((r) => !left(r) && !/\{(?!id\})/.test(r.path) && !called.has(`${r.method} ${r.path}`)
        && (!r.path.includes('{id}') || own.has(parentOf(r)))).map((r) => `${r.method} ${r.path}`);
    assert.deepEqual(missing, []);
    assert.ok(called.size > 200, `${called.size} routes were called`);
    assert.ok(!called.has('GET /no_such_route'), 'the check can fail');
    assert.doesNotMatch(counted, /status="5xx"/);
});
